"""Results do not depend on how they are computed, and can be computed again from their file."""

import h5py

import support
from support import ROOT, TINY, CliTest


class SameBytes(CliTest):
    def test_for_any_number_of_threads(self):
        one = self.simulate("one.h5", "--threads", 1)
        self.assert_same_bytes(one, self.simulate("eight.h5", "--threads", 8))

    def test_for_any_width_of_tile(self):
        for level in ("summary", "rungs", "full"):
            with self.subTest(level):
                first = self.simulate(f"{level}-8.h5", "--lanes", 8, "--record", level)
                for lanes in (64, 256):
                    other = self.simulate(f"{level}-{lanes}.h5", "--lanes", lanes, "--record", level)
                    self.assert_same_bytes(first, other)

    def test_on_the_classroom(self):
        world = ROOT / "scenarios" / "classroom"
        one = self.simulate("one.h5", "--threads", 1, "--lanes", 8, "--replicates", 64, scenario=world)
        many = self.simulate("many.h5", "--threads", 8, "--replicates", 64, scenario=world)
        self.assert_same_bytes(one, many)

    def test_seeds_differ(self):
        first, second = self.simulate("a.h5"), self.simulate("b.h5", "--seed", 8)
        with h5py.File(first) as a, h5py.File(second) as b:
            self.assertFalse((a["engagement"][:] == b["engagement"][:]).all())

    def test_replicates_are_the_same_in_parts(self):
        whole = self.simulate("whole.h5", "--replicates", 24)
        tail = self.simulate("tail.h5", "--first-replicate", 16, "--replicates", 8)
        with h5py.File(whole) as a, h5py.File(tail) as b:
            self.assertEqual(list(b["replicate"][:]), list(range(16, 24)))
            self.assertTrue((a["engagement"][16:] == b["engagement"][:]).all())


class Again(CliTest):
    def test_a_result_file_gives_itself(self):
        for level in ("summary", "rungs", "full"):
            with self.subTest(level):
                first = self.simulate(f"{level}.h5", "--record", level, "--replicates", 24, "--seed", 11)
                again = self.simulate(f"{level}-again.h5", scenario=first)
                self.assert_same_bytes(first, again)

    def test_with_settings(self):
        first = self.simulate("first.h5", "--set", "terms.rights.coefficient=0")
        self.assert_same_bytes(first, self.simulate("again.h5", scenario=first))

    def test_begins_where_it_began(self):
        first = self.simulate("first.h5", "--first-replicate", 40, "--replicates", 8)
        self.assert_same_bytes(first, self.simulate("again.h5", scenario=first))

    def test_settings_are_refused_for_resolved_numbers(self):
        first = self.simulate("first.h5")
        done = self.run_program("run", first, "--set", "terms.rights.coefficient=0",
                                expect=support.USAGE)
        self.assertIn("--set", done.stderr)


if __name__ == "__main__":
    support.main()
