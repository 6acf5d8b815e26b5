"""The sequel starts where the record ends and keeps what history has settled."""

import csv
import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import SCENARIOS, Ensemble, EnsembleTest, quantile


def last_rungs():
    """The rung of every state and ladder on record at the end of 2025."""
    with open(SCENARIOS / "afghanistan-2021" / "history.csv", encoding="utf-8") as file:
        return {(row["iso3"], row["ladder"]): row["rung"] for row in csv.DictReader(file)
                if row["iso3"] != "*"}


class Sequel(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "afghanistan-2026")

    def test_starts_on_the_last_rungs_of_the_record(self):
        # The first step recorded is the end of January, so a few have already moved.
        for (actor, ladder), rung in last_rungs().items():
            at = self.run_.actors.index(actor)
            first = self.run_.standing[ladder][:, 0, at]
            stayed = (first == self.run_.rungs[ladder].index(rung)).mean()
            self.assertGreater(stayed, 0.5, f"{actor} {ladder} {rung}")

    def test_keeps_russias_recognition(self):
        self.assertGreater(self.run_.at_end("recognition", "recognised")["RUS"], 0.85)

    def test_brings_followers_but_no_crowd(self):
        counts = self.run_.counts("recognition", "recognised")
        # With estimated coefficients Belarus always follows, China and Iran mostly, in five years.
        self.assert_between(quantile(counts, 0.5), 3, 11, "median")
        self.assertLessEqual(quantile(counts, 0.95), 20)

    def test_goes_on_engaging(self):
        self.assert_between(quantile(self.run_.counts("engagement", "mission"), 0.5), 24, 40, "median")

    def test_finds_more_followers_if_china_had_gone_first(self):
        changed = Ensemble(self.program, "afghanistan-2026",
                           "actors.override.CHN.recognition=recognised")
        others = lambda run: run.counts("recognition", "recognised").mean() - run.at_end(
            "recognition", "recognised")["CHN"]
        self.assertGreater(others(changed), others(self.run_) + 0.1)


if __name__ == "__main__":
    ensemble.main()
