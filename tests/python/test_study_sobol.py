"""Sobol indices can be had from the table of a study with NumPy alone, and are those of `entente analyse`.

The table has the order of rows that SALib's `sobol.analyze` wants, so that its estimators, written down
here, apply to the column of an output as it stands; and experiments and outcomes as columns, as the EMA
Workbench keeps them.

Run: /usr/bin/python3 tests/python/test_study_sobol.py build/release/bin/entente build/release/tests/support/plant_study
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np

PROGRAM, PLANT = (str(pathlib.Path(sys.argv.pop(1)).resolve()) for _ in range(2))
NAMES = ["one", "two", "three"]


def run(*arguments):
    return subprocess.run(list(map(str, arguments)), capture_output=True, text=True, check=True).stdout


class Study:
    """A planted study: its table as other programs read it, and what the program makes of it."""

    def __init__(self, kind):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "study.h5"
            run(PLANT, kind, path)
            run(PROGRAM, "export", path, "--csv", folder, "--quiet")
            with open(pathlib.Path(folder) / "points.csv", encoding="utf-8", newline="") as file:
                table = csv.reader(file)
                self.header = next(table)
                self.rows = list(table)
            answer = json.loads(run(PROGRAM, "analyse", path, "--json", "--resamples", 0))
            self.found = answer["outputs"][0]["sobol"]

    def column(self, name):
        place = self.header.index(name)
        return [row[place] for row in self.rows]

    def numbers(self, name):
        return np.array([float(cell) if cell else np.nan for cell in self.column(name)])

    def indices(self, kind):
        by_name = {found["parameter"]: found[kind]["value"] for found in self.found["parameters"]}
        return np.array([by_name[name] for name in NAMES])

    def pairs(self):
        return {tuple(pair["parameters"]): pair["second"]["value"] for pair in self.found["pairs"]}


def separate(y, parameters, second_order):
    """A, B, AB, BA from outputs in SALib's order of rows."""
    step = 2 * parameters + 2 if second_order else parameters + 2
    blocks = y.reshape(-1, step)
    return (blocks[:, 0], blocks[:, -1], blocks[:, 1:parameters + 1],
            blocks[:, parameters + 1:-1] if second_order else None)


# The estimators as SALib publishes them (sobol.py: first_order, total_order, second_order).


def first_order(a, ab, b):
    return np.mean(b * (ab - a), axis=0) / np.var(np.r_[a, b])


def total_order(a, ab, b):
    return 0.5 * np.mean((a - ab) ** 2, axis=0) / np.var(np.r_[a, b])


def second_order(a, ab_j, ab_k, ba_j, b):
    together = np.mean(ba_j * ab_k - a * b) / np.var(np.r_[a, b])
    return together - first_order(a, ab_j, b) - first_order(a, ab_k, b)


