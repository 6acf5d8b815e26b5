"""What the tests of shipped scenarios share: an ensemble run by the program, asked about who stood where.

The facts are ranges over an ensemble, wide enough to survive another seed: they say what the
scenario must show, not which numbers it gave once.
"""

import csv
import pathlib
import subprocess
import sys
import tempfile
import unittest

import h5py
import numpy

ROOT = pathlib.Path(__file__).resolve().parents[2]
SCENARIOS = ROOT / "scenarios"


class Ensemble:
    """Rungs of every replicate: arrays of shape (replicates, steps, actors) by ladder."""

    def __init__(self, program, scenario, *settings):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "out.h5"
            overrides = [part for setting in settings for part in ("--set", setting)]
            done = subprocess.run([program, "run", SCENARIOS / scenario, "-o", path, "--quiet",
                                   *overrides], capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise RuntimeError(f"{scenario} {settings}: exit {done.returncode}\n{done.stderr}")
            with h5py.File(path) as file:
                text = lambda name: [value.decode() for value in file[name][:]]
                self.actors = text("actor")
                self.steps = text("time_label")
                self.rungs = {ladder: text(f"{ladder}_rung") for ladder in
                              ("engagement", "recognition", "coercion")}
                self.standing = {ladder: file[ladder][:] for ladder in self.rungs}
                self.rights = file["rights"][:]

    def at_or_above(self, ladder, rung, actors=None):
        """Whether, shape (replicates, steps, actors)."""
        reached = self.standing[ladder] >= self.rungs[ladder].index(rung)
        if actors is None:
            return reached
        return reached[:, :, [self.actors.index(actor) for actor in actors]]

    def at_end(self, ladder, rung):
        """Share of replicates by actor."""
        shares = self.at_or_above(ladder, rung)[:, -1].mean(axis=0)
        return dict(zip(self.actors, shares))

    def ever(self, ladder, rung):
        shares = self.at_or_above(ladder, rung).any(axis=1).mean(axis=0)
        return dict(zip(self.actors, shares))

    def counts(self, ladder, rung, actors=None, step=-1):
        """Number of actors by replicate."""
        return self.at_or_above(ladder, rung, actors)[:, step].sum(axis=1)


def members(*organisations):
    with open(SCENARIOS / "data" / "membership.csv", encoding="utf-8") as file:
        return sorted({row["iso3"] for row in csv.DictReader(file)
                       if row["org"] in organisations and row["status"] == "member"})


def quantile(counts, q):
    return int(numpy.quantile(counts, q, method="inverted_cdf"))


class EnsembleTest(unittest.TestCase):
    program = None

    def assert_between(self, value, low, high, what=""):
        self.assertTrue(low <= value <= high, f"{what} found {value:.3f}; allowed: {low} to {high}")


def main():
    """Takes the program from the command line; the rest is unittest's."""
    if len(sys.argv) < 2:
        sys.exit(f"usage: {sys.argv[0]} PROGRAM [unittest arguments]")
    EnsembleTest.program = str(pathlib.Path(sys.argv.pop(1)).resolve())
    unittest.main(verbosity=2)
