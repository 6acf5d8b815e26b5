"""Ctrl-C keeps what is finished. Nothing here measures time: each test waits for what it needs."""

import json
import os
import pty
import re
import signal
import subprocess

import h5py

import support
from support import TINY, CliTest

ENDLESS = 10_000_000  # more replicates than any machine finishes meanwhile


class Interrupt(CliTest):
    def start(self, *arguments):
        """Starts a run that watches a terminal; returns the process and its end of the terminal."""
        mine, theirs = pty.openpty()
        process = subprocess.Popen(
            [self.program, "run", str(TINY), "--replicates", str(ENDLESS), *map(str, arguments)],
            cwd=self.folder, stdout=subprocess.PIPE, stderr=theirs)
        os.close(theirs)
        self.addCleanup(process.stdout.close)
        self.addCleanup(os.close, mine)
        self.addCleanup(process.kill)
        return process, mine

    def wait_for_progress(self, terminal):
        """Reads until some replicates are finished; returns what was read."""
        seen = ""
        while not re.search(rf"[1-9]\d* of {ENDLESS} replicates, \d+/s, .+ left", seen):
            seen += os.read(terminal, 4096).decode()
        return seen

    def finish(self, process, terminal):
        """Returns (exit status, standard output, rest of standard error)."""
        output = process.stdout.read().decode()
        status = process.wait()
        rest = ""
        while True:
            try:
                chunk = os.read(terminal, 4096)
            except OSError:  # the other end is closed
                break
            if not chunk:
                break
            rest += chunk.decode()
        return status, output, rest

    def interrupt(self, *arguments, signals=(signal.SIGINT,)):
        process, terminal = self.start(*arguments)
        self.wait_for_progress(terminal)
        for number in signals:
            process.send_signal(number)
        return self.finish(process, terminal)

    def test_keeps_finished_replicates(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            with self.subTest(number.name):
                status, output, messages = self.interrupt("-o", f"{number.name}.h5", signals=(number,))
                self.assertEqual(status, support.INTERRUPTED)
                kept = int(re.search(rf"interrupted: (\d+) of {ENDLESS} replicates finished, kept in "
                                     rf"{number.name}\.h5", messages)[1])
                self.assertLess(0, kept)
                self.assertLess(kept, ENDLESS)
                with h5py.File(self.folder / f"{number.name}.h5") as file:
                    self.assertEqual(file["engagement"].shape[0], kept)
                    self.assertEqual(file.attrs["replicates"], kept)
                self.assertIn(f"{kept} of {ENDLESS} replicates", output)

    def test_kept_replicates_are_those_of_a_full_run(self):
        self.interrupt("-o", "cut.h5")
        whole = self.simulate("whole.h5", "--replicates", 16)
        with h5py.File(self.folder / "cut.h5") as cut, h5py.File(whole) as file:
            self.assertTrue((cut["engagement"][:16] == file["engagement"][:]).all())

    def test_works_without_a_file(self):
        status, output, messages = self.interrupt()
        self.assertEqual(status, support.INTERRUPTED)
        self.assertIn("no file was asked for", messages)
        self.assertIn("Who stands where", output)

    def test_a_second_one_leaves_no_part_behind(self):
        status, _, _ = self.interrupt("-o", "out.h5", "--lanes", 4096,
                                      signals=(signal.SIGINT, signal.SIGINT))
        self.assertEqual(status, support.INTERRUPTED)
        self.assertNotIn("out.h5.part", self.left_in_folder())

    def test_json_says_so(self):
        status, output, _ = self.interrupt("--json")
        self.assertEqual(status, support.INTERRUPTED)
        report = json.loads(output)
        self.assertTrue(report["interrupted"])
        self.assertEqual(report["requested_replicates"], ENDLESS)
        self.assertLess(report["replicates"], ENDLESS)


if __name__ == "__main__":
    support.main()
