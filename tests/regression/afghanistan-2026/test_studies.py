"""What the README of the studies reads off them holds with other seeds and fewer replicates."""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[3]
STUDIES = ROOT / "scenarios" / "afghanistan-2026" / "studies"
PROGRAM = sys.argv.pop(1)


class Studies(unittest.TestCase):
    def findings(self, name, *changes, replicates=8):
        """Outputs by name, of a study with other words in some places: pairs of old and new text."""
        text = (STUDIES / f"{name}.yaml").read_text(encoding="utf-8")
        for old, new in (*changes, ("seed: 1", "seed: 2"), ("scenario: ", f"scenario: {STUDIES}/")):
            self.assertEqual(text.count(old), 1, old)
            text = text.replace(old, new)
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "study.yaml"
            path.write_text(text, encoding="utf-8")
            done = subprocess.run([PROGRAM, "sweep", path, "--replicates", str(replicates), "--json"],
                                  capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {one["name"]: one for one in json.loads(done.stdout)["outputs"]}

    def regressed(self, output):
        return {one["parameter"]: one for one in output["regression"]["parameters"]}

    def test_conformity_decides_the_first_study(self):
        outputs = self.findings("1-first-study", ("points: 2000", "points: 500"))
        by = self.regressed(outputs["recognitions@2030-12"])
        self.assertLess(by["peers"]["spearman"], -0.9)
        self.assertLess(by["rights"]["prcc"], -0.4)
        self.assertLess(by["settlement"]["prcc"], -0.15)
        self.assertLess(abs(by["hardliners"]["prcc"]), 0.2)

    def test_two_coefficients_carry_most_of_the_uncertainty(self):
        outputs = self.findings("2-coefficients", ("base: 512", "base: 128"))
        total = {one["parameter"]: one["total"]["value"]
                 for one in outputs["recognitions"]["sobol"]["parameters"]}
        self.assertEqual(set(sorted(total, key=total.get)[-2:]),
                         {"ladders.recognition.recognised", "covariates.settling.coefficient"})

    def test_the_first_mover_does_not_decide_about_cascades(self):
        outputs = self.findings("3-cascade", ("points: 10000", "points: 800"))
        for level in outputs["cascade"]["levels"]:
            self.assertLess(level["share"], 0.04, level["parameter"])
        self.assertGreater(self.regressed(outputs["cascade"])["terms.cross.coefficient"]["prcc"], 0.4)

    def test_data_outweigh_judged_numbers(self):
        outputs = self.findings("4-data", ("points: 2000", "points: 400"), replicates=16)
        recognitions, missions = outputs["recognitions"], outputs["missions"]
        share = {one["parameter"]: one["share"] for one in recognitions["levels"]}
        self.assertGreater(share["audience"], 0.15)
        by = self.regressed(recognitions)
        self.assertLess(by["votes"]["prcc"], -0.4)
        for judged in ("hardliners", "distress", "control", "washington"):
            self.assertLess(abs(by[judged]["prcc"]), 0.2, judged)
        self.assertGreater(missions["smallest"], 29)
        self.assertLess(missions["largest"], 41)


if __name__ == "__main__":
    unittest.main(verbosity=2)
