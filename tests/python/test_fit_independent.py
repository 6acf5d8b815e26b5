"""`entente fit` finds the maximum that SciPy finds, from the design that it writes.

The likelihood is written here once more, in float64 and from the definition: with opportunity q an
actor reconsiders, and then takes option r with the probability P(r) of a multinomial logit; else it
stays. A move to r has probability q P(r), staying 1 - q + q P(own).

Run: /usr/bin/python3 tests/python/test_fit_independent.py build/release/bin/entente
"""

import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

import numpy as np
import scipy.optimize

ROOT = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve())

OPTIONS = (-1, 0, 1)
KEYS = ("case", "actor", "authority", "ladder", "step", "from")
OTHERS = ("option", "chosen", "opportunity", "offset")


class Posterior:
    """Log-likelihood of the decisions in a CSV and the Gaussian priors that the fit names."""

    def __init__(self, path, estimates):
        with open(path, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        names = [one["name"] for one in estimates]
        decisions = {}
        for row in rows:
            decisions.setdefault(tuple(row[key] for key in KEYS), {})[int(row["option"])] = row
        shape = (len(decisions), len(OPTIONS))
        self.x = np.zeros((*shape, len(names)))
        self.offset = np.full(shape, -np.inf)  # of options that there are not
        self.chosen = np.zeros(len(decisions), dtype=int)
        self.opportunity = np.zeros(len(decisions))
        for n, options in enumerate(decisions.values()):
            assert sum(row["chosen"] == "1" for row in options.values()) == 1
            for option, row in options.items():
                place = OPTIONS.index(option)
                self.x[n, place] = [float(row[name]) for name in names]
                self.offset[n, place] = float(row["offset"])
                self.opportunity[n] = float(row["opportunity"])
                if row["chosen"] == "1":
                    self.chosen[n] = place
        self.coefficients = [name for name in rows[0] if name not in KEYS + OTHERS]
        self.precision = np.array([0 if one["prior_sd"] is None else one["prior_sd"] ** -2
                                   for one in estimates])
        self.mean = np.array([one["prior_mean"] for one in estimates])

    def probabilities(self, theta):
        utility = self.offset + self.x @ theta
        weight = np.exp(utility - utility.max(axis=1, keepdims=True))
        return weight / weight.sum(axis=1, keepdims=True)

    def log_likelihood(self, theta):
        p = self.probabilities(theta)
        own = self.opportunity * p[np.arange(len(p)), self.chosen]
        return np.log(np.where(self.chosen == OPTIONS.index(0), 1 - self.opportunity, 0) + own).sum()

    def loss(self, theta):
        return (0.5 * self.precision * (theta - self.mean) ** 2).sum() - self.log_likelihood(theta)

    def slope(self, theta):
        """Gradient of the loss: d P(c) = P(c) (x_c - sum_r P(r) x_r)."""
        p = self.probabilities(theta)
        every = np.arange(len(p))
        own = self.opportunity * p[every, self.chosen]
        total = np.where(self.chosen == OPTIONS.index(0), 1 - self.opportunity, 0) + own
        expected = np.einsum("nr,nrc->nc", p, self.x)
        gradient = (own / total) @ (self.x[every, self.chosen] - expected)
        return self.precision * (theta - self.mean) - gradient

    def curvature(self, theta, scale):
        """Hessian of the loss by central differences of the gradient."""
        columns = []
        for c, width in enumerate(scale):
            step = np.zeros(len(theta))
            step[c] = 1e-4 * width
            columns.append((self.slope(theta + step) - self.slope(theta - step)) / (2 * step[c]))
        hessian = np.array(columns)
        return (hessian + hessian.T) / 2

    def minimum(self):
        """From 0, by BFGS over coefficients of like size and then by Newton's method."""
        spread = np.where(np.isfinite(self.offset)[:, :, None], np.abs(self.x), 0).max(axis=(0, 1))
        scale = 1 / np.where(spread > 0, spread, 1)
        found = scipy.optimize.minimize(lambda z: self.loss(z * scale), np.zeros(len(scale)),
                                        jac=lambda z: self.slope(z * scale) * scale, method="BFGS",
                                        options={"gtol": 1e-4, "maxiter": 1000})
        theta = found.x * scale
        for _ in range(8):
            theta = theta - np.linalg.solve(self.curvature(theta, scale), self.slope(theta))
        return theta, scale


class Independent(unittest.TestCase):
    def fit(self, scenario, *arguments):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "design.csv"
            # Dispositions are no columns of the design: without them.
            variant = pathlib.Path(folder) / f"{scenario}.yaml"
            variant.write_text(f"entente: 1\nextends: {ROOT / 'scenarios' / scenario}\n"
                               "covariates: {disposition: {by_actor: false, coefficient: 0}}\n", encoding="utf-8")
            history = ROOT / "scenarios" / scenario / "history.csv"
            done = subprocess.run([PROGRAM, "fit", str(variant), str(history), "--json", "--design",
                                   str(path), "--fixed=disposition", *arguments],
                                  check=True, capture_output=True, text=True, encoding="utf-8")
            fit = json.loads(done.stdout)
            return Posterior(path, fit["estimates"]), fit

    def compare(self, scenario, *arguments):
        posterior, fit = self.fit(scenario, *arguments)
        self.assertEqual(len(posterior.chosen), fit["decisions"])
        self.assertEqual((posterior.chosen != OPTIONS.index(0)).sum(), fit["moves"])
        theta, scale = posterior.minimum()
        slip = scipy.optimize.check_grad(lambda z: posterior.loss(theta + z * scale),
                                         lambda z: posterior.slope(theta + z * scale) * scale,
                                         np.full(len(theta), 0.01))
        self.assertLess(slip, 1e-3)
        self.assertLess(abs(posterior.log_likelihood(theta) - fit["log_likelihood"]),
                        1e-6 * abs(fit["log_likelihood"]))
        covariance = np.linalg.inv(posterior.curvature(theta, scale))
        for c, one in enumerate(fit["estimates"]):
            with self.subTest(one["name"]):
                error = np.sqrt(covariance[c, c])
                # Six digits, where an estimate near 0 has them of its standard error.
                self.assertLess(abs(theta[c] - one["estimate"]),
                                1e-6 * max(abs(theta[c]), error))
                self.assertLess(abs(error - one["standard_error"]), 1e-4 * error)
        np.testing.assert_allclose(covariance, fit["covariance"],
                                   atol=1e-4 * np.abs(covariance).max())
        return posterior, fit

    def test_one_ladder_without_prior(self):
        some = ["alignment", "bandwagon", "closeness_usa", "eu", "nato", "religion", "precedent",
                "proximity", "size", "democracy"]
        _, fit = self.compare("kosovo-2008", "--prior=none", *(f"--only={name}" for name in some))
        self.assertEqual([one["name"] for one in fit["estimates"] if one["prior_sd"] is None], some)
        self.assertEqual(fit["warnings"], [])

    def test_one_ladder_with_a_prior(self):
        posterior, fit = self.compare("kosovo-2008", "--prior=0.4")
        self.assertEqual([name for name in posterior.coefficients if name != "disposition"],
                         [one["name"] for one in fit["estimates"]])

    def test_three_ladders_without_prior_on_a_few_terms(self):
        some = ["rights", "alignment", "security", "economic"]
        posterior, fit = self.compare("afghanistan-2021", "--prior=none",
                                      *(f"--only={name}" for name in some))
        self.assertLess(len(fit["estimates"]), len(posterior.coefficients))
        self.assertEqual([one["name"] for one in fit["estimates"] if one["kind"] == "term"],
                         [name for name in posterior.coefficients if name in some])

    def test_there_may_be_no_maximum(self):
        """No member of the organisations that Russia leads recognised Kosovo: the more, the likelier."""
        posterior, fit = self.fit("kosovo-2008", "--prior=none")
        self.assertTrue(any(one.startswith("pressure: separation: ") for one in fit["warnings"]))
        theta = np.array([one["estimate"] for one in fit["estimates"]])
        further = theta.copy()
        further[[one["name"] for one in fit["estimates"]].index("pressure")] *= 2
        self.assertGreaterEqual(posterior.log_likelihood(further), posterior.log_likelihood(theta))
        self.assertLess(abs(posterior.log_likelihood(theta) - fit["log_likelihood"]), 1e-6)


if __name__ == "__main__":
    unittest.main(verbosity=2)
