"""The programs that are measured, each behind a function that returns what it printed."""

import json
import pathlib
import sys

import process
from process import Failed

HERE = pathlib.Path(__file__).resolve().parent
SOURCE = HERE.parents[1]
# The system's Python has the packages of tools/packages.txt; another python3 may come first.
PYTHON = "/usr/bin/python3" if pathlib.Path("/usr/bin/python3").exists() else sys.executable


class Lab:
    """Where the programs are, and how long to measure."""

    def __init__(self, build, scratch, in_memory, rounds, quick):
        self.build = pathlib.Path(build)
        self.scratch = pathlib.Path(scratch)  # on a disk
        self.in_memory = pathlib.Path(in_memory)  # where syncing a file costs nothing
        self.rounds = rounds
        self.quick = quick
        self.flagship = SOURCE / "scenarios" / "afghanistan-2021"
        self.world = self.build / "reference"
        self.blas = {}  # environment of those that use NumPy

    def size(self, usual, quick):
        return quick if self.quick else usual

    def bench(self, names, timeout=300, seconds=0.5, folder=None):
        """Rows of Google Benchmark by name: counters, the `seconds` of one iteration and the `peak`
        memory of the whole process. Files go to `folder`, by default in memory."""
        pattern = "|".join(names)
        text, _, peak = process.run(
            [self.build / "bin" / "entente_bench", "--benchmark_format=json",
             f"--benchmark_filter=^({pattern})(/real_time)?$",
             f"--benchmark_min_time={self.size(seconds, 0.01)}"], timeout,
            {"TMPDIR": str(folder or self.in_memory)})
        scale = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1}
        rows = {}
        for row in json.loads(text)["benchmarks"]:
            name = row["name"].removesuffix("/real_time")
            if row.get("error_occurred"):
                raise Failed(f"{name}: {row['error_message']}")
            seconds = row["real_time"] * scale[row["time_unit"]]
            rows[name] = {**row, "seconds": seconds, "peak": peak}
        return rows

    def bench_one(self, name, **options):
        rows = self.bench([name], **options)
        if name not in rows:
            raise Failed(f"{name}: no such benchmark")
        return rows[name]

    def entente(self, *arguments, timeout=600):
        """(wall time [s], peak memory [bytes]) of the program."""
        return process.run([self.build / "bin" / "entente", *arguments], timeout)[1:]

    def run_flagship(self, replicates, *arguments, **options):
        return self.entente("run", self.flagship, "--quiet", "--replicates", replicates,
                            *arguments, **options)

    def naive(self):
        return process.run_json([self.build / "bin" / "reference_naive", self.world,
                                 self.size(60, 10)])

    def numpy_reference(self):
        return self.python(HERE / "reference" / "numpy_reference.py", self.world,
                           self.size(512, 256))

    def numpy_flagship(self, method):
        """The whole model in NumPy, on the inputs of a result file."""
        result = self.scratch / "flagship.h5"
        if not result.exists():
            self.run_flagship(64, "-o", result)
        return self.python(HERE / "numpy_flagship.py", result, "--json", "--draws", "numpy",
                           "--method", method, "--replicates", 2048)

    def sgemm(self):
        return self.python(HERE / "sgemm.py")

    def python(self, *command):
        return process.run_json([PYTHON, *command], environment=self.blas)

    def choose_blas(self):
        """Says what NumPy multiplies with. An OpenBLAS older than the processor falls back on the
        kernels of another one: NumPy gets those that are faster here, since it is what the engine
        is to beat."""
        best = self.sgemm()
        best["kernels"] = "its own choice"
        self.blas = {"OPENBLAS_CORETYPE": "SKYLAKEX"}
        try:
            other = self.sgemm()
        except Failed:  # the processor lacks AVX-512
            other = best
        if other["large"] > 1.1 * best["large"]:
            return {**other, "kernels": "OPENBLAS_CORETYPE=SKYLAKEX"}
        self.blas = {}
        return best
