"""`entente run`: what it prints."""

import re

import support
from support import TINY, CliTest


def rows_of(text, heading):
    """Lines of the table under a heading, split at two spaces or more; headings of columns first."""
    lines = text[text.index(heading):].split("\n")[1:]
    rows = []
    for line in lines:
        if not line.startswith("  "):
            break
        rows.append(re.split(r" {2,}", line.strip()))
    return rows


class Table(CliTest):
    def setUp(self):
        super().setUp()
        self.text = self.run_program("run", TINY, "--replicates", 64).stdout

    def test_opens_with_title_question_and_what_was_run(self):
        lines = self.text.split("\n")
        self.assertEqual(lines[0], "Tiny world")
        self.assertEqual(lines[1], "Who deals with the Council of Erewhon?")
        self.assertIn("6 actors; 24 steps of a month, 2021-01 to 2022-12; 64 replicates, seed 7",
                      self.text)

    def test_counts_every_rung_beside_what_was_observed(self):
        rows = rows_of(self.text, "How many deal with Council of Erewhon (ERE) at the end, 2022-12")
        self.assertEqual(rows[0], ["ladder", "rung or higher", "actors", "5-95 %", "states seen",
                                   "of them simulated", "of them observed"])
        self.assertEqual([row[-6] if len(row) > 6 else row[0] for row in rows[1:]],
                         ["contact", "dialogue", "mission", "ambassador", "recognised", "pressure",
                          "force"])
        self.assertEqual(rows[1][0], "engagement")
        self.assertEqual(rows[1][-3], "3")  # ALF, BRA, DEL were seen
        self.assertEqual(rows[4][-1], "1")  # of them, one with an ambassador

    def test_lists_countries_with_probabilities_and_observed_rungs(self):
        rows = rows_of(self.text, "Who stands where at the end, 2022-12")
        self.assertEqual(rows[0], ["id", "name", "engagement", "mission or higher", "recognised",
                                   "pressure or higher", "observed"])
        self.assertEqual(len(rows), 1 + 6)
        by_id = {row[0]: row for row in rows[1:]}
        self.assertEqual(by_id["ALF"][-1], "ambassador, recognised")
        self.assertEqual(by_id["DEL"][-1], "contact, pressure")
        self.assertEqual(by_id["ECH"][1], "Écho-sur-Mer")
        for row in rows[1:]:
            for cell in row[3:7]:
                self.assertRegex(cell, r"^[<>]?\d+ %$")

    def test_says_how_well_it_fits(self):
        self.assertRegex(self.text, r"engagement: [0-3] of 3 states seen are on their most probable "
                                    r"rung \(\d+ %\); the rungs seen had probability [01]\.\d\d")

    def test_counts_replaced_cells(self):
        self.assertIn("1 missing cell", self.text)
        self.assertIn("inputs/replacements", self.text)

    def test_takes_names_of_rungs_from_the_scenario(self):
        renamed = self.folder / "renamed"
        renamed.mkdir()
        (renamed / "scenario.yaml").write_text(
            f"entente: 1\nextends: {TINY}\nladders: {{coercion: {{rungs: [calm, angry, furious]}}}}\n"
            "events: {replace: []}\nobserved: none.csv\n"
            "actors: {initial: {coercion: calm}}\n", encoding="utf-8")
        (renamed / "none.csv").write_text("iso3,date,precision,ladder,rung,inherited\n",
                                          encoding="utf-8")
        text = self.run_program("run", renamed, "--replicates", 8).stdout
        self.assertIn("angry or higher", text)
        self.assertNotIn("pressure", text)
        self.assertNotIn("observed", text)


class Rows(CliTest):
    def make_world(self, actors):
        many = "\n".join(f"    A{n:02}: {{name: State {n}, region: North, columns: {{gdp: 1, libdem: 0.5,"
                         f" region_code: 1}}}}" for n in range(actors))
        path = self.folder / "many.yaml"
        path.write_text(f"entente: 1\nextends: {TINY}\nactors:\n  define:\n{many}\n", encoding="utf-8")
        return path

    def test_lists_forty_and_sums_up_the_rest(self):
        path = self.make_world(50)
        rows = rows_of(self.run_program("run", path, "--replicates", 8).stdout, "Who stands where")
        self.assertEqual(len(rows), 1 + 40 + 1)
        self.assertTrue(rows[-1][0].startswith("16 more, most probably: "), rows[-1])
        counts = re.findall(r"\w+ (\d+)[,\s]", rows[-1][0].split(": ")[1])
        self.assertEqual(sum(map(int, counts)), 16)

    def test_lists_all_when_asked(self):
        path = self.make_world(50)
        text = self.run_program("run", path, "--replicates", 8, "--all").stdout
        self.assertEqual(len(rows_of(text, "Who stands where")), 1 + 56)


class Outputs(CliTest):
    def test_writes_no_file_without_being_asked(self):
        self.run_program("run", TINY, "--replicates", 8)
        self.assertEqual(self.left_in_folder(), [])

    def test_names_the_file_at_the_end(self):
        done = self.run_program("run", TINY, "--replicates", 8, "-o", "out.h5")
        self.assertTrue(done.stdout.endswith("Result file: out.h5\n"), done.stdout)
        self.assertEqual(self.left_in_folder(), ["out.h5"])

    def test_quiet_prints_nothing(self):
        done = self.run_program("run", TINY, "--replicates", 8, "-o", "out.h5", "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))

    def test_shows_no_progress_where_nobody_watches(self):
        self.assertEqual(self.run_program("run", TINY, "--replicates", 8).stderr, "")

    def test_json_says_what_the_table_says(self):
        report = self.json_of("run", TINY, "--replicates", 64, "-o", "out.h5")
        self.assertEqual(report["title"], "Tiny world")
        self.assertEqual(report["replicates"], 64)
        self.assertEqual(report["output"], "out.h5")
        self.assertFalse(report["interrupted"])
        self.assertEqual(report["time"], {"start": "2021-01", "end": "2022-12", "step": "month",
                                          "steps": 24})
        authority = report["authorities"][0]
        self.assertEqual(authority["id"], "ERE")
        self.assertEqual(authority["ladders"]["engagement"]["fit"]["states"], 3)
        self.assertEqual(len(authority["actors"]), 6)
        for actor in authority["actors"]:
            for ladder in actor["ladders"].values():
                self.assertAlmostEqual(sum(ladder["probability"].values()), 1, places=9)
                self.assertEqual(max(ladder["probability"].values()),
                                 ladder["probability"][ladder["most_probable"]])
        for ladder in authority["ladders"].values():
            counts = [row["mean"] for row in ladder["at_or_above"]]
            self.assertEqual(counts[0], 6)
            self.assertEqual(counts, sorted(counts, reverse=True))

    def test_settings_reach_the_model(self):
        calm = self.json_of("run", TINY, "--replicates", 64, "--set",
                            "ladders.engagement.rate=0.0001")
        shares = {actor["id"]: actor["ladders"]["engagement"]["probability"]
                  for actor in calm["authorities"][0]["actors"]}
        self.assertEqual(shares["BRA"]["mission"], 1)
        self.assertEqual(calm["overrides"], ["ladders.engagement.rate=0.0001"])


if __name__ == "__main__":
    support.main()
