"""Few follow Russia in recognising Abkhazia, and none of the West."""

import csv
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import SCENARIOS, Ensemble, EnsembleTest, members, quantile


class Abkhazia(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "abkhazia-2008")

    def test_actors_are_the_members_of_the_time_but_georgia(self):
        self.assertEqual(len(self.run_.actors), 191)
        self.assertFalse({"GEO", "SSD"} & set(self.run_.actors))

    def test_few_recognise(self):
        counts = self.run_.counts("recognition", "recognised")
        self.assert_between(quantile(counts, 0.5), 2, 12, "median")
        self.assertLessEqual(quantile(counts, 0.95), 20)

    def test_seldom_runs_away(self):
        # From nine moves a large weight of recognising friends is estimated: in a few histories of
        # a hundred the whole world follows. That is wrong, and known.
        counts = self.run_.counts("recognition", "recognised")
        self.assertLess((counts > 20).mean(), 0.06)

    def test_russia_goes_at_once(self):
        reached = self.run_.at_or_above("recognition", "recognised", ["RUS"])[:, :, 0]
        self.assertGreater(reached[:, :3].any(axis=1).mean(), 0.8)

    def test_those_who_did_are_the_likeliest(self):
        ever = self.run_.ever("recognition", "recognised")
        with open(SCENARIOS / "abkhazia-2008" / "history.csv", encoding="utf-8") as file:
            did = {row["iso3"] for row in csv.DictReader(file) if row["rung"] == "recognised"}
        self.assertEqual(set(sorted(ever, key=ever.get)[-len(did):]), did)

    def test_the_west_stays_away(self):
        west = sorted(members("EU", "NATO"))
        self.assertEqual(quantile(self.run_.counts("recognition", "recognised", west), 0.95), 0)


if __name__ == "__main__":
    ensemble.main()
