#!/usr/bin/python3
"""The NumPy models that the benchmarks compare with give the engine's history, draw by draw.

    numpy_check.py PROGRAM SCENARIO

Without it the benchmark might win over a model that computes something else, or less.
"""

import pathlib
import subprocess
import sys
import tempfile

import h5py

import numpy_flagship

REPLICATES = 64


def main():
    program, scenario = sys.argv[1:]
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "flagship.h5"
        subprocess.run(
            [program, "run", scenario, "-o", path, "--quiet", "--record", "rungs",
             "--replicates", str(REPLICATES)],
            check=True,
        )  # fmt: skip
        for method in numpy_flagship.METHODS:
            if error := numpy_flagship.check(path, REPLICATES, REPLICATES - 1, method):
                sys.exit(f"{scenario}, {method}: {error}")
        with h5py.File(path, "r+") as file:
            file["recognition"][REPLICATES - 1, -1, 0] ^= 1
        for method in numpy_flagship.METHODS:
            if not numpy_flagship.check(path, REPLICATES, REPLICATES, method):
                sys.exit(f"{scenario}, {method}: a changed rung in the file went unnoticed")


if __name__ == "__main__":
    main()
