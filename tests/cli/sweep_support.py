"""What the tests of sweeps share: a study, its sweep by one process, its chunks."""

from support import TINY, CliTest

STUDY = """\
entente: 1
title: Peers and dates
question: Do peers or dates decide?
scenario: {scenario}
parameters:
  - {{name: peers, path: terms.alignment.coefficient, uniform: [0, 3]}}
  - {{name: opening, path: events.opening.date, choice: [2021-03, 2021-09, 2022-03]}}
design: {{random: {{points: {points}, seed: 5}}}}
measures:
  recognitions: {{count: {{ladder: recognition, rung: recognised}}}}
  first: {{arrival: {{ladder: recognition, rung: recognised}}}}
replicates: {replicates}
"""


class SweepTest(CliTest):
    def study(self, name="study.yaml", scenario=TINY, points=96, replicates=64, more=""):
        path = self.folder / name
        path.write_text(STUDY.format(scenario=scenario, points=points, replicates=replicates) + more,
                        encoding="utf-8")
        return path

    def sweep(self, study, output, *arguments, **options):
        """Carries out a study into a file of the test's folder; returns its path."""
        self.run_program("sweep", study, "-o", output, "-q", *arguments, **options)
        return self.folder / output

    def chunks(self, output):
        return sorted((self.folder / f"{output}.parts").glob("chunk-*.bin"))
