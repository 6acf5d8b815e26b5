"""Kosovo is recognised by about half the world, the sponsor's friends first."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import Ensemble, EnsembleTest, members, quantile


class Kosovo(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "kosovo-2008")

    def share(self, actors, step=-1):
        actors = sorted(set(actors) & set(self.run_.actors))
        return self.run_.counts("recognition", "recognised", actors, step).mean() / len(actors)

    def test_actors_are_the_members_of_the_time_and_taiwan(self):
        self.assertEqual(len(self.run_.actors), 192)
        self.assertIn("TWN", self.run_.actors)
        self.assertFalse({"SRB", "SSD", "XKX"} & set(self.run_.actors))

    def test_is_recognised_by_about_half_the_world(self):
        counts = self.run_.counts("recognition", "recognised")
        self.assert_between(quantile(counts, 0.5), 70, 125, "median")

    def test_many_recognise_within_a_year(self):
        year_one = self.run_.counts("recognition", "recognised",
                                    step=self.run_.steps.index("2009-01"))
        self.assert_between(quantile(year_one, 0.5), 20, 75, "median")

    def test_europe_and_nato_go_before_the_friends_of_russia(self):
        self.assertGreater(self.share(members("EU", "NATO")), 0.7)
        self.assertLess(self.share(members("CSTO")), 0.35)


if __name__ == "__main__":
    ensemble.main()
