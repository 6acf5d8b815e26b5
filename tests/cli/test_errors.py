"""Every kind of failure has its exit status and its words, and leaves nothing behind."""

import os
import subprocess

import support
from support import HERE, ROOT, TINY, CliTest


class Usage(CliTest):
    def refused(self, *arguments, words):
        done = self.run_program(*arguments, expect=support.USAGE)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)
        return done

    def test_needs_a_command(self):
        self.refused(words="subcommand is required")

    def test_knows_its_commands(self):
        self.refused("simulate", TINY, words="allowed: run, whatif, tip, fit, backtest, explain, cascade, ")
        self.refused("rnu", TINY, words="did you mean 'run'?")

    def test_points_to_the_help_of_the_command(self):
        self.refused("run", words="`entente run --help`")

    def test_rejects_unknown_options(self):
        self.refused("run", TINY, "--replicas", 3, words="--replicas")

    def test_rejects_numbers_out_of_range(self):
        self.refused("run", TINY, "--replicates", 0,
                     words="--replicates: found '0'; allowed: a whole number from 1 to 10000000")
        self.refused("run", TINY, "--replicates", "many", words="many")
        self.refused("run", TINY, "--lanes", 7, words="--lanes: found '7'; allowed: a multiple of 8")
        self.refused("run", TINY, "--first-replicate", 2**32 - 1, words="--first-replicate")

    def test_rejects_unknown_levels(self):
        self.refused("run", TINY, "-o", "x.h5", "--record", "rung", words="did you mean 'rungs'?")

    def test_options_for_a_file_need_a_file(self):
        self.refused("run", TINY, "--record", "full", words="--output")
        self.refused("run", TINY, "--force", words="--output")

    def test_suggests_names(self):
        self.refused("describe", "rigths", words="did you mean 'rights'?")
        self.refused("explain", TINY, "--actor", "ALFA", "--date", "2021-05", words="did you mean 'ALF'?")
        self.refused("explain", TINY, "--actor", "ALF", "--date", "2021-05", "--ladder", "engagment",
                     words="did you mean 'engagement'?")

    def test_rejects_dates_outside_of_the_run(self):
        for date in ("2020-12", "2023-01", "soon"):
            self.refused("explain", TINY, "--actor", "ALF", "--date", date, words="2021-01 to 2022-12")


