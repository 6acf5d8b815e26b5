"""Processes under mpirun share numbers, texts and failures (include/entente/ensemble/ranks.hpp)."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import sys
import tempfile
import unittest

import mpirun

PROBE = MODULE = LIBRARIES_FROM_PROGRAM = None


class Ranks(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def probe(self, processes, mode, count, *arguments):
        """Runs a job of the probe; gives it and what each process found, by rank."""
        done = mpirun.run(processes, PROBE, self.folder, mode, count, *arguments,
                          env={"LD_LIBRARY_PATH": MODULE.parent})
        found = [json.loads(path.read_text()) for path in sorted(self.folder.glob("*.json"))]
        for path in self.folder.glob("*.json*"):
            path.unlink()
        return done, found

    def assert_all_handed_out(self, found, round_, count):
        numbers = [process["rounds"][round_]["numbers"] for process in found]
        for own in numbers:
            self.assertEqual(own, sorted(own))
        self.assertEqual(sorted(sum(numbers, [])), list(range(count)))

    def test_share_what_there_is(self):
        for processes in (1, 2, 4):
            for count in (0, 3, 500):
                with self.subTest(processes=processes, count=count):
                    done, found = self.probe(processes, "share", count)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assertEqual([process["rank"] for process in found], list(range(processes)))
                    for process in found:
                        self.assertEqual(process["size"], processes)
                        self.assertEqual(process["text"], "x" * 1_000_000 + "end")
                        self.assertEqual([one["well"] for one in process["rounds"]], [True, True])
                    self.assert_all_handed_out(found, 0, count)
                    self.assert_all_handed_out(found, 1, count)

    def test_do_not_wait_for_a_busy_first(self):
        done, found = self.probe(3, "busy", 200)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(found[0]["rounds"][0]["numbers"], [])
        self.assert_all_handed_out(found, 0, 200)

    def test_learn_that_one_gave_up(self):
        for rank in range(3):
            with self.subTest(rank=rank):
                done, found = self.probe(3, "give_up", 10**18, rank)
                self.assertEqual(done.returncode, 4, done.stderr)
                self.assertEqual([process["rounds"][0]["well"] for process in found], [False] * 3)

    def test_do_not_wait_for_one_that_left(self):
        for rank in range(3):
            with self.subTest(rank=rank):
                done, found = self.probe(3, "throw", 10**18, rank)
                self.assertNotEqual(done.returncode, 0)
                self.assertIn("thrown", done.stderr)
                others = [process["rank"] for process in found]
                self.assertEqual(others, [other for other in range(3) if other != rank])
                self.assertTrue(all(not process["rounds"][0]["well"] for process in found))

    def test_end_with_one_that_dies(self):
        for rank in range(3):
            with self.subTest(rank=rank):
                done, found = self.probe(3, "kill", 10**18, rank)
                self.assertEqual(done.returncode, 128 + signal.SIGKILL, done.stderr)
                self.assertEqual(found, [])

    def test_end_with_the_status_that_one_asks_for(self):
        for rank in range(2):
            with self.subTest(rank=rank):
                done, found = self.probe(2, "abort", 10**18, rank)
                self.assertEqual(done.returncode, 5, done.stderr)
                self.assertEqual(found, [])

    def refused(self, **environment):
        """Starts one probe that believes itself one of two; gives what it says."""
        done = subprocess.run([PROBE, self.folder, "share", "1"], check=False, capture_output=True,
                              env={**os.environ, **environment}, text=True, timeout=mpirun.PATIENCE)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.assertEqual(os.listdir(self.folder), [])
        return done.stderr

    def test_are_refused_when_each_would_do_all_the_work(self):
        for name in ("OMPI_COMM_WORLD_SIZE", "PMI_SIZE", "SLURM_STEP_NUM_TASKS"):
            with self.subTest(name):
                told = rf"2 processes were started together \(it says {name}\).*ENTENTE_MPI=ON"
                self.assertRegex(self.refused(**{name: "2"}), told)
        joined = self.refused(PMI_SIZE="2", LD_LIBRARY_PATH=str(MODULE.parent),
                              **mpirun.ENVIRONMENT)
        self.assertIn("MPI joins 1 of them", joined)

    def test_find_the_module_beside_the_program_and_where_it_is_installed(self):
        program = self.folder / "bin" / PROBE.name
        program.parent.mkdir()
        shutil.copy(PROBE, program)
        for place in (".", LIBRARIES_FROM_PROGRAM):
            with self.subTest(place):
                module = pathlib.Path(os.path.normpath(program.parent / place)) / MODULE.name
                module.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(MODULE, module)
                done = mpirun.run(2, program, self.folder, "share", 10)
                self.assertEqual(done.returncode, 0, done.stderr)
                module.unlink()


def main():
    global PROBE, MODULE, LIBRARIES_FROM_PROGRAM
    if len(sys.argv) < 4:
        sys.exit(f"usage: {sys.argv[0]} PROBE MODULE LIBRARIES_FROM_PROGRAM [unittest arguments]")
    PROBE, MODULE = (pathlib.Path(sys.argv.pop(1)).resolve() for _ in range(2))
    LIBRARIES_FROM_PROGRAM = sys.argv.pop(1)
    unittest.main(verbosity=2)


if __name__ == "__main__":
    main()