class Recomputation(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.study = Study("ishigami")
        cls.y = cls.study.numbers("y.mean")

    def test_definitions(self):
        """By the matrix and the number that each row names, whatever their order."""
        n, matrix, changed = (self.study.column(name) for name in ("n", "matrix", "changed"))
        y = {key: value for key, value in zip(zip(matrix, map(int, n), changed), self.y)}
        base = 1 + max(map(int, n))
        a = np.array([y["A", i, ""] for i in range(base)])
        b = np.array([y["B", i, ""] for i in range(base)])
        mean = np.concatenate([a, b]).mean()
        variance = ((a - mean) ** 2 + (b - mean) ** 2).mean() / 2
        for place, name in enumerate(NAMES):
            ab = np.array([y["AB", i, name] for i in range(base)])
            first = ((b - mean) * (ab - a)).mean() / variance
            total = ((a - ab) ** 2).mean() / 2 / variance
            self.assertAlmostEqual(self.study.indices("first")[place], first, delta=1e-9)
            self.assertAlmostEqual(self.study.indices("total")[place], total, delta=1e-9)

    def test_salib_estimators(self):
        a, b, ab, _ = separate(self.y, 3, False)
        centre = np.r_[a, b].mean()
        first = np.array([first_order(a - centre, ab[:, i] - centre, b - centre) for i in range(3)])
        np.testing.assert_allclose(self.study.indices("first"), first, rtol=0, atol=1e-9)
        total = np.array([total_order(a, ab[:, i], b) for i in range(3)])
        np.testing.assert_allclose(self.study.indices("total"), total, rtol=0, atol=1e-9)

        # SALib takes the mean of all rows away, not that of A and B; no more than this differs.
        a, b, ab, _ = separate((self.y - self.y.mean()) / self.y.std(), 3, False)
        theirs = np.array([first_order(a, ab[:, i], b) for i in range(3)])
        shift = np.r_[a, b].mean() * np.array([(ab[:, i] - a).mean() for i in range(3)])
        np.testing.assert_allclose(self.study.indices("first"),
                                   theirs - shift / np.var(np.r_[a, b]), rtol=0, atol=1e-9)
        np.testing.assert_allclose(self.study.indices("first"), theirs, rtol=0, atol=1e-3)

    def test_theory(self):
        """base 4096, 20,480 points."""
        fourth = 0.1 * np.pi ** 4
        alone = 0.5 * (1 + fourth / 5) ** 2
        waves = 49 / 8
        together = 0.5 * fourth ** 2 * (1 / 9 - 1 / 25)
        variance = alone + waves + together
        self.assertEqual(len(self.y), 4096 * 5)
        np.testing.assert_allclose(self.study.indices("first"),
                                   np.array([alone, waves, 0]) / variance, rtol=0, atol=0.01)
        np.testing.assert_allclose(self.study.indices("total"),
                                   np.array([alone + together, waves, together]) / variance,
                                   rtol=0, atol=0.01)


class SecondOrder(unittest.TestCase):
    def test_failed_rows_take_their_block_with_them(self):
        study = Study("ishigami_second")
        y = study.numbers("y.mean")
        failed = np.array([status == "failed" for status in study.column("status")])
        np.testing.assert_array_equal(failed, np.isnan(y))
        self.assertIn('planted, "failure"', study.column("message"))
        blocks = y.reshape(-1, 8)
        whole = blocks[np.isfinite(blocks).all(axis=1)]
        self.assertEqual((study.found["blocks"], study.found["dropped"]),
                         (len(whole), len(blocks) - len(whole)))
        self.assertGreater(study.found["dropped"], 0)

        a, b, ab, ba = separate(whole.ravel(), 3, True)
        centre = np.r_[a, b].mean()
        a, b, ab, ba = a - centre, b - centre, ab - centre, ba - centre
        for i in range(3):
            self.assertAlmostEqual(study.indices("first")[i], first_order(a, ab[:, i], b), delta=1e-9)
            self.assertAlmostEqual(study.indices("total")[i], total_order(a, ab[:, i], b), delta=1e-9)
        # SALib takes one of the two estimates that the design allows, the program their mean.
        for (one, other), found in study.pairs().items():
            j, k = NAMES.index(one), NAMES.index(other)
            both = [second_order(a, ab[:, p], ab[:, q], ba[:, p], b) for p, q in ((j, k), (k, j))]
            self.assertAlmostEqual(found, np.mean(both), delta=1e-9)


class Layout(unittest.TestCase):
    """What other programs take from the table without being told."""

    def test_rows_are_in_salibs_order(self):
        for kind, step in (("ishigami", 5), ("ishigami_second", 8)):
            study = Study(kind)
            x = np.stack([study.numbers(name) for name in NAMES], axis=1).reshape(-1, step, 3)
            a, b = x[:, 0], x[:, -1]
            self.assertFalse((a == b).any())
            for i in range(3):
                np.testing.assert_array_equal(x[:, 1 + i], np.where(np.arange(3) == i, b, a))
                if step == 8:
                    np.testing.assert_array_equal(x[:, 4 + i], np.where(np.arange(3) == i, a, b))
            np.testing.assert_array_equal(study.numbers("row"), np.arange(x.shape[0] * step))

    def test_experiments_and_outcomes_are_columns(self):
        study = Study("ishigami")
        first = study.header.index(NAMES[0])
        self.assertEqual(study.header[first:first + 5], [*NAMES, "status", "message"])
        outcomes = study.header[first + 5:]
        self.assertEqual(outcomes, [f"y.{statistic}" for statistic in
                                    ("mean", "variance", "error", "q05", "q25", "q50", "q75", "q95")])
        experiments = np.stack([study.numbers(name) for name in NAMES], axis=1)
        x, y, z = experiments.T
        np.testing.assert_allclose(study.numbers("y.mean"),
                                   np.sin(x) + 7 * np.sin(y) ** 2 + 0.1 * z ** 4 * np.sin(x),
                                   rtol=0, atol=1e-12)
        self.assertEqual(len({len(row) for row in study.rows}), 1)


if __name__ == "__main__":
    unittest.main()
