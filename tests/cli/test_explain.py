"""`entente explain`: tables that add up, decisions that are those of the file."""

import re

import h5py

import support
from support import TINY, CliTest

NUMBER = re.compile(r"-?\d+\.\d{3}$")


def columns_of(text):
    """Numbers of the table of terms, by column, and the printed sums."""
    lines = text[text.index("by term:"):].split("\n")[2:]
    parts, sums = [], None
    for line in lines[1:]:
        cells = re.split(r" {2,}", line.strip())
        numbers = [int(cell.replace(".", "")) for cell in cells[1:] if NUMBER.match(cell)]
        if cells[0] == "sum":
            sums = numbers
            break
        if numbers:
            parts.append(numbers)
    return list(zip(*parts)), sums


class Explain(CliTest):
    def setUp(self):
        super().setUp()
        self.result = self.simulate("out.h5", "--record", "full")

    def explain(self, *arguments):
        return self.run_program("explain", self.result, *arguments).stdout

    def test_columns_add_up_as_printed(self):
        for actor in ("ALF", "DEL", "ECH"):
            for ladder in ("engagement", "recognition", "coercion"):
                for extra in ((), ("--replicate", 5)):
                    with self.subTest(actor=actor, ladder=ladder, extra=extra):
                        text = self.explain("--actor", actor, "--date", "2021-08", "--ladder", ladder,
                                            *extra)
                        columns, sums = columns_of(text)
                        self.assertEqual([sum(column) for column in columns], sums)

    def test_probabilities_add_up_as_printed(self):
        text = self.explain("--actor", "BRA", "--date", "2021-08", "--replicate", 2)
        rows = re.findall(r"(-?\d+\.\d{3}) +(\d+)\.(\d\d) % +(\d+)\.(\d\d) %", text)
        self.assertGreaterEqual(len(rows), 2)
        self.assertEqual(sum(int(row[1] + row[2]) for row in rows), 10000)
        self.assertEqual(sum(int(row[3] + row[4]) for row in rows), 10000)

    def test_agrees_with_the_file(self):
        with h5py.File(self.result) as file:
            rungs = file["engagement"][:]
            luck = file["luck"][:]
            contribution = file["contribution"][:]
        names = ["severed", "contact", "dialogue", "mission", "ambassador"]
        for actor, name in enumerate(("ALF", "BRA", "CHA", "DEL", "ECH", "FOX")):
            for replicate in (0, 33, 95):
                step = 14
                answer = self.json_of("explain", self.result, "--actor", name, "--date", "2022-03",
                                      "--replicate", replicate)
                single = answer["single"]
                self.assertEqual(answer["step"], step)
                self.assertEqual(single["outcome"], names[rungs[replicate, step, actor]])
                self.assertEqual(single["recorded"], single["outcome"])
                self.assertEqual((answer["compared"], answer["differing"]), (1, 0))
                self.assertAlmostEqual(single["luck"], luck[replicate, 0, step, actor], places=6)
                choice = answer["choices"][0]
                self.assertEqual(choice["rung"], names[rungs[replicate, step - 1, actor]])
                for n, term in enumerate(choice["terms"]):
                    for option, side in enumerate(("below", "above")):
                        if term[side] is not None:
                            self.assertEqual(term[side],
                                             contribution[replicate, 0, step, actor, n, option])

    def test_luck_leads_to_the_outcome(self):
        for replicate in range(12):
            answer = self.json_of("explain", self.result, "--actor", "FOX", "--date", "2021-04",
                                  "--replicate", replicate)
            threshold, chosen = 0.0, None
            for option in answer["choices"][0]["options"]:
                threshold += option["probability"]
                if chosen is None and answer["single"]["luck"] < threshold:
                    chosen = option["rung"]
            self.assertEqual(chosen, answer["single"]["outcome"])

    def test_means_over_replicates(self):
        answer = self.json_of("explain", self.result, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual(answer["replicates"], 96)
        self.assertEqual((answer["compared"], answer["differing"]), (96, 0))
        self.assertAlmostEqual(sum(answer["before"].values()), 1)
        self.assertAlmostEqual(sum(answer["after"].values()), 1)
        self.assertEqual(sum(choice["replicates"] for choice in answer["choices"]), 96)
        text = self.explain("--actor", "ALF", "--date", "2021-10")
        self.assertIn("Before the choice: ", text)
        self.assertIn("The result file says the same of every replicate.", text)

    def test_names_what_each_term_is_computed_from(self):
        text = self.explain("--actor", "BRA", "--date", "2021-08")
        self.assertRegex(text, r"security +.*security -?\d\.\d{3}, trust 1\.000, security_weight 2\.000")
        self.assertRegex(text, r"size +.*z 0\.343")

    def test_tells_of_events_that_set_a_rung(self):
        text = self.explain("--actor", "CHA", "--date", "2021-06", "--replicate", 0)
        self.assertIn("Acting on this rung: summit.", text)
        self.assertIn("At the end of the step: dialogue.", text)
        held = self.json_of("explain", self.result, "--actor", "DEL", "--date", "2022-04", "--ladder",
                            "coercion")
        self.assertEqual((held["held"], held["events"]), (96, ["common-position"]))

    def test_tells_events_that_luck_kept_away(self):
        answer = self.json_of("explain", self.result, "--actor", "ALF", "--date", "2021-09", "--ladder",
                              "recognition")
        self.assertLess(0, answer["held"])
        self.assertLess(answer["held"], 96)
        self.assertEqual(answer["events"], ["opening"])
        self.assertLess(answer["held"] / 96, answer["after"]["recognised"])
        for replicate in range(12):
            one = self.json_of("explain", self.result, "--actor", "ALF", "--date", "2021-09", "--ladder",
                               "recognition", "--replicate", replicate)
            if one["held"]:
                self.assertEqual(one["single"]["outcome"], "recognised")

    def test_explains_a_scenario_without_a_file(self):
        from_file = self.json_of("explain", self.result, "--actor", "ALF", "--date", "2021-10")
        direct = self.json_of("explain", TINY, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual(direct["compared"], 0)
        self.assertEqual(direct["choices"], from_file["choices"])

    def test_says_so_where_the_file_differs(self):
        with h5py.File(self.result, "r+") as file:
            file["engagement"][3, 10, 0] = (file["engagement"][3, 10, 0] + 1) % 5
        text = self.explain("--actor", "ALF", "--date", "2021-11", "--replicate", 3)
        self.assertIn("The result file says otherwise", text)
        text = self.explain("--actor", "ALF", "--date", "2021-11")
        self.assertIn("The result file says otherwise for 1 of 96 replicates", text)

    def test_takes_the_rung_to_start_from(self):
        text = self.explain("--actor", "BRA", "--date", "2021-08", "--from", "mission")
        self.assertIn("that were on mission before the choice", text)

    def test_summaries_hold_nothing_to_compare(self):
        path = self.simulate("summary.h5", "--record", "summary")
        answer = self.json_of("explain", path, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual((answer["replicates"], answer["compared"]), (96, 0))

    def test_replicates_keep_their_numbers(self):
        path = self.simulate("tail.h5", "--first-replicate", 50, "--replicates", 8)
        answer = self.json_of("explain", path, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual((answer["first_replicate"], answer["compared"], answer["differing"]), (50, 8, 0))


if __name__ == "__main__":
    support.main()
