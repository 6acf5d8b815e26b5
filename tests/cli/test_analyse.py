"""`entente analyse`: what a study shows.

Run: /usr/bin/python3 tests/cli/test_analyse.py build/release/bin/entente build/release/tests/support/plant_study
"""

import csv
import pathlib
import subprocess
import sys

import support
from support import TINY, CliTest

KINDS = ("ishigami", "ishigami_second", "grid", "list", "random", "sobol", "saltelli", "morris",
         "one_at_a_time")


class StudyTest(CliTest):
    plant = None

    def planted(self, kind):
        path = self.folder / f"{kind}.h5"
        if not path.exists():
            subprocess.run([self.plant, kind, path], check=True)
        return path

    def analyse(self, kind, *arguments):
        return self.json_of("analyse", self.planted(kind), *arguments)

    def table(self, name):
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))


class Answers(StudyTest):
    def test_text_fits_a_screen_for_every_design(self):
        for kind in KINDS:
            text = self.run_program("analyse", self.planted(kind)).stdout
            with self.subTest(kind):
                self.assertTrue(text.startswith("Planted\n"))
                self.assertTrue(all(len(line) <= 100 for line in text.split("\n")), text)
                self.assertLess(text.count("\n"), 60)
                self.assertNotIn("nan", text)

    def test_json_is_documented(self):
        for kind in KINDS:
            discover = () if kind in ("morris", "one_at_a_time") else ("--discover", "y >= 5")
            with self.subTest(kind):
                self.assert_documented("analyse", self.analyse(kind, *discover))

    def test_each_design_has_its_analyses(self):
        for kind, expected in (
                ("ishigami", {"sobol", "regression", "chance"}), ("random", {"regression", "chance"}),
                ("list", {"regression", "chance"}), ("grid", {"chance"}), ("morris", {"morris"}),
                ("one_at_a_time", {"one_at_a_time"})):
            output, = self.analyse(kind)["outputs"]
            found = {key for key in ("sobol", "morris", "regression", "chance", "one_at_a_time")
                     if output[key] is not None}
            self.assertEqual(found, expected, kind)

    def test_finding_stands_first(self):
        text = self.run_program("analyse", self.planted("ishigami")).stdout
        finding = self.analyse("ishigami")["outputs"][0]["finding"]
        self.assertTrue(finding.startswith("76 % of the variance of y between points comes from two and one, "
                                           "each by itself; 24 % from what parameters do only together."), finding)
        words = text.split("\n\n")[2].split("\n", 1)[1]
        self.assertEqual(" ".join(words.split()), finding)

    def test_chance_is_what_was_planted(self):
        """Ishigami's function has the variance 13.845 between points, luck 4 within them."""
        chance = self.analyse("ishigami")["outputs"][0]["chance"]
        self.assertEqual(chance["within"], 4)
        self.assertAlmostEqual(chance["between"], 13.845 - 0.25, delta=0.15)
        self.assertAlmostEqual(chance["of_one"]["value"], 4 / (4 + chance["between"]))
        self.assertLess(chance["of_one"]["low"], chance["of_one"]["value"])
        # Were luck wholly shared, its 4 / 16 in the means would not tell points apart.
        self.assertAlmostEqual(chance["of_one_shared"], 4 / (4 + chance["between"] + 0.25))

    def test_chance_is_told_in_bounds(self):
        found = self.analyse("ishigami")["outputs"][0]
        # The parts of 13.6 in 17.6 and of 13.845 in 17.845 in percent.
        self.assertIn("single history 77 to 78 % is in the parameters, the rest is chance.", found["finding"])
        text = self.run_program("analyse", self.planted("ishigami")).stdout
        self.assertIn("Luck that 16 replicates leave in the variance between points: at most 0.02.\n", text)

    def test_other_statistics(self):
        """The planted 95 % quantile is the mean and a constant: it moves no index."""
        mean = self.analyse("ishigami")["outputs"][0]
        quantile = self.analyse("ishigami", "--statistic", "q95")["outputs"][0]
        self.assertIsNone(quantile["chance"])
        self.assertAlmostEqual(quantile["mean"], mean["mean"] + 1.8)
        for one, other in zip(mean["sobol"]["parameters"], quantile["sobol"]["parameters"]):
            self.assertAlmostEqual(one["total"]["value"], other["total"]["value"])

    def test_resamples_make_the_intervals(self):
        none = self.analyse("saltelli", "--resamples", 0)
        self.assertIsNone(none["outputs"][0]["sobol"]["parameters"][0]["first"]["low"])
        more = self.analyse("saltelli", "--resamples", 20)
        self.assertEqual((none["resamples"], more["resamples"]), (0, 20))
        first = more["outputs"][0]["sobol"]["parameters"][0]["first"]
        self.assertLess(first["low"], first["high"])

    def test_same_answer_every_time(self):
        path = self.planted("ishigami_second")
        self.assertEqual(*(self.run_program("analyse", path, "--json").stdout for _ in range(2)))

    def test_failures_are_told(self):
        answer = self.analyse("ishigami_second")
        self.assertGreater(answer["failed"], 0)
        self.assertEqual(answer["failures"][0]["message"], 'planted, "failure"')
        text = self.run_program("analyse", self.planted("ishigami_second")).stdout
        self.assertIn(f"{answer['failed']} of 4096 points failed", text)

    def test_top_cuts_tables(self):
        text = self.run_program("analyse", self.planted("ishigami"), "--top", 1).stdout
        self.assertIn("... and 2 more", text)


