"""The analysis of studies gives what NumPy and SciPy give, from the definitions in its headers.

Run: /usr/bin/python3 tests/python/test_analysis.py build/release/tests/python/analysis_numbers
"""

import json
import subprocess
import sys
import unittest

import numpy as np
import scipy.stats
from recompute_draws import philox

BOOTSTRAP = 15
NUMBERS = json.loads(subprocess.run([sys.argv.pop(1)], capture_output=True, check=True).stdout)


def array(values):
    """JSON has no NaN: null."""
    return np.array(values, dtype=float)


def picks(units, seed, resample):
    """The units of a resample of the bootstrap."""
    block = philox(seed, np.arange((units + 3) // 4), 0, BOOTSTRAP << 28 | 1, resample)
    return (block.T.ravel()[:units] * np.uint64(units)) >> np.uint64(32)


def with_intervals(units, resamples, confidence, seed, statistic):
    """Rows of value, low, high, error."""
    value = statistic(np.arange(units))
    again = np.array([statistic(picks(units, seed, x).astype(int)) for x in range(resamples)])
    ends = np.quantile(again, [(1 - confidence) / 2, (1 + confidence) / 2], axis=0)
    return np.stack([value, *ends, again.std(axis=0, ddof=1)], axis=-1)


def close(found, expected):
    np.testing.assert_allclose(array(found), expected, rtol=1e-9, atol=1e-9)


class Sobol(unittest.TestCase):
    def test_indices_and_intervals(self):
        for given in NUMBERS["sobol"]:
            k, second_order = 3, given["second_order"]
            blocks = array(given["outputs"]).reshape(-1, (2 if second_order else 1) * k + 2)
            blocks = blocks[np.isfinite(blocks).all(axis=1)]
            self.assertEqual(len(blocks), 49)

            def indices(rows):
                y = blocks[rows]
                mean = y[:, [0, -1]].mean()
                variance = y[:, [0, -1]].var()
                y = y - mean
                a, ab, ba, b = y[:, :1], y[:, 1:k + 1], y[:, k + 1:-1], y[:, -1:]
                first = (b * (ab - a)).mean(axis=0) / variance
                total = ((a - ab) ** 2).mean(axis=0) / 2 / variance
                parts = [[mean, variance], first, total]
                if second_order:
                    both = ba.T @ ab / len(y)
                    pair = ((both + both.T) / 2 - (a * b).mean()) / variance
                    parts.append((pair - first[:, None] - first[None, :])[~np.eye(k, dtype=bool)])
                return np.concatenate(parts)

            expected = with_intervals(len(blocks), given["resamples"], given["confidence"],
                                      given["seed"], indices)
            close([given["mean"], given["variance"]], expected[:2, 0])
            close(given["first"], expected[2:2 + k])
            close(given["total"], expected[2 + k:2 + 2 * k])
            if second_order:
                found = array(given["second"]).reshape(k, k, 4)
                self.assertTrue(np.isnan(found[np.eye(k, dtype=bool)]).all())
                close(found[~np.eye(k, dtype=bool)], expected[2 + 2 * k:])
            else:
                self.assertEqual(given["second"], [])


class Chance(unittest.TestCase):
    def test_split_and_intervals(self):
        given = NUMBERS["chance"]
        mean, variance, replicates = array(given["points"]).T

        def split(rows):
            within, luck = variance[rows].mean(), (variance / replicates)[rows].mean()
            between = mean[rows].var(ddof=1) - luck
            rest = max(between, 0)
            return np.array([within, between, within / (within + rest), luck / (luck + rest)])

        expected = with_intervals(len(mean), 30, 0.95, 5, split)
        close([given["within"], given["between"]], expected[:2, 0])
        close(given["shares"], expected[2:])
        close(given["of_one_shared"], variance.mean() / (variance.mean() + mean.var(ddof=1)))


class Morris(unittest.TestCase):
    def test_effects_and_jackknife(self):
        given = NUMBERS["morris"]
        x, y = array(given["x"]).reshape(-1, 4, 3), array(given["y"]).reshape(-1, 4)
        step = np.diff(x, axis=1)
        for i, found in enumerate(given["factors"]):
            t, s = np.nonzero(step[:, :, i])
            effects = np.diff(y, axis=1)[t, s] / step[t, s, i]
            effects = effects[np.isfinite(effects)]
            n = len(effects)

            def jackknife(statistic):
                without = [statistic(np.delete(effects, one)) for one in range(n)]
                return np.std(without) * np.sqrt(n - 1)

            statistics = (np.mean, lambda d: np.abs(d).mean(), lambda d: d.std(ddof=1))
            expected = [n, *(f(effects) for f in statistics), *map(jackknife, statistics)]
            close(found, expected)
        self.assertEqual([found[0] for found in given["factors"]], [8, 8, 9])


class Regression(unittest.TestCase):
    @staticmethod
    def standardised(x, y):
        """Coefficients, partial correlations, R^2 and errors by least squares."""
        x, y = scipy.stats.zscore(x), scipy.stats.zscore(y)
        n, k = x.shape
        coefficients = np.linalg.lstsq(x, y, rcond=None)[0]
        residuals = y - x @ coefficients
        errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * (residuals @ residuals) / (n - k - 1))
        partial = []
        for i in range(k):
            others = np.delete(x, i, axis=1)

            def rest(z):
                return z - others @ np.linalg.lstsq(others, z, rcond=None)[0]

            partial.append(np.corrcoef(rest(x[:, i]), rest(y))[0, 1])
        return coefficients, np.array(partial), 1 - residuals @ residuals / n, errors

    def test_coefficients(self):
        given = NUMBERS["regression"]
        x, y = array(given["x"]).reshape(-1, 3), array(given["y"])
        whole = np.isfinite(x).all(axis=1)
        x, y = x[whole], y[whole]
        self.assertEqual(len(y), 59)
        src, pcc, r_squared, errors = self.standardised(x, y)
        ranks = scipy.stats.rankdata(x, axis=0)
        srrc, prcc, rank_r_squared, _ = self.standardised(ranks, scipy.stats.rankdata(y))
        correlations = np.corrcoef(x.T)
        expected = np.stack([
            [scipy.stats.pearsonr(column, y)[0] for column in x.T],
            [scipy.stats.spearmanr(column, y)[0] for column in x.T],
            src, errors, pcc, srrc, prcc, np.diag(np.linalg.inv(correlations))], axis=-1)
        close(given["factors"], expected)
        close([given["r_squared"], given["rank_r_squared"]], [r_squared, rank_r_squared])
        close(given["condition"], np.sqrt(np.linalg.cond(correlations)))


class Prim(unittest.TestCase):
    """Peels and what boxes hold; a category is the last factor."""

    def setUp(self):
        self.given = NUMBERS["prim"]
        self.x, self.y = array(self.given["x"]).reshape(-1, 3), array(self.given["y"])

    def allows(self, i, limits):
        low, high, excluded = limits
        x = self.x[:, i]
        return ((x >= (-np.inf if low is None else low)) & (x <= (np.inf if high is None else high))
                & ~np.isin(x, excluded))

    def candidates(self, inside):
        """(rows that would remain) of every peel, in the order that breaks ties."""
        m = max(1, int(self.given["peel"] * inside.sum()))
        for i in range(2):
            x = self.x[:, i]
            values = np.sort(x[inside])
            if values[0] == values[-1]:
                continue
            yield inside & (x >= values[m] if values[m] > values[0] else x > values[0])
            top = values[-1 - m]
            yield inside & (x <= top if top < values[-1] else x < values[-1])
        for value in np.unique(self.x[inside, 2]):
            yield inside & (self.x[:, 2] != value)

    def test_boxes(self):
        boxes = self.given["boxes"]
        self.assertTrue(self.given["pasted"])
        self.assertGreater(len(boxes), 8)
        inside = np.ones(len(self.y), dtype=bool)
        for n, box in enumerate(boxes):
            allowed = [self.allows(i, limits) for i, limits in enumerate(box["limits"])]
            if n < len(boxes) - 1:
                np.testing.assert_array_equal(np.logical_and.reduce(allowed), inside)
                peels = [rows for rows in self.candidates(inside)
                         if rows.sum() >= 0.05 * len(self.y) and rows.any()]
                if n < len(boxes) - 2:
                    inside = max(peels, key=lambda rows: (self.y[rows].mean(), rows.sum()))
                else:
                    self.assertTrue(not peels or self.y[inside].mean() == 1)
            self.check_worth(box, allowed)
        self.assertGreater(boxes[-1]["rows"], boxes[-2]["rows"])
        self.assertGreaterEqual(boxes[-1]["density"], boxes[-2]["density"])

    def check_worth(self, box, allowed):
        inside = np.logical_and.reduce(allowed)
        hits = self.y[inside].sum()
        self.assertEqual(box["rows"], inside.sum())
        close([box["coverage"], box["density"], box["mass"]],
              [hits / self.y.sum(), hits / inside.sum(), inside.mean()])
        for i, limits in enumerate(box["limits"]):
            if limits == [None, None, []]:
                self.assertIsNone(box["quasi_p"][i])
                continue
            wider = np.logical_and.reduce(allowed[:i] + allowed[i + 1:])
            expected = scipy.stats.binom.sf(hits - 1, inside.sum(), self.y[wider].mean())
            close(box["quasi_p"][i], expected)


if __name__ == "__main__":
    unittest.main()
