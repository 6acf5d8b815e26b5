"""`entente explain`: tables that add up, decisions that are those of the file, answers that hold."""

import math
import re

import h5py

import support
from support import TINY, CliTest

NUMBER = re.compile(r"-?\d+\.\d{3}$")


def columns_of(text):
    """Numbers of the table of terms, by column, and the printed sums."""
    lines = text[text.index("by term"):].split("\n")[2:]
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


# Whether A recognises is up to nothing but luck, to an event that half of the replicates have, or,
# where `bandwagon` is on, to whether B has recognised before.
CONTRAST = """
entente: 1
title: Contrast
time: {{start: 2021-01, end: 2022-12, step: month}}
actors: {{define: {{AAA: {{}}, BBB: {{}}, CCC: {{}}}}}}
authorities: {{KAB: {{}}}}
ladders:
  recognition: {{rungs: [withheld, recognised], signal: [0, 1], rate: 200, up: 0, down: 30, baseline: [0, {base}]}}
terms:
  baseline: {{}}
  bandwagon: {{coefficient: {drift}}}
  confrontation: {{coefficient: 20}}
  switching: {{}}
events:
  - {{id: quarrel, date: 2021-06, probability: 0.5, change: {{set: confrontation, actors: [AAA], to: {quarrel}}}}}
  - {{id: rumour, date: 2021-03, probability: 0.4, change: {{set: need, actors: [CCC], to: 1}}}}
run: {{replicates: 400, seed: 11}}
"""