class Discovery(StudyTest):
    """The planted box: religion above 6, alignment below 5, variant none."""

    def test_finds_the_planted_box(self):
        for kind in ("random", "sobol", "saltelli"):
            found, = self.analyse(kind, "--discover", "y >= 5")["discoveries"]
            limits = {own["parameter"]: own for own in found["boxes"][found["chosen"]]["limits"]}
            with self.subTest(kind):
                self.assertAlmostEqual(limits["religion"]["low"], 6, delta=0.5)
                self.assertAlmostEqual(limits["alignment"]["high"], 5, delta=0.5)
                self.assertEqual(limits["variant"]["excluded"], ["sanctions, new", "reform"])
                self.assertLess(max(own["quasi_p"] for own in limits.values()), 0.001)
                self.assertRegex(found["finding"], "^Where religion (at or above|from) [56].*, "
                                 "alignment (at or below|from) .* and variant none, ")

    def test_looks_at_a_and_b_only(self):
        found, = self.analyse("saltelli", "--discover", "y >= 5")["discoveries"]
        self.assertEqual(found["points"], 1024)

    def test_statistics_and_limits(self):
        """The planted 95 % quantile is the mean and 1.8."""
        mean, quantile, low = self.analyse("sobol", "--discover", "y >= 5", "--discover", "y.q95 >= 6.8",
                                           "--discover", "y <= 4.5")["discoveries"]
        self.assertEqual(mean["boxes"], quantile["boxes"])
        self.assertEqual(low["hits"], 1024 - mean["hits"])

    def test_box_of_ones_choice(self):
        answer = self.analyse("sobol", "--discover", "y >= 5", "--box", 2)["discoveries"][0]
        self.assertEqual(answer["chosen"], 2)
        text = self.run_program("analyse", self.planted("sobol"), "--discover", "y >= 5", "--box", 2).stdout
        self.assertIn("limits of box 2", text)

    def test_boxes_count_points(self):
        found, = self.analyse("random", "--discover", "y >= 5")["discoveries"]
        for box in found["boxes"]:
            self.assertAlmostEqual(box["coverage"], box["hits"] / found["hits"])
            self.assertAlmostEqual(box["density"], box["hits"] / box["points"])
            self.assertAlmostEqual(box["mass"], box["points"] / found["points"])

    def refused(self, kind, *arguments, words):
        done = self.run_program("analyse", self.planted(kind), *arguments, expect=support.USAGE)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)

    def test_refusals(self):
        for kind in ("morris", "one_at_a_time"):
            self.refused(kind, "--discover", "y >= 5", words="no sample of the space")
        self.refused("sobol", "--discover", "z >= 5", words="--discover: found 'z'; allowed: y")
        self.refused("sobol", "--discover", "y.median >= 5", words="found 'median'; allowed: mean, variance")
        self.refused("sobol", "--discover", "y >= many", words="allowed: OUTPUT >= NUMBER")
        self.refused("sobol", "--discover", "y", words="leaves the range from 0 to 1")
        self.refused("sobol", "--discover", "y >= 5", "--box", 1000, words="--box: found 1000; allowed: 0 to")
        self.refused("sobol", "--box", 1, words="allowed: with --discover")


