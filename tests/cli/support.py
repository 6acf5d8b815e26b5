"""What the scripts of this folder share: the program under test, its runs, its files."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TINY = HERE / "worlds" / "tiny"

OK, BUG, USAGE, INPUT, NUMERICAL, FILE, INTERRUPTED = 0, 1, 2, 3, 4, 5, 130


def keys_of(value):
    """All keys of all objects within a JSON value."""
    if isinstance(value, list):
        return set().union(*map(keys_of, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*map(keys_of, value.values()))


class CliTest(unittest.TestCase):
    """A test with a folder of its own that runs the program."""

    program = None

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def run_program(self, *arguments, expect=OK, cwd=None):
        """Runs the program; fails with both its outputs on another exit status."""
        done = subprocess.run([self.program, *map(str, arguments)], cwd=cwd or self.folder,
                              capture_output=True, text=True, encoding="utf-8", check=False)
        if done.returncode != expect:
            self.fail(f"entente {' '.join(map(str, arguments))}\nexit {done.returncode}, not {expect}\n"
                      f"--- stdout\n{done.stdout}\n--- stderr\n{done.stderr}")
        return done

    def json_of(self, *arguments, **options):
        return json.loads(self.run_program(*arguments, "--json", **options).stdout)

    def simulate(self, name, *arguments, scenario=TINY):
        """Runs a scenario into a file of the test's folder; returns its path."""
        path = self.folder / name
        self.run_program("run", scenario, "-o", path, "--quiet", *arguments)
        return path

    def assert_same_bytes(self, first, second):
        self.assertEqual(first.read_bytes(), second.read_bytes(), f"{first} and {second} differ")

    def assert_documented(self, command, value, names=()):
        """Every key of a JSON value stands in the section of docs/json.md, but for names of a scenario."""
        text = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
        section = text.split(f"\n## `entente {command} ", 1)[1].split("\n## ", 1)[0]
        for key in keys_of(value) - set(names):
            self.assertIn(f"`{key}`", section, f"docs/json.md, entente {command}: {key}")

    def left_in_folder(self):
        return sorted(os.listdir(self.folder))


def main():
    """Takes the program from the command line; the rest is unittest's."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [unittest arguments]")
    CliTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