def log_odds(up, down, temperature=1):
    """Of an option of utility `up` against staying and another of utility `down`, if there is one."""
    other = 0 if down is None else math.log1p(math.exp(down / temperature))
    return up / temperature - other


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
        self.assertIn("against staying on mission", text)

    def test_summaries_hold_nothing_to_compare(self):
        path = self.simulate("summary.h5", "--record", "summary")
        answer = self.json_of("explain", path, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual((answer["replicates"], answer["compared"]), (96, 0))

    def test_replicates_keep_their_numbers(self):
        path = self.simulate("tail.h5", "--first-replicate", 50, "--replicates", 8)
        answer = self.json_of("explain", path, "--actor", "ALF", "--date", "2021-10")
        self.assertEqual((answer["first_replicate"], answer["compared"], answer["differing"]), (50, 8, 0))

    def test_says_what_happened_and_how_likely_it_was(self):
        text = self.explain("--actor", "BRA", "--date", "2021-08", "--replicate", 2)
        answer = self.json_of("explain", self.result, "--actor", "BRA", "--date", "2021-08",
                              "--replicate", 2)
        choice, outcome = answer["choices"][0], answer["single"]["outcome"]
        prose = " ".join(text.split("\n\n")[1].split())
        self.assertIn(f"stood on {choice['rung']} and ", prose)
        self.assertIn("stayed there" if outcome == choice["rung"] else f"to {outcome}.", prose)
        self.assertIn(f"It reconsiders with probability {100 * choice['reconsiders']:.1f} %", prose)
        self.assertIn(f"every {1 / choice['reconsiders']:.0f} steps", prose)
        above = sorted((term["above"], term["term"]) for term in choice["terms"])
        self.assertIn(f"({above[0][1]} {above[0][0]:.2f})", prose)
        self.assertIn(f"({above[-1][1]} +{above[-1][0]:.2f})", prose)

    def test_fits_on_a_screen(self):
        for extra in ((), ("--replicate", 2)):
            text = self.explain("--actor", "BRA", "--date", "2021-08", *extra)
            self.assertLessEqual(len(text.split("\n")), 55)
            prose = [line for line in text.split("\n") if not line.startswith("  ")]
            self.assertLessEqual(max(map(len, prose)), 100)

    def test_what_would_have_been_enough_gives_even_odds(self):
        # The terms of the tiny world by hand: dV = intensity * step of the profile.
        for ladder, actor in (("recognition", "ALF"), ("recognition", "DEL"), ("coercion", "BRA")):
            answer = self.json_of("explain", self.result, "--actor", actor, "--date", "2022-09",
                                  "--ladder", ladder, "--replicate", 4)
            choice = answer["choices"][0]
            for side, other in (("above", "below"), ("below", "above")):
                levers = choice["enough"][side]
                if levers is None:
                    continue
                sums = {s: None if choice["terms"][0][s] is None
                        else sum(term[s] for term in choice["terms"]) for s in (side, other)}
                self.assertAlmostEqual(levers["log_odds"], log_odds(sums[side], sums[other]), 5)
                self.assertAlmostEqual(levers["if_reconsidered"],
                                       1 / (1 + math.exp(-levers["log_odds"])), 9)
                for row in levers["drivers"]:
                    low, high = row["range"]
                    self.assertLessEqual(low, row["value"])
                    self.assertLessEqual(row["value"], high)
                    if row["needed"] is None:
                        self.assertEqual(row["best_if_reconsidered"] < 0.5,
                                         levers["if_reconsidered"] < 0.5)
                    else:
                        self.assertTrue(low - 1e-6 <= row["needed"] <= high + 1e-6)

    def test_the_driver_needed_by_hand(self):
        answer = self.json_of("explain", self.result, "--actor", "ALF", "--date", "2021-02", "--ladder",
                              "recognition", "--replicate", 0)
        choice = answer["choices"][0]
        by_term = {term["term"]: term["above"] for term in choice["terms"]}
        drivers = {row["driver"]: row for row in choice["enough"]["above"]["drivers"]}
        gap = -choice["enough"]["above"]["log_odds"]
        self.assertGreater(gap, 0)
        # cross = 1 * engagement, bandwagon = 1 * B, alignment = 2 A - 1 on a ladder of two rungs
        for name, slope in (("engagement", 1), ("bandwagon", 1), ("alignment.recognition", 2)):
            row = drivers[name]
            needed = row["value"] + gap / slope
            if needed <= 1:
                self.assertAlmostEqual(row["needed"], needed, 5)
            else:
                self.assertIsNone(row["needed"])
                self.assertEqual(row["best"], 1)
        self.assertEqual(by_term["alignment"], 2 * drivers["alignment.recognition"]["value"] - 1)

    def test_others_that_would_have_been_enough_are(self):
        answer = self.json_of("explain", self.result, "--actor", "CHA", "--date", "2021-02", "--ladder",
                              "recognition", "--replicate", 0)
        levers = answer["choices"][0]["enough"]["above"]
        others = levers["others"]
        self.assertEqual(others["enough"], others["if_reconsidered"] >= 0.5)
        self.assertGreater(others["if_reconsidered"], levers["if_reconsidered"])
        self.assertNotIn("CHA", others["actors"])

    def contrast(self, world, *arguments, **options):
        (self.folder / "world").mkdir(exist_ok=True)
        path = self.folder / "world" / "scenario.yaml"
        path.write_text(CONTRAST.format(**world), encoding="utf-8")
        return self.json_of("explain", path, "--actor", "AAA", "--reached", "recognised",
                            "--replicates", 400, *arguments, **options)

    def test_contrast_splits_the_log_odds_by_term(self):
        for world in ({"base": -3, "drift": 4, "quarrel": 0.05}, {"base": -2, "drift": 0, "quarrel": 1}):
            answer = self.contrast(world)
            for key in ("movers", "mates", "difference"):
                self.assertAlmostEqual(sum(term[key] for term in answer["terms"]),
                                       answer["log_odds"][key], 9)
        answer = self.json_of("explain", self.result, "--actor", "BRA", "--reached", "ambassador")
        self.assertGreater(answer["matched"], 0)
        self.assertAlmostEqual(sum(term["difference"] for term in answer["terms"]),
                               answer["log_odds"]["difference"], 9)

    def test_contrast_where_luck_alone_decides(self):
        answer = self.contrast({"base": -3, "drift": 0, "quarrel": 0})
        # A coin of 1 / (1 + e^3) a month, for two years: 4 of 5 reach the rung.
        share = 1 - (1 - 1 / (1 + math.exp(3))) ** 24
        self.assertAlmostEqual(answer["reached"] / 400, share,
                               delta=5 * math.sqrt(share * (1 - share) / 400))
        self.assertAlmostEqual(answer["foreseen"]["difference"], 0, 6)
        self.assertAlmostEqual(answer["log_odds"]["difference"], 0, 6)
        self.assertFalse(any(row["stands_out"] for row in answer["events"] + answer["others"]))
        self.assertEqual([row["event"] for row in answer["events"]].count("rumour"), 1)

    def test_contrast_where_an_event_decides(self):
        answer = self.contrast({"base": -12, "drift": 0, "quarrel": 1})
        self.assertGreater(answer["foreseen"]["difference"], 0.99)
        self.assertEqual(answer["events"][0]["event"], "quarrel")
        self.assertTrue(answer["events"][0]["stands_out"])
        self.assertEqual((answer["events"][0]["movers"], answer["events"][0]["mates"]), (1, 0))
        self.assertEqual(set(answer["dates"]), {"2021-06"})
        self.assertEqual(answer["terms"][0]["term"], "confrontation")
        self.assertAlmostEqual(answer["terms"][0]["difference"], 20, 4)

    def test_contrast_names_who_went_before(self):
        answer = self.contrast({"base": -5, "drift": 6, "quarrel": 0})
        self.assertEqual({row["actor"] for row in answer["others"]}, {"BBB", "CCC"})
        for row in answer["others"]:
            self.assertTrue(row["stands_out"])
            self.assertGreater(row["movers"], row["mates"])
        self.assertEqual(answer["terms"][0]["term"], "bandwagon")

    def test_contrast_counts_who_was_there_and_who_was_put_there(self):
        start = self.json_of("explain", self.result, "--actor", "BRA", "--reached", "dialogue")
        self.assertEqual((start["reached"], start["at_start"], start["log_odds"]), (96, 96, None))
        put = self.json_of("explain", self.result, "--actor", "ALF", "--reached", "recognised",
                           "--by", "2021-09")
        with h5py.File(self.result) as file:
            ever = (file["recognition"][:, :9, 0] > 0).any(axis=1)
        self.assertEqual(put["reached"], int(ever.sum()))
        self.assertEqual(put["reached"], put["by_event"] + put["by_choice"])
        self.assertGreater(put["by_event"], 0)
        text = self.explain("--actor", "ALF", "--reached", "recognised", "--by", "2021-09")
        self.assertIn(f"{put['by_event']} by an event", " ".join(text.split()))

    def test_contrast_columns_add_up_as_printed(self):
        text = self.explain("--actor", "ALF", "--reached", "recognised")
        columns, sums = columns_of(text.replace("±", " "))
        self.assertEqual([sum(column) for column in columns[:3]], sums[:3])

    def test_contrast_is_the_same_for_any_number_of_replicates_in_flight(self):
        once = self.run_program("explain", TINY, "--actor", "ALF", "--reached", "recognised", "--json")
        again = self.run_program("explain", TINY, "--actor", "ALF", "--reached", "recognised", "--json")
        self.assertEqual(once.stdout, again.stdout)

    def test_refuses_questions_that_are_none(self):
        for arguments, words in (
                ((), "neither of --date and --reached"),
                (("--date", "2021-05", "--reached", "contact"), "both of --date and --reached"),
                (("--reached", "severed"), "the lowest rung"),
                (("--reached", "recognized"), "did you mean 'recognised'?"),
                (("--reached", "contact", "--by", "2025-01"), "2021-01 to 2022-12"),
                (("--reached", "contact", "--replicate", 3), "--replicate: not allowed with --reached"),
                (("--date", "2021-05", "--by", "2021-06"), "--by: not allowed with --date")):
            with self.subTest(arguments=arguments):
                done = self.run_program("explain", TINY, "--actor", "ALF", *arguments,
                                        expect=support.USAGE)
                self.assertIn(words, done.stderr)


if __name__ == "__main__":
    support.main()
