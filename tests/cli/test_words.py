"""Help, lists, descriptions, schema, export: what a newcomer reads."""

import csv
import json
import os
import pathlib
import re
import subprocess

import h5py

import support
from support import ROOT, TINY, CliTest

COMMANDS = ("run", "whatif", "tip", "explain", "cascade", "sweep", "analyse", "validate", "list",
            "describe", "export", "schema")


class Help(CliTest):
    def test_lists_the_commands(self):
        text = self.run_program("--help").stdout
        for command in COMMANDS:
            self.assertIn(f"  {command} ", text)
        self.assertIn("Exit status: 0 ok, 1 bug, 2 usage", text)

    def test_every_help_has_two_examples(self):
        for command in ((), *((command,) for command in COMMANDS)):
            with self.subTest(command=command):
                text = self.run_program(*command, "--help").stdout
                examples = text[text.index("Examples:"):]
                self.assertEqual(len(re.findall(r"^  entente ", examples, re.MULTILINE)), 2, examples)

    def test_examples_name_options_that_exist(self):
        for command in COMMANDS:
            text = self.run_program(command, "--help").stdout
            options, examples = text.split("Examples:")
            ours = re.sub(r"\|.*", "", examples)  # not what comes behind a pipe
            for option in re.findall(r"(?<= )--?[a-z][-a-z]*", ours):
                self.assertRegex(options, rf"(?<![-a-z]){option}(?![-a-z])", f"{command}: {option}")

    def test_examples_work(self):
        """Runs them in a folder that has what they speak of, the long ones shortened."""
        (self.folder / "scenarios").symlink_to(ROOT / "scenarios")
        (self.folder / "mine").mkdir()
        (self.folder / "mine" / "copy.yaml").write_text(f"entente: 1\nextends: {TINY}\n", encoding="utf-8")
        self.simulate("out.h5", "--replicates", 8, scenario=ROOT / "scenarios" / "afghanistan-2021")
        study = (TINY / "studies" / "tiny.yaml").read_text(encoding="utf-8")
        (self.folder / "mine" / "study.yaml").write_text(f"scenario: {TINY}\n{study}", encoding="utf-8")
        first = ROOT / "scenarios" / "afghanistan-2026" / "studies" / "1-first-study.yaml"
        self.run_program("sweep", first, "-o", "study.h5", "--replicates", 1, "-q")
        path = f"{pathlib.Path(self.program).parent}{os.pathsep}{os.environ['PATH']}"
        for command in COMMANDS:
            text = self.run_program(command, "--help").stdout
            for example in re.findall(r"^  (entente .*)$", text, re.MULTILINE):
                with self.subTest(example):
                    if command in ("run", "whatif", "tip"):
                        example = example.replace("--replicates 1000", "") + " --replicates 8"
                    if example.endswith("1-first-study"):
                        example += " --replicates 1"
                    done = subprocess.run(["bash", "-o", "pipefail", "-c", example], cwd=self.folder,
                                          env={**os.environ, "PATH": path}, capture_output=True,
                                          text=True, check=False)
                    self.assertEqual(done.returncode, 0, done.stderr)

    def test_version(self):
        text = self.run_program("--version").stdout
        self.assertRegex(text, r"^entente \d+\.\d+\.\d+ \(commit \w+, compiled by .+\)\n$")


class List(CliTest):
    def test_json_and_text_hold_the_same_names(self):
        for kind in ("terms", "parameters", "profiles", "ladders", "measures", "outcomes", "scenarios"):
            with self.subTest(kind):
                rows = self.json_of("list", kind, cwd=ROOT)
                self.assertTrue(rows or kind == "scenarios")
                lines = self.run_program("list", kind, cwd=ROOT).stdout.strip().split("\n")
                self.assertEqual([line.split()[0] for line in lines[1:]], [row["name"] for row in rows])

    def test_terms_and_parameters_can_be_described(self):
        for kind in ("terms", "parameters"):
            for row in self.json_of("list", kind):
                text = self.run_program("describe", row["name"]).stdout
                self.assertIn(row["name"], text)

    def test_outcomes_are_variables_of_result_files(self):
        bodied = self.folder / "bodied.yaml"
        bodied.write_text(f"entente: 1\nextends: {TINY}\nbodies:\n  seat: {{members: all, ladder: recognition,"
                          " at_or_above: recognised, threshold: 0.5, change: [{add: standing, by: 0.1}]}\n",
                          encoding="utf-8")
        rows = self.json_of("list", "outcomes")
        held = {}
        for level in ("summary", "rungs", "full"):
            path = self.simulate(f"{level}.h5", "--record", level, "--replicates", 8, scenario=bodied)
            with h5py.File(path) as file:
                held[level] = set(file)
        for row in rows:
            with self.subTest(row["name"]):
                levels = [level for level in ("summary", "rungs", "full") if row["name"] in held[level]]
                self.assertEqual(levels[0] if levels else None, row["record"])

    def test_scenarios_are_found_from_their_tree(self):
        shipped = sorted(path.parent.name for path in (ROOT / "scenarios").glob("*/scenario.yaml"))
        rows = self.json_of("list", "scenarios", cwd=ROOT / "tests")
        self.assertEqual([row["name"] for row in rows], shipped)

    def test_a_scenario_runs_by_name(self):
        (self.folder / "scenarios").mkdir()
        (self.folder / "scenarios" / "small").symlink_to(TINY)
        rows = self.json_of("list", "scenarios")
        self.assertIn(("small", "Tiny world"), [(row["name"], row["title"]) for row in rows])
        self.assertIn("Tiny world", self.run_program("run", "small", "--replicates", 8).stdout)


class Describe(CliTest):
    def test_a_term(self):
        text = self.run_program("describe", "rights").stdout
        for words in ("Term rights (T3)", "phi_exposure(r)", "Expected sign", "engagement, recognition",
                      "rights, cover, rights_weight", "cover_effect", "Source"):
            self.assertIn(words, text)

    def test_a_parameter(self):
        text = self.run_program("describe", "security_weight").stdout
        for words in ("Parameter security_weight", "actor", "0 to 10", "default 1", "security"):
            self.assertIn(words, text)

    def test_a_name_that_is_both(self):
        text = self.run_program("describe", "need").stdout
        self.assertIn("Term need", text)
        self.assertIn("Parameter need", text)


class Schema(CliTest):
    def test_is_json(self):
        schema = json.loads(self.run_program("schema").stdout)
        self.assertIn("$schema", schema)

    def test_of_variants(self):
        schema = json.loads(self.run_program("schema", "variant").stdout)
        self.assertEqual(schema["required"], ["entente", "title", "question"])

    def test_of_studies(self):
        schema = json.loads(self.run_program("schema", "study").stdout)
        self.assertEqual(schema["required"], ["entente", "title", "question", "design", "measures"])


class Export(CliTest):
    def test_writes_tables_that_say_what_the_file_says(self):
        result = self.simulate("out.h5", "--replicates", 4)
        names = self.run_program("export", result, "--csv", "tables").stdout.split()
        self.assertIn("tables/engagement.csv", names)
        with open(self.folder / "tables" / "engagement.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        self.assertEqual(len(rows), 4 * 24 * 6)

    def test_does_not_overwrite(self):
        result = self.simulate("out.h5", "--replicates", 4)
        self.run_program("export", result, "--csv", "tables")
        self.run_program("export", result, "--csv", "tables", expect=support.FILE)
        self.run_program("export", result, "--csv", "tables", "--force")


if __name__ == "__main__":
    support.main()
