"""Whole processes: how long they take and how much memory they hold at most."""

import json
import os
import signal
import subprocess
import threading
import time


class Failed(Exception):
    """A program is missing, failed or took too long; the text says which."""


# Python and NumPy must not use more threads than the contestant they stand against.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}


def run(command, timeout=600, environment=None):
    """Runs a program to its end and returns (output, wall time [s], peak memory [bytes]).

    The kernel hands a new program the peak of the one that started it, so that readings below the
    size of this interpreter are not seen: which is why the runner imports nothing large.
    """
    command = [str(part) for part in command]
    begin = time.perf_counter()
    try:
        child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                 env={**os.environ, **ONE_THREAD, **(environment or {})}, text=True)
    except OSError as error:
        raise Failed(f"{command[0]}: {error.strerror}") from error
    texts = {}
    readers = [threading.Thread(target=lambda name=name: texts.update(
        {name: getattr(child, name).read()})) for name in ("stdout", "stderr")]
    late = threading.Timer(timeout, lambda: os.kill(child.pid, signal.SIGKILL))
    for thread in (*readers, late):
        thread.start()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.perf_counter() - begin
    ended_late = not late.is_alive()
    late.cancel()
    for reader in readers:
        reader.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    child.stdout.close()
    child.stderr.close()
    if ended_late:
        raise Failed(f"took longer than {timeout:.0f} s")
    if child.returncode != 0:
        last = texts["stderr"].strip().splitlines()[-1:] or [f"exit {child.returncode}"]
        raise Failed(f"{os.path.basename(command[0])}: {last[0]}")
    return texts["stdout"], wall, usage.ru_maxrss * 1024


def run_json(command, timeout=600, environment=None):
    return json.loads(run(command, timeout, environment)[0])
