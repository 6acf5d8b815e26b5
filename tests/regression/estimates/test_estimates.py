"""Scenarios run on what `entente fit` gives, and the signs that are reported come out."""

import pathlib
import subprocess
import sys
import tempfile

import yaml

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import SCENARIOS, EnsembleTest

CASES = sorted(path.parent.name for path in SCENARIOS.glob("*/coefficients.yaml"))


def read(path):
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def flat(value, path=()):
    """(path, leaf) of a document."""
    if isinstance(value, dict):
        return [row for key, part in value.items() for row in flat(part, (*path, key))]
    if isinstance(value, list):
        return [row for k, part in enumerate(value) for row in flat(part, (*path, k))]
    return [(path, value)]


class Estimates(EnsembleTest):
    def test_there_are_four(self):
        self.assertEqual(CASES, ["abkhazia-2008", "afghanistan-2021", "kosovo-2008", "taliban-1996"])

    def test_are_what_the_program_gives(self):
        """Else: tools/estimate.sh, and say in the commit what moved."""
        for case in CASES:
            with self.subTest(case), tempfile.TemporaryDirectory() as folder:
                path = pathlib.Path(folder) / "fitted.yaml"
                subprocess.run([self.program, "fit", SCENARIOS / case, "-o", path, "--quiet"], check=True)
                shipped, given = read(SCENARIOS / case / "coefficients.yaml"), read(path)
                self.assert_same_provenance(case, shipped.pop("fitted"), given.pop("fitted"))
                shipped, given = flat(shipped), flat(given)
                self.assertEqual([place for place, _ in shipped], [place for place, _ in given])
                off = [(place, one, other) for (place, one), (_, other) in zip(shipped, given)
                       if not self.same(one, other)]
                self.assertEqual(off, [])

    def assert_same_provenance(self, case, shipped, given):
        inputs = f"inputs of {case}"
        self.assertRegex(shipped[inputs], r"^[0-9a-f]{32}$")
        for name in (inputs, "decisions", "moves", "prior_scale"):
            self.assertEqual(shipped[name], given[name], name)

    def same(self, one, other):
        if isinstance(one, str) or isinstance(other, str):
            return one == other
        return abs(one - other) <= max(1e-6, 1e-3 * abs(one))


class Signs(EnsembleTest):
    def coefficient(self, case, section, name):
        return read(SCENARIOS / case / "coefficients.yaml")[section][name]["coefficient"]

    def test_of_the_flagship_are_those_of_its_mechanisms(self):
        for term in ("security", "rights", "alignment", "need", "confrontation"):
            self.assertGreater(self.coefficient("afghanistan-2021", "terms", term), 0, term)

    def test_of_kosovo_are_those_of_the_literature(self):
        for name, sign in (("religion", 1), ("closeness_usa", 1), ("precedent", -1)):
            self.assertGreater(sign * self.coefficient("kosovo-2008", "covariates", name), 0, name)


if __name__ == "__main__":
    ensemble.main()
