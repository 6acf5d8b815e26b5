"""`entente sweep`: a study that cannot be lost. Nothing here measures time."""

import signal
import subprocess
import time

import h5py

import support
from support import TINY
from sweep_support import SweepTest


class Lost(SweepTest):
    """Nothing that was finished is."""

    # More than any machine finishes between two looks at the folder.
    LARGE = {"points": 4000, "replicates": 64}

    def start_and_stop(self, study, output, number, finished=2):
        """Sends a signal as soon as some chunks are finished; returns the process's end."""
        process = subprocess.Popen([self.program, "sweep", str(study), "-o", output, "--threads", "1"],
                                   cwd=self.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                   text=True)
        while len(self.chunks(output)) < finished and process.poll() is None:
            time.sleep(0.001)
        process.send_signal(number)
        _, errors = process.communicate()
        return process.returncode, errors

    def test_killed_and_resumed_is_the_same(self):
        study = self.study(**self.LARGE)
        whole = self.sweep(study, "whole.h5")
        status, _ = self.start_and_stop(study, "cut.h5", signal.SIGKILL)
        self.assertEqual(status, -signal.SIGKILL)
        self.assertFalse((self.folder / "cut.h5").exists())
        kept = self.chunks("cut.h5")
        self.assertGreaterEqual(len(kept), 2)
        times = {path.name: path.stat().st_mtime_ns for path in kept}
        # Once more, so that it is killed when it goes on, too.
        subprocess.run([self.program, "sweep", str(study), "-o", "cut.h5", "-q"], cwd=self.folder,
                       check=False, capture_output=True)
        self.assertEqual({path.name: path.stat().st_mtime_ns for path in kept}, times)
        self.assert_same_bytes(whole, self.sweep(study, "cut.h5", "--resume"))
        self.assertEqual(self.left_in_folder(), ["cut.h5", "study.yaml", "whole.h5"])

    def test_an_interrupt_keeps_chunks_and_says_so(self):
        study = self.study(**self.LARGE)
        status, errors = self.start_and_stop(study, "cut.h5", signal.SIGINT)
        self.assertEqual(status, support.INTERRUPTED)
        self.assertRegex(errors, r"interrupted: \d+ of 4000 points are kept in cut\.h5\.parts; with "
                                 r"--resume the sweep goes on")
        self.assertEqual(self.left_in_folder(), ["cut.h5.parts", "study.yaml"])

    def test_a_damaged_chunk_is_computed_again(self):
        study = self.study()
        whole = self.sweep(study, "whole.h5")
        self.sweep(study, "cut.h5", "--shard", "1/2")
        chunk = self.chunks("cut.h5")[1]
        data = chunk.read_bytes()
        for damage in (data[:-3], data[:40] + bytes([data[40] ^ 1]) + data[41:], b""):
            with self.subTest(len(damage)):
                (self.folder / "cut.h5").unlink(missing_ok=True)
                self.sweep(study, "cut.h5", "--shard", "1/2")
                chunk.write_bytes(damage)
                done = self.run_program("sweep", study, "-o", "cut.h5", "--resume")
                self.assertRegex(done.stderr, rf"{chunk.name}: .+; it is computed again")
                self.assert_same_bytes(whole, self.folder / "cut.h5")

    def test_a_full_disk_keeps_what_was_finished(self):
        study = self.study(**self.LARGE)
        whole = self.sweep(study, "whole.h5")
        limited = f"ulimit -f 1; exec {self.program} sweep {study} -o cut.h5 -q"
        done = subprocess.run(["bash", "-c", limited], cwd=self.folder, capture_output=True, text=True,
                              check=False)
        # Files of a kilobyte hold neither a chunk nor the table.
        self.assertNotEqual(done.returncode, 0)
        self.assertFalse((self.folder / "cut.h5").exists())
        self.assert_same_bytes(whole, self.sweep(study, "cut.h5", "--resume"))


    def test_what_others_left_in_the_folder_spoils_nothing(self):
        study = self.study()
        whole = self.sweep(study, "whole.h5")
        self.sweep(study, "out.h5", "--shard", "1/2")
        parts = self.folder / "out.h5.parts"
        (parts / "chunk-00000001.bin.part-77-1-1-othernode").write_bytes(b"half")
        (parts / "notes.txt").write_text("mine", encoding="utf-8")
        done = self.run_program("sweep", study, "-o", "out.h5", "--resume")
        self.assertIn("the table is whole without it", done.stderr)
        self.assertIn("Table: out.h5", done.stdout)
        self.assert_same_bytes(whole, self.folder / "out.h5")
        self.assertEqual([path.name for path in parts.iterdir()], ["notes.txt"])