class Input(CliTest):
    def write(self, name, text):
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        return path

    def test_reports_every_problem_and_writes_nothing(self):
        path = self.write("bad.yaml", f"entente: 1\nextends: {TINY}\n"
                                      "temperature: hot\n"
                                      "terms: {rights: {coeficient: 2}}\n")
        done = self.run_program("run", path, "-o", "out.h5", expect=support.INPUT)
        lines = done.stderr.strip().split("\n")
        self.assertEqual(len(lines), 2, done.stderr)
        self.assertRegex(lines[0], r"bad\.yaml:3:14: temperature: found 'hot'; allowed: ")
        self.assertRegex(lines[1], r"bad\.yaml:4:\d+: terms\.rights.*coeficient.*coefficient")
        self.assertEqual(self.left_in_folder(), ["bad.yaml"])

    def test_names_a_bad_setting(self):
        done = self.run_program("run", TINY, "--set", "terms.rights.coeficient=2", expect=support.INPUT)
        self.assertIn("coeficient", done.stderr)

    def test_validate_says_ok(self):
        done = self.run_program("validate", TINY)
        self.assertEqual(done.stdout.split("\n")[0], f"{TINY}: ok (6 actors, 24 steps, 9 terms, 3 events, "
                                                     "96 replicates, 6 observations)")

    def test_validate_goes_through_all_paths(self):
        path = self.write("bad.yaml", f"entente: 1\nextends: {TINY}\ntemperature: hot\n")
        done = self.run_program("validate", path, TINY, expect=support.INPUT)
        self.assertIn("temperature: found 'hot'", done.stdout)
        self.assertIn(f"{TINY}: ok", done.stdout)

    def test_validate_json(self):
        path = self.write("bad.yaml", f"entente: 1\nextends: {TINY}\ntemperature: hot\n")
        bad, good, study = self.json_of("validate", path, TINY, expect=support.INPUT)
        self.assertTrue(good["ok"])
        self.assertEqual((study["path"], study["ok"]), (str(TINY / "studies" / "tiny.yaml"), True))
        self.assertFalse(bad["ok"])
        self.assertEqual([(p["line"], p["column"], p["path"]) for p in bad["problems"]],
                         [(3, 14, "temperature")])

    def test_validate_goes_through_variants(self):
        scenario = self.folder / "world"
        (scenario / "variants").mkdir(parents=True)
        (scenario / "scenario.yaml").write_text(f"entente: 1\nextends: {TINY}\n", encoding="utf-8")
        good, bad = scenario / "variants" / "a.yaml", scenario / "variants" / "b.yaml"
        good.write_text("entente: 1\ntitle: Hot\nquestion: Who?\ntemperature: 2\n", encoding="utf-8")
        bad.write_text("entente: 1\ntitle: Cold\nquestion: Who?\ntime: {}\n", encoding="utf-8")

        lines = self.run_program("validate", scenario, expect=support.INPUT).stdout.splitlines()
        self.assertEqual(len(lines), 3)
        self.assertTrue(lines[0].startswith(f"{scenario}: ok ("), lines[0])
        self.assertEqual(lines[1], f"{good}: ok (variant: Hot)")
        self.assertTrue(lines[2].startswith(f"{bad}:4:1: found key 'time', which only"), lines[2])

        self.assertEqual(self.run_program("validate", good).stdout, f"{good}: ok (variant: Hot)\n")
        self.run_program("validate", bad, expect=support.INPUT)
        verdicts = self.json_of("validate", scenario, expect=support.INPUT)
        self.assertEqual([verdict["ok"] for verdict in verdicts], [True, True, False])

    def test_validate_goes_through_studies(self):
        scenario = self.folder / "world"
        (scenario / "studies").mkdir(parents=True)
        (scenario / "scenario.yaml").write_text(f"entente: 1\nextends: {TINY}\n", encoding="utf-8")
        text = (TINY / "studies" / "tiny.yaml").read_text(encoding="utf-8")
        good, bad = scenario / "studies" / "a.yaml", scenario / "studies" / "b.yaml"
        good.write_text(text, encoding="utf-8")
        bad.write_text(text.replace("terms.rights.coefficient", "terms.rigths.coefficient"), encoding="utf-8")
        words = ("ok (study: What dealing with the Council depends on; 3 parameters, 40 points, 2 measures, "
                 "8 replicates)")
        place = f"{bad}:7:26: terms: found unknown key 'rigths'"

        lines = self.run_program("validate", scenario, expect=support.INPUT).stdout.splitlines()
        self.assertEqual(lines[1], f"{good}: {words}")
        self.assertTrue(lines[2].startswith(place), lines[2])
        self.assertEqual(len(lines), 3)

        # By itself, from anywhere, whatever its folder: one that says where its scenario is.
        mine = self.write("mine.yaml", text.replace("entente: 1", "entente: 1\nscenario: world"))
        self.assertEqual(self.run_program("validate", mine).stdout, f"{mine}: {words}\n")
        done = self.run_program("validate", mine, "--set", "events.summit.probability=2", expect=support.INPUT)
        self.assertIn("--set: events[0].probability: found '2'; allowed: number from 0 to 1", done.stdout)

    def test_validate_names_parameters_without_effect(self):
        text = (TINY / "studies" / "tiny.yaml").read_text(encoding="utf-8")
        self.write("hides.yaml", "entente: 1\ntitle: x\nquestion: y\nterms: {rights: {coefficient: 1}}\n")
        study = self.write("study.yaml", text.replace(
            "entente: 1", f"entente: 1\nscenario: {TINY}\nvariants: hides.yaml"))
        self.assertIn("8 replicates; note: rights has no effect)", self.run_program("validate", study).stdout)

    def test_error_tour(self):
        tour = sorted(path.parent for path in (HERE / "error_tour").glob("*/expected.txt"))
        self.assertTrue(tour)
        for stop in tour:
            with self.subTest(stop.name):
                expected = (stop / "expected.txt").read_text(encoding="utf-8")
                done = self.run_program("validate", stop.relative_to(ROOT), expect=support.INPUT, cwd=ROOT)
                self.assertEqual(done.stdout, expected)


class Files(CliTest):
    def refused(self, *arguments, words):
        before = self.left_in_folder()
        done = self.run_program(*arguments, expect=support.FILE)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)
        self.assertEqual(self.left_in_folder(), before)

    def test_missing_scenario(self):
        self.refused("run", "nowhere/scenario.yaml", words="nowhere")

    def test_does_not_overwrite(self):
        path = self.simulate("out.h5", "--replicates", 8)
        before = path.read_bytes()
        self.refused("run", TINY, "--replicates", 16, "-o", path, words="out.h5")
        self.assertEqual(path.read_bytes(), before)

    def test_overwrites_when_told(self):
        path = self.simulate("out.h5", "--replicates", 8)
        before = path.read_bytes()
        self.simulate("out.h5", "--replicates", 16, "--force")
        self.assertNotEqual(path.read_bytes(), before)
        self.assertEqual(self.left_in_folder(), ["out.h5"])

    def test_folder_that_does_not_exist(self):
        self.refused("run", TINY, "-o", "nowhere/out.h5", words="nowhere")

    def test_folder_that_is_a_file(self):
        (self.folder / "file").write_text("", encoding="utf-8")
        self.refused("run", TINY, "-o", "file/out.h5", words="file/out.h5")

    def test_folder_that_cannot_be_written(self):
        # Not even the superuser makes files there, who may write into every other folder.
        self.refused("run", TINY, "-o", "/proc/out.h5", words="/proc/out.h5")

    def test_not_a_result_file(self):
        (self.folder / "text.h5").write_text("not HDF5", encoding="utf-8")
        self.refused("export", "text.h5", "--csv", "tables", words="text.h5")

    def test_standard_output_that_is_full(self):
        with open("/dev/full", "w", encoding="utf-8") as full:
            done = subprocess.run([self.program, "schema"], stdout=full, stderr=subprocess.PIPE,
                                  check=False)
        self.assertEqual(done.returncode, support.FILE)


if __name__ == "__main__":
    support.main()
