"""The classroom shows what its README says it does."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import Ensemble, EnsembleTest


class Classroom(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "classroom")

    def mean_recognitions(self, *settings):
        return Ensemble(self.program, "classroom", *settings).counts("recognition", "recognised").mean()

    def test_often_finds_nobody_often_rebellia_alone_sometimes_a_crowd(self):
        counts = self.run_.counts("recognition", "recognised")
        self.assert_between((counts == 0).mean(), 0.25, 0.65, "nobody")
        self.assert_between((counts == 1).mean(), 0.1, 0.45, "one")
        self.assert_between((counts >= 4).mean(), 0.05, 0.4, "a crowd")

    def test_lets_fortressa_talk_and_strike(self):
        talks = self.run_.at_or_above("engagement", "dialogue", ["FOR"])
        strikes = self.run_.at_or_above("coercion", "force", ["FOR"])
        self.assertGreater((talks & strikes).any(axis=1).mean(), 0.3)

    def test_brings_libertas_closer_than_albion(self):
        by_actor = self.run_.at_end("engagement", "dialogue")
        self.assertGreater(by_actor["LIB"], by_actor["ALB"] + 0.1)

    def test_follows_giantia(self):
        self.assertGreater(self.mean_recognitions("actors.override.GIA.recognition=recognised"), 3)

    def test_waits_without_the_war(self):
        self.assertLess(self.mean_recognitions("events.war.probability=0"),
                        self.run_.counts("recognition", "recognised").mean() / 2)

    def test_calms_fortressa_when_karst_turns_on_the_exiles(self):
        changed = Ensemble(self.program, "classroom", "authorities.KAR.posture.exiles=fights")
        self.assertLess(changed.ever("coercion", "force")["FOR"],
                        self.run_.ever("coercion", "force")["FOR"] / 2)


if __name__ == "__main__":
    ensemble.main()
