"""A handful of states near Kabul and in the Gulf recognise the first Emirate."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import Ensemble, EnsembleTest, members, quantile


class FirstEmirate(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "taliban-1996")

    def test_actors_are_the_members_of_the_time(self):
        self.assertEqual(len(self.run_.actors), 183)
        self.assertFalse({"AFG", "CHE", "SRB", "TLS"} & set(self.run_.actors))

    def test_a_handful_recognise(self):
        reached = self.run_.at_or_above("recognition", "recognised").any(axis=1).sum(axis=1)
        self.assert_between(quantile(reached, 0.5), 1, 6, "median")
        self.assertLessEqual(quantile(reached, 0.95), 12)

    def test_those_come_from_the_muslim_world(self):
        ever = self.run_.ever("recognition", "recognised")
        muslim = sum(ever.get(actor, 0) for actor in members("OIC"))
        self.assertGreater(muslim, 0.8 * sum(ever.values()))

    def test_pakistan_is_among_the_likeliest(self):
        ever = self.run_.ever("recognition", "recognised")
        self.assertIn("PAK", sorted(ever, key=ever.get)[-6:])


if __name__ == "__main__":
    ensemble.main()
