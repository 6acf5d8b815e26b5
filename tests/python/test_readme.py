"""README.md shows what the program really prints, and names files that are there."""

import pathlib
import re
import shlex
import subprocess
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = sys.argv.pop(1)
README = (ROOT / "README.md").read_text(encoding="utf-8")


class Readme(unittest.TestCase):
    def test_runs_are_what_the_program_prints(self):
        """Lines of the shown output stand in the real one, in order; `...` stands for what was cut."""
        blocks = re.findall(r"^    \$.*?(?=^\S)", README, re.MULTILINE | re.DOTALL)
        self.assertEqual([block.split()[2] for block in blocks],
                         ["run", "whatif", "tip", "cascade", "sweep"])
        for block in blocks:
            shown = [line[4:].rstrip() for line in block.splitlines()]
            command = shlex.split(shown.pop(0))
            with self.subTest(command[2]):
                self.assertEqual(command[:2], ["$", "entente"])
                real = subprocess.run([PROGRAM, *command[2:]], cwd=ROOT, check=True, text=True,
                                      capture_output=True).stdout.splitlines()
                real = iter(line.rstrip() for line in real)
                for line in shown:
                    if line.strip() in ("", "..."):
                        continue
                    self.assertTrue(any(line == other for other in real), f"not printed (here): {line}")

    def test_files_it_names_exist(self):
        for target in re.findall(r"\]\(([^)#]+)\)", README):
            if not target.startswith("http"):
                self.assertTrue((ROOT / target).exists(), target)
        for path in re.findall(r"`((?:tools|tests|sim|scenarios|docs)/[\w./-]+)`", README):
            if "/x" not in path:
                self.assertTrue((ROOT / path).exists(), path)

    def test_commands_it_names_exist(self):
        usage = subprocess.run([PROGRAM, "--help"], check=True, text=True, capture_output=True).stdout
        for command in re.findall(r"^    entente (\w+)", README, re.MULTILINE):
            self.assertIn(command, usage)


if __name__ == "__main__":
    unittest.main()