class Same(SweepTest):
    def test_whatever_threads_and_shards(self):
        study = self.study()
        one = self.sweep(study, "one.h5", "--threads", 1)
        self.assert_same_bytes(one, self.sweep(study, "two.h5", "--threads", 2))
        for shard in ("3/3", "1/3", "2/3"):
            self.sweep(study, "parts.h5", "--shard", shard)
            self.assertFalse((self.folder / "parts.h5").exists())
        times = {path: path.stat().st_mtime_ns for path in self.chunks("parts.h5")}
        self.assertEqual(len(times), 6)
        self.assert_same_bytes(one, self.sweep(study, "parts.h5", "--resume"))
        self.assertEqual(self.chunks("parts.h5"), [])

    def test_from_another_folder(self):
        study = self.study(points=8)
        one = self.sweep(study, "one.h5")
        (self.folder / "below").mkdir()
        self.run_program("sweep", "../study.yaml", "-o", "two.h5", "-q", cwd=self.folder / "below")
        self.assert_same_bytes(one, self.folder / "below" / "two.h5")

    def test_a_row_is_a_run_with_its_settings(self):
        study = self.study(points=4, replicates=50)
        table = self.sweep(study, "out.h5")
        with h5py.File(table) as file:
            names = [name.decode() for name in file["parameter"][:]]
            values = file["value"][:]
            means = file["mean"][:]
            outputs = [name.decode() for name in file["output"][:]]
        dates = ["2021-03", "2021-09", "2022-03"]
        for row in range(4):
            run = self.json_of("run", TINY, "--replicates", 50,
                               "--set", f"terms.alignment.coefficient={values[row, names.index('peers')]!r}",
                               "--set", f"events.opening.date={dates[int(values[row, names.index('opening')])]}")
            recognised = sum(one["ladders"]["recognition"]["probability"]["recognised"]
                             for one in run["authorities"][0]["actors"])
            count = [one for one in outputs if one.startswith("recognitions")][0]
            self.assertAlmostEqual(recognised, means[row, outputs.index(count)], places=9)


class Refused(SweepTest):
    def test_chunks_of_another_study(self):
        self.sweep(self.study(), "out.h5", "--shard", "1/2")
        before = {path: path.read_bytes() for path in self.chunks("out.h5")}
        changed = self.study(replicates=32)
        done = self.run_program("sweep", changed, "-o", "out.h5", "--resume", expect=support.FILE)
        self.assertIn("replicates", done.stderr)
        self.assertIn("64", done.stderr)
        self.assertIn("32", done.stderr)
        self.assertEqual({path: path.read_bytes() for path in self.chunks("out.h5")}, before)

    def test_neither_resumes_nor_replaces_unasked(self):
        study = self.study()
        self.sweep(study, "out.h5", "--shard", "1/2")
        done = self.run_program("sweep", study, "-o", "out.h5", expect=support.FILE)
        self.assertIn("out.h5.parts: found chunks of an unfinished sweep; allowed: --resume to go on with "
                      "them, or --force to begin anew", done.stderr)
        table = self.sweep(study, "out.h5", "--force")
        first = table.read_bytes()
        done = self.run_program("sweep", study, "-o", "out.h5", expect=support.FILE)
        self.assertIn("out.h5: exists already", done.stderr)
        self.sweep(study, "out.h5", "--force")
        self.assertEqual(table.read_bytes(), first)

    def test_shards_that_are_none(self):
        study = self.study()
        for text in ("0/2", "3/2", "2", "1/", "a/b", "1/0", "1/100001", "1/2/3"):
            done = self.run_program("sweep", study, "-o", "out.h5", "--shard", text, expect=support.USAGE)
            self.assertIn(f"--shard: found '{text}'; allowed: I/N", done.stderr)
        self.run_program("sweep", study, "--shard", "1/2", expect=support.USAGE)
        self.run_program("sweep", study, "-o", "out.h5", "--shard", "1/2", "--force", expect=support.USAGE)
        self.assertEqual(self.left_in_folder(), ["study.yaml"])

    def test_what_is_no_study(self):
        self.run_program("sweep", "nowhere.yaml", expect=support.FILE)
        done = self.run_program("sweep", TINY, expect=support.USAGE)
        self.assertIn("is a scenario; allowed: a study", done.stderr)
        wrong = self.study(more="designs: 3\n")
        done = self.run_program("sweep", wrong, "-o", "out.h5", expect=support.INPUT)
        self.assertRegex(done.stderr, r"study\.yaml:13:1: found unknown key 'designs'")
        self.assertEqual(self.left_in_folder(), ["study.yaml"])


class Failures(SweepTest):
    def test_a_point_that_fails_is_a_row(self):
        """Each value goes with the other's usual one, but two of them leave the range together."""
        study = self.folder / "study.yaml"
        study.write_text(f"""\
entente: 1
title: Sums
question: Which fit?
scenario: {TINY}
set: {{variables.x: 1, variables.y: 1, actors.derive.capability: "(x + y + 1) / 3"}}
parameters:
  - {{path: variables.x, choice: [-1, 1]}}
  - {{path: variables.y, choice: [-1, 1]}}
design: {{grid: {{}}}}
measures:
  recognitions: {{count: {{ladder: recognition, rung: recognised}}}}
replicates: 8
""", encoding="utf-8")
        done = self.run_program("sweep", study, "-o", "out.h5")
        self.assertIn("1 of 4 points failed", done.stdout)
        with h5py.File(self.folder / "out.h5") as file:
            self.assertEqual(list(file["status"][:]), [1, 0, 0, 0])
            self.assertEqual(list(file["failed_row"][:]), [0])
            self.assertIn("capability", file["failure_message"][0].decode())
            self.assertEqual(list(file["mean"][:, 0] == file["mean"][:, 0]), [False, True, True, True])


class Plan(SweepTest):
    def test_says_what_would_be_done(self):
        text = self.run_program("sweep", self.study(), "--plan").stdout
        self.assertIn("96 points", text)
        self.assertIn("6144 histories in 6 chunks", text)
        self.assertRegex(text, r"\n *peers +uniform: \[0, 3\] +is set directly")
        self.assertRegex(text, r"\n *opening +choice +is read once per value")
        self.assertEqual(self.left_in_folder(), ["study.yaml"])


if __name__ == "__main__":
    support.main()
