"""Every source and test stands in a CMakeLists.txt: one that does not would pass by never running."""

import pathlib
import re
import subprocess
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDERS = ("sim", "tools/entente", "tools/lab", "tests")
# The consumer project has a list of its own; modules of Python helpers are imported, not run.
LISTED = re.compile(r"(.*\.cpp|tests/(python|cli|lab|mpi|regression)/(.*/)?(test_\w+\.py|\w+_test\.(py|sh)))$")


def files_of_the_project():
    """Tracked files, so that work in progress does not count; all files outside a checkout."""
    git = subprocess.run(["git", "-C", ROOT, "ls-files", "--", *FOLDERS], capture_output=True,
                         text=True, check=False)
    if git.returncode == 0 and git.stdout:
        return [name for name in git.stdout.splitlines() if (ROOT / name).exists()]
    return [path.relative_to(ROOT).as_posix() for folder in FOLDERS
            for path in sorted((ROOT / folder).rglob("*")) if path.is_file()]


def list_above(name):
    """The CMakeLists.txt nearest above a file."""
    folder = (ROOT / name).parent
    while not (folder / "CMakeLists.txt").exists():
        folder = folder.parent
    return folder / "CMakeLists.txt"


def is_listed(name):
    cmake = list_above(name)
    entry = (ROOT / name).relative_to(cmake.parent).as_posix()
    words = re.sub(r"#.*", "", cmake.read_text(encoding="utf-8")).replace('"', " ")
    words = set(re.split(r"[\s()]+", words))
    return entry in words or entry.removesuffix("_test.cpp") in words


class Sources(unittest.TestCase):
    def test_are_listed_in_the_nearest_cmake_file(self):
        forgotten = [f"{name}: not in {list_above(name).relative_to(ROOT)}"
                     for name in files_of_the_project() if LISTED.match(name) and not is_listed(name)]
        self.assertEqual(forgotten, [], "\n" + "\n".join(forgotten))

    def test_are_found_at_all(self):
        self.assertTrue(any(name.startswith("sim/") for name in files_of_the_project()))


if __name__ == "__main__":
    unittest.main()
