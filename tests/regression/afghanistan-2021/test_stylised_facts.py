"""The flagship shows the stylised facts that docs/model.md asks for, as ranges over an ensemble."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
import ensemble
from ensemble import Ensemble, EnsembleTest, members, quantile

NEIGHBOURS = ["CHN", "IRN", "PAK", "TJK", "TKM", "UZB"]
KEPT_EMBASSIES = ["CHN", "IRN", "KAZ", "KGZ", "PAK", "QAT", "RUS", "TKM", "TUR", "UZB"]


def west():
    return sorted(set(members("EU", "NATO")) - {"TUR"} | {"AUS", "CHE", "NZL"})


class History(EnsembleTest):
    @classmethod
    def setUpClass(cls):
        cls.run_ = Ensemble(cls.program, "afghanistan-2021")


class Recognition(History):
    def test_is_rare(self):
        counts = self.run_.counts("recognition", "recognised")
        self.assert_between(quantile(counts, 0.5), 0, 2, "median")
        self.assertLessEqual(quantile(counts, 0.95), 3)
        self.assert_between(counts.mean(), 0.3, 2, "mean")

    def test_comes_most_likely_from_russia_but_not_for_certain(self):
        by_actor = self.run_.at_end("recognition", "recognised")
        self.assert_between(by_actor["RUS"], 0.45, 0.85, "Russia")
        others = {actor: share for actor, share in by_actor.items() if actor != "RUS"}
        likeliest = max(others, key=others.get)
        self.assertLess(others[likeliest], by_actor["RUS"] / 3, likeliest)

    def test_does_not_come_before_the_war_in_ukraine(self):
        before = self.run_.at_or_above("recognition", "recognised")[:, self.run_.steps.index("2022-02")]
        self.assertLess(before.any(axis=1).mean(), 0.1)

    def test_finds_no_western_state(self):
        self.assertEqual(quantile(self.run_.counts("recognition", "recognised", west()), 0.95), 0)


class Engagement(History):
    def test_reaches_mission_with_a_dozen_states_or_more(self):
        counts = self.run_.counts("engagement", "mission")
        self.assert_between(quantile(counts, 0.5), 12, 22, "median")
        self.assertGreaterEqual(quantile(counts, 0.05), 9)

    def test_reaches_ambassador_with_some(self):
        self.assert_between(quantile(self.run_.counts("engagement", "ambassador"), 0.5), 4, 10, "median")

    def test_outruns_recognition_in_every_replicate(self):
        missions = self.run_.counts("engagement", "mission")
        self.assertTrue((missions > self.run_.counts("recognition", "recognised")).all())

    def test_grows(self):
        year_one = self.run_.counts("engagement", "mission", step=self.run_.steps.index("2022-08"))
        self.assertGreater(self.run_.counts("engagement", "mission").mean(), year_one.mean() + 2)

    def test_is_ahead_in_the_neighbourhood_then_the_gulf_then_the_west(self):
        share = lambda actors: self.run_.counts("engagement", "mission", actors).mean() / len(actors)
        neighbours, gulf, western = share(NEIGHBOURS), share(members("GCC")), share(west())
        self.assertGreater(neighbours, 0.75)
        self.assert_between(gulf, 0.3, neighbours, "Gulf")
        self.assertLess(western, 0.1)

    def test_keeps_the_west_below_mission_mostly(self):
        # Of 38; two are on record at mission, with a wide reading of their consular staff. Estimates
        # leave a few neighbours of theirs within reach of it: the 95 % end is 5 or 6.
        counts = self.run_.counts("engagement", "mission", west())
        self.assert_between(counts.mean(), 1, 4, "mean")
        self.assertLessEqual(quantile(counts, 0.95), 7)
        by_actor = self.run_.at_end("engagement", "mission")
        self.assertLessEqual({actor for actor in west() if by_actor[actor] > 0.45}, {"DEU", "NOR"})
        self.assertLessEqual(sum(by_actor[actor] > 0.2 for actor in west()), 6)

    def test_leaves_most_western_states_with_a_channel(self):
        started = [actor for actor in west() if actor in self.run_.actors
                   and self.run_.standing["engagement"][:, 0, self.run_.actors.index(actor)].mean() > 0.5]
        by_actor = self.run_.at_end("engagement", "contact")
        self.assertGreater(sum(by_actor[actor] for actor in started) / len(started), 0.7)

    def test_keeps_the_embassies_that_never_left(self):
        by_actor = self.run_.at_end("engagement", "mission")
        self.assertEqual([actor for actor in KEPT_EMBASSIES if by_actor[actor] < 0.85], [])

    def test_leaves_most_of_the_world_aside(self):
        self.assertLess(quantile(self.run_.counts("engagement", "contact"), 0.95), 192 / 2)


class Coercion(History):
    def test_goes_with_engagement_in_pakistan(self):
        coerces = self.run_.at_or_above("coercion", "pressure", ["PAK"])
        engages = self.run_.at_or_above("engagement", "mission", ["PAK"])
        self.assertGreater((coerces & engages).any(axis=1).mean(), 0.7)

    def test_reaches_force_in_pakistan(self):
        self.assert_between(self.run_.ever("coercion", "force")["PAK"], 0.5, 0.95, "Pakistan")

    def test_rises_in_pakistan_as_time_goes_by(self):
        # Estimates see the truce of 2022 only faintly: half the rise comes in the first months, the
        # other half from 2024 on.
        shares = self.run_.at_or_above("coercion", "pressure", ["PAK"])[:, :, 0].mean(axis=0)
        at = self.run_.steps.index
        self.assertGreater(shares[-1], shares[at("2022-02")] + 0.1)

    def test_is_nobody_elses_answer(self):
        others = self.run_.ever("coercion", "pressure")
        for known in ("PAK", "USA"):
            others.pop(known)
        # Iran and Australia did, for reasons outside the model: estimated coefficients spread what
        # that tells over all states, so that each might, about six ever do and one lasts.
        self.assertLess(max(others.values()), 0.15)
        self.assertLess(sum(others.values()), 10)
        at_end = self.run_.at_end("coercion", "pressure")
        self.assertLess(sum(at_end[actor] for actor in others), 4)


class Emirate(History):
    def test_seldom_opens(self):
        self.assertGreater((self.run_.rights[:, -1] == 0).mean(), 0.75)


class Mechanisms(History):
    """What is switched off no longer shows its mark."""

    def shares(self, setting, ladder, rung):
        changed = Ensemble(self.program, "afghanistan-2021", setting)
        return self.run_.at_end(ladder, rung), changed.at_end(ladder, rung)

    def test_without_confrontation_russia_waits(self):
        _, without = self.shares("terms.confrontation.on=false", "recognition", "recognised")
        self.assertLess(without["RUS"], 0.1)

    def test_without_rights_pressure_the_west_comes_closer(self):
        base, without = self.shares("terms.rights.on=false", "engagement", "mission")
        self.assertGreater(sum(without[actor] for actor in west()),
                           2 * sum(base[actor] for actor in west()))

    def test_if_the_ttp_is_fought_pakistan_has_no_quarrel(self):
        base, without = self.shares("authorities.IEA.posture.ttp=fights", "coercion", "pressure")
        self.assertLess(without["PAK"], base["PAK"] / 2)

    def test_without_pakistans_quarrel_india_comes_less_close(self):
        base, without = self.shares("actors.override.PAK.exposure.ttp=0", "engagement", "mission")
        self.assertLess(without["IND"], base["IND"])


if __name__ == "__main__":
    ensemble.main()
