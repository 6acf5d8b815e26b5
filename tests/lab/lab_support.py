"""What the tests of the server share: a server of their own, requests, and what it must still do after."""

import contextlib
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "cli" / "worlds" / "tiny"
PATIENCE = 300  # [s] ends a test that hangs, on a slow machine under a sanitizer, too
MIB = 1 << 20

VARIANT = """entente: 1
title: Two go first
question: Who follows?
events:
  - {date: 2021-06, change: {hold: rung, ladder: recognition, actors: [BRA], to: recognised}}
"""


class Program:
    """The program under test."""

    path = None

    @classmethod
    def is_sanitized(cls):
        text = pathlib.Path(cls.path).read_bytes()
        return b"__asan_init" in text or b"__tsan_init" in text

    @classmethod
    def run(cls, *arguments, cwd, expect=0):
        done = subprocess.run([cls.path, *map(str, arguments)], cwd=cwd, capture_output=True, text=True,
                              encoding="utf-8", check=False, timeout=PATIENCE)
        if done.returncode != expect:
            raise AssertionError(f"{arguments}: exit {done.returncode}, not {expect}\n{done.stderr}")
        return done


class Server:
    """`entente lab` in a folder with the scenario `tiny`; everything temporary lands in that folder."""

    def __init__(self, folder, *arguments):
        self.folder = pathlib.Path(folder)
        self.temporary = self.folder / "temporary"
        self.temporary.mkdir(exist_ok=True)
        tiny = self.folder / "scenarios" / "tiny"
        if not tiny.exists():
            shutil.copytree(TINY, tiny)
            (tiny / "variants").mkdir(exist_ok=True)
            (tiny / "variants" / "first.yaml").write_text(VARIANT, encoding="utf-8")
        environment = dict(os.environ, TMPDIR=str(self.temporary))
        self.errors = self.folder / "errors"
        with self.errors.open("ab") as errors:
            self.process = subprocess.Popen([Program.path, "lab", *map(str, arguments)], cwd=self.folder,
                                            stdout=subprocess.PIPE, stderr=errors, env=environment)
        line = self.process.stdout.readline().decode()
        found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/#token=([0-9a-f]{32,})\n", line)
        if not found:
            self.process.kill()
            raise AssertionError(f"found the line {line!r}")
        self.port, self.token = int(found[1]), found[2]

    def headers(self, **more):
        return {"Authorization": f"Bearer {self.token}", **more}

    def ask(self, method, target, body=None, headers=None):
        """Status and body; JSON where it is."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            if isinstance(body, (dict, list)):
                body = json.dumps(body)
            connection.request(method, target, body, self.headers() if headers is None else headers)
            response = connection.getresponse()
            data = response.read()
            is_json = response.getheader("Content-Type", "").startswith("application/json")
            return response.status, json.loads(data) if is_json else data

    def connect(self):
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def raw(self, data, end=False):
        """All that comes back for bytes; nothing where the server closed without a word."""
        with self.connect() as connection:
            with contextlib.suppress(ConnectionError):
                connection.sendall(data)
                if end:
                    connection.shutdown(socket.SHUT_WR)
            return self.rest(connection)

    @staticmethod
    def rest(connection):
        answer = b""
        with contextlib.suppress(ConnectionError):
            while chunk := connection.recv(65536):
                answer += chunk
        return answer

    def raw_status(self, data, end=False):
        answer = self.raw(data, end)
        return int(answer.split()[1]) if answer else None

    def memory(self):
        """Resident memory at its peak since `forget_peak` [MiB]."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024

    def forget_peak(self):
        pathlib.Path(f"/proc/{self.process.pid}/clear_refs").write_text("5", encoding="ascii")
        return self.memory()

    def sessions(self):
        return sorted(self.temporary.glob("entente-lab-*"))

    def end(self):
        """Exit status after Ctrl-C."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(PATIENCE)
        finally:
            self.process.kill()
            self.process.stdout.close()


class Stream:
    """An open stream of events."""

    def __init__(self, server):
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE)
        self.connection.request("GET", "/api/events", headers=server.headers())
        self.response = self.connection.getresponse()
        self.status = self.response.status

    def events(self):
        """(kind, data) as they come."""
        kind = None
        while line := self.response.readline():
            line = line.decode().rstrip("\n")
            if line.startswith("event: "):
                kind = line.removeprefix("event: ")
            elif line.startswith("data: "):
                yield kind, json.loads(line.removeprefix("data: "))

    def wait(self, run, *kinds):
        """The events of a run up to the first of these kinds."""
        seen = []
        for kind, data in self.events():
            if data["run"] != run:
                continue
            seen.append((kind, data))
            if kind in kinds:
                return seen
        raise AssertionError(f"the stream ended after {seen}")

    def close(self):
        self.response.close()  # it holds the socket, too
        self.connection.close()


class ServerTest(unittest.TestCase):
    """Tests of one server, which has to go on after each."""

    growth = 64  # [MiB] that a test may make it grow by

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.holder.cleanup)
        cls.server = Server(cls.holder.name)
        cls.addClassCleanup(cls.server.process.kill)
        cls.server.ask("GET", "/api/scenarios")  # reads them all: that is not what a test costs

    @classmethod
    def tearDownClass(cls):
        status = cls.server.end()
        said = cls.server.errors.read_text(encoding="utf-8", errors="replace")
        assert status == 0, f"exit {status}\n{said}"
        assert not re.search("bug|HDF5:|ERROR|WARNING|runtime error", said), said
        assert not cls.server.sessions(), "the folder of the session is still there"

    def setUp(self):
        self.before = self.server.forget_peak()

    def tearDown(self):
        until(lambda: self.server.ask("GET", "/")[0] != 429)  # what a flood left is worked off
        self.assertEqual(self.server.ask("GET", "/")[0], 200)
        status, scenarios = self.server.ask("GET", "/api/scenarios")
        self.assertEqual(status, 200)
        self.assertIn("tiny", [entry["name"] for entry in scenarios])
        if not Program.is_sanitized():
            self.assertLess(self.server.memory() - self.before, self.growth, "MiB more than before")

    def request(self, **changes):
        variant = {"name": "mine", "yaml": VARIANT}
        return {"scenario": "tiny", "seed": None, "first_replicate": 0, "replicates": 32,
                "variants": [variant], **changes}

    def start(self, **changes):
        status, answer = self.server.ask("POST", "/api/runs", self.request(**changes))
        self.assertEqual(status, 202, answer)
        return answer["run"]

    def stream(self):
        """A new stream; waits until there is room for it."""

        def opened():
            stream = Stream(self.server)
            if stream.status != 200:
                stream.close()
            return stream if stream.status == 200 else None

        stream = until(opened)
        self.addCleanup(stream.close)
        return stream

    def results_of(self, **changes):
        stream = self.stream()
        run = self.start(**changes)
        stream.wait(run, "done")
        stream.close()
        status, results = self.server.ask("GET", f"/api/runs/{run}")
        self.assertEqual(status, 200)
        return results

    def assert_refused(self, status, method, target, body=None, headers=None):
        found, answer = self.server.ask(method, target, body, headers)
        self.assertEqual(found, status, f"{method} {target} {str(body)[:200]}: {answer}")
        self.assertEqual(set(answer), {"error", "problems"})
        return answer


def at_once(count, work):
    """What `work(k)` gives for every k, each in a thread of its own."""
    out = [None] * count

    def keep(k):
        out[k] = work(k)

    threads = [threading.Thread(target=keep, args=(k,)) for k in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return out


def until(condition):
    """Waits for something that happens by itself."""
    end = time.monotonic() + PATIENCE
    while not (found := condition()):
        if time.monotonic() > end:
            raise AssertionError("it does not happen")
        time.sleep(0.05)
    return found


def main():
    """Takes the program from the command line; the rest is unittest's."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [unittest arguments]")
    Program.path = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