class Tables(StudyTest):
    def test_hold_every_number_of_the_json(self):
        answer = self.analyse("ishigami_second", "--discover", "y >= 8", "--csv", self.folder)
        output, = answer["outputs"]
        rows = self.table("sobol.csv")
        self.assertEqual([row["parameter"] for row in rows],
                         [own["parameter"] for own in output["sobol"]["parameters"]])
        for row, own in zip(rows, output["sobol"]["parameters"]):
            for kind in ("first", "total"):
                self.assertEqual([float(row[kind + end]) for end in ("", "_low", "_high", "_error")],
                                 [own[kind][key] for key in ("value", "low", "high", "error")])
        self.assertEqual([float(row["second"]) for row in self.table("sobol_pairs.csv")],
                         [pair["second"]["value"] for pair in output["sobol"]["pairs"]])
        self.assertEqual([float(row["prcc"]) for row in self.table("regression.csv")],
                         [own["prcc"] for own in output["regression"]["parameters"]])
        boxes = answer["discoveries"][0]["boxes"]
        self.assertEqual([float(row["density"]) for row in self.table("boxes.csv")],
                         [box["density"] for box in boxes])
        self.assertEqual(len(self.table("limits.csv")), sum(len(box["limits"]) for box in boxes))
        self.assertEqual(len(self.table("failures.csv")), answer["failed"])
        self.assertEqual(sorted(pathlib.Path(path).name for path in answer["written"]),
                         [name for name in self.left_in_folder() if name.endswith(".csv")])

    def test_other_designs(self):
        for kind, name, rows in (("morris", "morris.csv", 3), ("one_at_a_time", "steps.csv", 6),
                                 ("grid", "levels.csv", 12), ("random", "levels.csv", 3)):
            self.run_program("analyse", self.planted(kind), "-q", "--csv", kind)
            self.assertEqual(len(self.table(f"{kind}/{name}")), rows)
        self.assertEqual([row["text"] for row in self.table("random/levels.csv")],
                         ["none", "sanctions, new", "reform"])

    def test_are_not_replaced_unless_asked(self):
        path = self.planted("saltelli")
        tables = self.folder / "tables"
        tables.mkdir()
        (tables / "sobol.csv").write_text("mine", encoding="utf-8")
        done = self.run_program("analyse", path, "--csv", tables, expect=support.FILE)
        self.assertEqual(done.stdout, "")
        self.assertEqual([one.name for one in tables.iterdir()], ["sobol.csv"])
        self.assertEqual((tables / "sobol.csv").read_text(encoding="utf-8"), "mine")
        self.run_program("analyse", path, "-q", "--csv", tables, "--force")
        self.assertEqual(self.table("tables/sobol.csv")[0]["output"], "y")


class Refusals(StudyTest):
    def test_names(self):
        for arguments, words in ((("--output", "z"), "--output: found 'z'; allowed: y"),
                                 (("--statistic", "medan"), "--statistic: found 'medan'; allowed: mean"),
                                 (("--top", 0), "allowed: a whole number from 1"),
                                 (("--force",), "--csv")):
            done = self.run_program("analyse", self.planted("list"), *arguments, expect=support.USAGE)
            self.assertEqual(done.stdout, "")
            self.assertIn(words, done.stderr)

    def test_files_of_other_kinds(self):
        for path in (self.simulate("out.h5"), TINY / "scenario.yaml", self.folder / "nothing.h5"):
            done = self.run_program("analyse", path, expect=support.FILE)
            self.assertEqual(done.stdout, "")
            self.assertIn(path.name, done.stderr)


if __name__ == "__main__":
    if len(sys.argv) > 2:
        StudyTest.plant = str(pathlib.Path(sys.argv.pop(2)).resolve())
    support.main()
