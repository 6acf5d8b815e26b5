"""Few follow Russia in recognising Abkhazia, and none of the West."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import Ensemble, EnsembleTest, members, quantile


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

    def test_russia_is_the_likeliest(self):
        ever = self.run_.ever("recognition", "recognised")
        self.assertEqual(max(ever, key=ever.get), "RUS")

    def test_the_west_stays_away(self):
        west = sorted(members("EU", "NATO"))
        self.assertLess(self.run_.counts("recognition", "recognised", west).mean(), 1)


if __name__ == "__main__":
    ensemble.main()
