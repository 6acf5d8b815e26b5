"""A study that several processes carry out is the one that one process carries out.

Nothing here measures time: each test waits for what it needs.
"""

import pathlib
import signal
import subprocess
import sys
import time

import mpirun

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "cli"))
import support  # noqa: E402
from sweep_support import SweepTest  # noqa: E402

# More points than are finished between two looks at the folder.
LARGE = 6_000


class Sweep(SweepTest):
    def large(self):
        """A study that takes a while, and its table."""
        study = self.study(points=LARGE)
        return study, self.sweep(study, "one.h5")

    def together(self, processes, study, output, *arguments):
        """Carries out a study by several processes into a file of the test's folder."""
        done = mpirun.run(processes, self.program, "sweep", study, "-o", output, *arguments,
                          cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return self.folder / output, done.stdout

    def resume(self, study, output, expected):
        """Ends a study by two processes."""
        table, _ = self.together(2, study, output, "--resume")
        self.assert_same_bytes(table, expected)
        table.unlink()

    def start(self, processes, study, output):
        job = mpirun.start(processes, self.program, "sweep", study, "-o", output, "--threads", "1",
                           cwd=self.folder)
        self.addCleanup(job.communicate)
        self.addCleanup(job.terminate)
        return job

    def wait_for_chunks(self, job, output, number):
        while len(self.chunks(output)) < number:
            self.assertIsNone(job.poll(), "ended before it could be stopped")
            time.sleep(0.001)

    def processes_of(self, job):
        """Ids of the processes that mpirun started, in order."""
        text = pathlib.Path(f"/proc/{job.pid}/task/{job.pid}/children").read_text()
        return sorted(int(word) for word in text.split())

    def test_gives_the_same_bytes(self):
        study = self.study(points=400)
        expected = self.sweep(study, "one.h5")
        _, said_by_one = self.together(1, study, "first.h5")
        for processes in (1, 2, 4):
            with self.subTest(processes):
                output, said = self.together(processes, study, f"{processes}.h5")
                self.assert_same_bytes(output, expected)
                self.assertEqual(said.replace(output.name, "first.h5"), said_by_one)
                self.assertEqual(self.chunks(output.name), [])

    def test_does_what_shards_left(self):
        study = self.study(points=100)
        expected = self.sweep(study, "one.h5")
        self.sweep(study, "out.h5", "--shard", "2/3")
        output, _ = self.together(3, study, "out.h5", "--resume")
        self.assert_same_bytes(output, expected)

    def test_goes_on_after_a_process_was_killed(self):
        study, expected = self.large()
        for victim in (0, 2):
            with self.subTest(victim):
                job = self.start(3, study, "cut.h5")
                self.wait_for_chunks(job, "cut.h5", 10)
                processes = self.processes_of(job)
                self.assertEqual(len(processes), 3)
                subprocess.run(["kill", "-9", str(processes[victim])], check=True)
                self.assertEqual(job.wait(mpirun.PATIENCE), 128 + signal.SIGKILL)
                self.assertFalse((self.folder / "cut.h5").exists())
                self.assertGreaterEqual(len(self.chunks("cut.h5")), 10)
                self.resume(study, "cut.h5", expected)

    def test_ends_when_one_process_cannot_write(self):
        study, expected = self.large()
        command = [self.program, "sweep", study, "-o", "cut.h5", "-q"]
        done = mpirun.run(1, *command, ":", "-n", 1, "bash", "-c", "ulimit -f 0; exec " +
                          " ".join(map(str, command)), cwd=self.folder)
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse((self.folder / "cut.h5").exists())
        self.resume(study, "cut.h5", expected)

    def test_wants_one_shard_for_all(self):
        study = self.study(points=100)
        command = [self.program, "sweep", study, "-o", "out.h5", "--shard"]
        done = mpirun.run(1, *command, "1/2", ":", "-n", 1, *command, "2/2", cwd=self.folder)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--shard: found '2/2', and '1/2' in the first of the processes", done.stderr)
        done = mpirun.run(2, *command, "1/2", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stdout.count("Shard 1 of 2: its 4 of 7 chunks are in"), 1)

    def test_says_what_is_wrong(self):
        study = self.study(points=0)
        alone = self.run_program("sweep", study, "-o", "out.h5", expect=support.INPUT)
        done = mpirun.run(3, self.program, "sweep", study, "-o", "out.h5", cwd=self.folder)
        self.assertEqual(done.returncode, support.INPUT)
        self.assertIn(alone.stderr, done.stderr)
        self.assertEqual(self.left_in_folder(), ["study.yaml"])

    def test_wants_a_file_that_all_see(self):
        study = self.study(points=10)
        done = mpirun.run(2, self.program, "sweep", study, cwd=self.folder)
        self.assertEqual(done.returncode, support.USAGE)
        self.assertIn("-o", done.stderr)


if __name__ == "__main__":
    support.main()
