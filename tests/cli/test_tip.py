"""`entente tip`: coalitions, thresholds and what undoing leaves, in worlds whose answer is known."""

import math

import support
from support import HERE, ROOT, TINY, CliTest

CHAIN = HERE / "worlds" / "chain"  # Alfa and Bravo together move Charlie, who moves Delta
LONERS = HERE / "worlds" / "loners"  # independent: 1 / (1 + exp(4 * opposition - 2)) each
RATCHET = ("--set", "ladders.recognition.down=100")


def at_least(count, probability, of=5):
    """The binomial tail."""
    return sum(math.comb(of, k) * probability**k * (1 - probability)**(of - k)
               for k in range(count, of + 1))


def logistic(value):
    return 1 / (1 + math.exp(-value))


def members(coalitions):
    return [coalition["members"] for coalition in coalitions]


class TipTest(CliTest):
    def tip(self, outcome, *arguments, scenario=CHAIN, replicates=100):
        return self.json_of("tip", scenario, "--outcome", outcome, "--replicates", replicates, *arguments)

    def text(self, outcome, *arguments, scenario=CHAIN, replicates=100):
        text = self.run_program("tip", scenario, "--outcome", outcome, "--replicates", replicates,
                                *arguments).stdout
        self.assertEqual([line for line in text.split("\n") if len(line) > 100], [])
        return " ".join(text.split())


class TheSmallestCoalition(TipTest):
    def test_is_the_pair_that_moves_all(self):
        answer = self.tip("recognised >= 4")
        coalition = answer["coalition"]
        self.assertEqual(answer["baseline"]["probability"], 0)
        self.assertIsNone(answer["earliest"])
        self.assertEqual(coalition["candidates"], ["ALF", "BRA", "CHA", "DEL", "ECH"])
        self.assertEqual(members(coalition["smallest"]), [["ALF", "BRA"]])
        self.assertEqual(coalition["smallest"][0]["probability"], 1)
        self.assertEqual(coalition["smallest"][0]["verdict"], "enough")
        self.assertEqual(coalition["earliest"], "2021-02")  # Delta comes a month after Charlie

    def test_is_certified(self):
        coalition = self.tip("recognised >= 4")["coalition"]
        self.assertEqual(coalition["certified_size"], 2)
        self.assertEqual(coalition["undecided"], [])
        # Greedy: 5 of one and 4 of two; then all 5 of one and all 10 of two.
        self.assertEqual(coalition["coalitions_tried"], 24)
        text = self.text("recognised >= 4")
        self.assertIn("ALF, BRA together are enough: 100 % (96 to 100). All coalitions of up to 2 were "
                      "tried: none smaller than 2 is enough.", text)

    def test_is_one_of_several(self):
        coalition = self.tip("recognised >= 2", "--candidates", "CHA,DEL,ECH")["coalition"]
        self.assertEqual(members(coalition["smallest"]), [["CHA"]])  # Delta follows
        coalition = self.tip("recognised >= 3", "--candidates", "CHA,ECH,region:North")["coalition"]
        self.assertEqual(members(coalition["smallest"]), [["ALF", "BRA"], ["ALF", "CHA"], ["BRA", "CHA"],
                                                          ["CHA", "ECH"]])
        text = self.text("recognised >= 3", "--candidates", "CHA,ECH,region:North")
        self.assertIn("Of the same size, also enough: ALF, CHA 100 %; BRA, CHA 100 %; CHA, ECH 100 %.", text)

    def test_says_what_was_not_tried(self):
        coalition = self.tip("recognised >= 4", "--exhaustive", 1)["coalition"]
        self.assertEqual(members(coalition["smallest"]), [["ALF", "BRA"]])  # as greedy found it
        self.assertEqual(coalition["certified_size"], 1)
        text = self.text("recognised >= 5", "--exhaustive", 1)
        self.assertIn("All of up to 1 were tried and are not; whether one of 2 to 2 is was not tried.", text)

    def test_may_not_exist(self):
        coalition = self.tip("recognised >= 5", "--candidates", "CHA,DEL,ECH")["coalition"]
        self.assertEqual(coalition["smallest"], [])
        self.assertEqual(coalition["certified_size"], 3)
        self.assertEqual([coalition[key] for key in ("latest", "undone", "earliest")], [None] * 3)
        text = self.text("recognised >= 5", "--candidates", "CHA,DEL,ECH")
        self.assertIn("No coalition of these candidates was found that is enough.", text)

    def test_of_others_does_not_count_itself(self):
        coalition = self.tip("recognised >= 2", "--others")["coalition"]
        self.assertFalse(coalition["members_count"])
        self.assertEqual(members(coalition["smallest"]), [["ALF", "BRA"]])
        self.assertTrue(self.tip("recognised >= 2")["coalition"]["members_count"])
        alone = self.tip("recognised >= 1", "--others")["coalition"]
        self.assertEqual(members(alone["smallest"]), [["CHA"]])

    def test_that_is_free_goes_back_where_nothing_holds_it(self):
        free = self.tip("recognised >= 4", "--free")["coalition"]
        self.assertFalse(free["members_keep"])
        self.assertEqual(free["smallest"], [])
        held = self.tip("recognised >= 4", "--free", *RATCHET)["coalition"]
        self.assertEqual(members(held["smallest"]), [["ALF", "BRA"]])
        self.assertTrue(self.tip("recognised >= 4")["coalition"]["members_keep"])

    def test_is_none_where_the_outcome_holds(self):
        standing = ("--set", "actors.override.ECH={recognition: recognised}", *RATCHET)
        answer = self.tip("recognised >= 1", *standing)
        self.assertEqual((answer["baseline"]["probability"], answer["earliest"]), (1, "2021-01"))
        self.assertEqual(answer["coalition"]["smallest"], [])
        self.assertEqual(answer["coalition"]["coalitions_tried"], 0)
        self.assertIn("None is needed: the outcome is probable enough by itself.",
                      self.text("recognised >= 1", *standing))

    def test_looks_among_those_who_draw_others(self):
        """Nobody of the candidates stands there already."""
        answer = self.tip("recognised >= 3", "--set", "actors.override.ECH={recognition: recognised}",
                          *RATCHET)
        self.assertEqual(answer["coalition"]["candidates"], ["ALF", "BRA", "CHA", "DEL"])
        self.assertEqual(members(answer["coalition"]["smallest"]), [["CHA"]])

    def test_meets_the_bar_that_is_asked_for(self):
        """Loners at no opposition: with k members, 5 - k others decide by themselves."""
        chance = logistic(-1)
        needed = next(k for k in range(6) if at_least(4 - k, chance, 5 - k) > 0.9)
        answer = self.tip("recognised >= 4", "--probability", 0.9, "--candidates", "all", "--set",
                          "authorities.ERE.opposition=0.75", scenario=LONERS, replicates=1000)
        self.assertEqual(answer["more_probable_than"], 0.9)
        self.assertEqual({len(found) for found in members(answer["coalition"]["smallest"])}, {needed})


class Dates(TipTest):
    def test_the_latest_is_one_month_ahead(self):
        latest = self.tip("recognised >= 4")["coalition"]["latest"]
        self.assertEqual((latest["enough"], latest["too_late"]), ("2021-11", "2021-12"))
        self.assertIn("It has to act by 2021-11; 2021-12 is too late.", self.text("recognised >= 4"))

    def test_the_latest_may_be_the_last(self):
        latest = self.tip("recognised >= 3", "--candidates", "ALF,BRA")["coalition"]["latest"]
        self.assertEqual((latest["enough"], latest["too_late"]), ("2021-12", None))
        self.assertIn("It may act as late as 2021-12.",
                      self.text("recognised >= 3", "--candidates", "ALF,BRA"))

    def test_by_and_act_are_kept_to(self):
        answer = self.tip("recognised >= 4", "--act", "2021-03", "--by", "2021-08")
        self.assertEqual((answer["by"], answer["coalition"]["act"]), ("2021-08", "2021-03"))
        self.assertEqual(answer["coalition"]["earliest"], "2021-04")
        self.assertEqual(answer["coalition"]["latest"]["enough"], "2021-07")
        late = self.tip("recognised >= 4", "--act", "2021-08", "--by", "2021-08", "--candidates", "ALF,BRA")
        self.assertEqual(late["coalition"]["smallest"], [])

    def test_the_course_has_every_date(self):
        answer = self.tip("recognised >= 3", scenario=LONERS)
        self.assertEqual([row["date"] for row in answer["course"]],
                         [f"2021-{month:02}" for month in range(1, 13)])
        self.assertEqual({**answer["baseline"], "date": "2021-12"}, answer["course"][-1])


class Undoing(TipTest):
    def test_loses_all_where_nothing_holds(self):
        undone = self.tip("recognised >= 4")["coalition"]["undone"]
        self.assertEqual(undone["date"], "2021-06")  # half-way
        self.assertEqual(undone["others_with"], {"difference": 2, "low": 2, "high": 2})
        self.assertEqual(undone["others_undone"], {"difference": 0, "low": 0, "high": 0})
        self.assertEqual((undone["kept"], undone["chance"]["probability"]), (0, 0))
        self.assertIn("are left: 0 % of the cascade stays.", self.text("recognised >= 4"))

    def test_keeps_all_behind_a_ratchet(self):
        undone = self.tip("recognised >= 4", "--undo", "2021-10", *RATCHET)["coalition"]["undone"]
        self.assertEqual(undone["date"], "2021-10")
        self.assertEqual(undone["others_undone"], {"difference": 2, "low": 2, "high": 2})
        self.assertEqual(undone["kept"], 1)
        self.assertEqual(undone["chance"]["probability"], 0)  # two others are left, four were asked for
        self.assertIn("are left: 100 % of the cascade stays.", self.text("recognised >= 4", *RATCHET))

    def test_of_a_setting(self):
        """No opposition from March on; or it is back in July."""
        sure = ("--set", "terms.pressure.coefficient=30", "--set", "ladders.recognition.baseline=[0, 15]",
                "--setting", "2021-03 set opposition X", "--from", 0, "--to", 1, "--undo", "2021-07")
        lost = self.tip("recognised >= 3", *sure, scenario=LONERS)["setting"]["undone"]
        self.assertEqual(lost["date"], "2021-07")
        self.assertEqual((lost["chance"]["probability"], lost["chance_kept"]["probability"]), (0, 1))
        held = self.tip("recognised >= 3", *sure, *RATCHET, scenario=LONERS)["setting"]["undone"]
        self.assertEqual((held["chance"]["probability"], held["chance_kept"]["probability"]), (1, 1))
        self.assertIn("If it ends at the start of 2021-07: 0 % (0 to 4); if it stays: 100 % (96 to 100).",
                      self.text("recognised >= 3", *sure, scenario=LONERS))


class Setting(TipTest):
    def check(self, outcome, count, chance_at, threshold, *arguments):
        """Chances are binomial, and the threshold is where the tail is one half."""
        answer = self.tip(outcome, *arguments, scenario=LONERS, replicates=4000)["setting"]
        for level in answer["tried"]:
            expected = at_least(count, chance_at(level["value"]))
            spread = math.sqrt(expected * (1 - expected) / level["replicates"])
            self.assertLess(abs(level["probability"] - expected), 4 * spread + 1e-9, level)
            self.assertLessEqual(level["low"], level["probability"])
            self.assertLessEqual(level["probability"], level["high"])
            self.assertEqual(level["verdict"], "enough" if level["low"] > 0.5 else
                             "not enough" if level["high"] < 0.5 else "open")
        sure = {verdict: [level["value"] for level in answer["tried"] if level["verdict"] == verdict]
                for verdict in ("enough", "not enough")}
        ends = sorted([min(sure["enough"], key=lambda value: abs(value - answer["from"])),
                       max(sure["not enough"], key=lambda value: abs(value - answer["from"]))])
        self.assertLess(ends[0], threshold)
        self.assertLess(threshold, ends[1])
        width = abs(answer["to"] - answer["from"])
        self.assertLessEqual(abs(answer["enough"] - answer["not_enough"]), width / 256 + 1e-12)
        self.assertLess(abs(answer["enough"] - threshold), 0.05 * width)
        self.assertTrue(answer["one_way"])
        distance = [abs(level["value"] - answer["from"]) for level in answer["tried"]]
        self.assertEqual(distance, sorted(distance))
        self.assertEqual(sum(level["replicates"] for level in answer["tried"]),
                         answer["replicates_spent"])

    def test_of_an_event_has_the_binomial_threshold(self):
        self.check("recognised >= 3", 3, lambda x: logistic(2 - 4 * x), 0.5,
                   "--setting", "2021-06 set opposition X", "--from", 1, "--to", 0)

    def test_of_a_path_has_the_binomial_threshold(self):
        share = 0.68619  # 5 p^4 (1 - p) + p^5 = 1/2
        self.assertAlmostEqual(at_least(4, share), 0.5, places=4)
        self.check("recognised >= 4", 4, lambda x: logistic(2 - x), 2 - math.log(share / (1 - share)),
                   "--setting", "terms.pressure.coefficient", "--from", 4, "--to", 0)

    def test_of_a_ladder_has_the_binomial_threshold(self):
        self.check("recognised >= 3", 3, lambda x: logistic(x - 4), 4,
                   "--setting", "ladders.recognition.baseline[1]=X", "--from", 2, "--to", 7)

    def test_that_needs_no_change(self):
        text = self.text("recognised >= 1", "--setting", "2021-06 set opposition X", "--from", 0, "--to", 1,
                         scenario=LONERS)
        self.assertIn("No change is needed: where it begins is enough.", text)

    def test_that_is_never_enough(self):
        answer = self.tip("recognised >= 5", "--setting", "2021-06 set opposition X", "--from", 1, "--to",
                          0.7, scenario=LONERS)["setting"]
        self.assertEqual((answer["enough"], answer["not_enough"], answer["undone"]), (None, None, None))
        text = self.text("recognised >= 5", "--setting", "2021-06 set opposition X", "--from", 1, "--to",
                         0.7, scenario=LONERS)
        self.assertIn("No value tried is enough.", text)

    def test_and_coalition_where_both_are_asked_for(self):
        answer = self.tip("recognised >= 4", "--candidates", "ALF,BRA", "--setting",
                          "terms.alignment.coefficient", "--from", 30, "--to", 20)
        self.assertIsNone(answer["setting"]["enough"])
        self.assertEqual(members(answer["coalition"]["smallest"]), [["ALF", "BRA"]])
        self.assertIsNone(self.tip("recognised >= 4")["setting"])

    def test_of_a_variant(self):
        path = self.folder / "calm.yaml"
        path.write_text("entente: 1\ntitle: Calm\nquestion: Who?\nset: {authorities.ERE.opposition: 0}\n",
                        encoding="utf-8")
        answer = self.tip("recognised >= 3", "--variant", path, "--candidates", "ALF", scenario=LONERS,
                          replicates=1000)
        self.assertLess(abs(answer["baseline"]["probability"] - at_least(3, logistic(2))), 0.02)


class Same(TipTest):
    def test_whatever_threads_and_lanes(self):
        for scenario, arguments in (
                (TINY, ("recognised >= 4", "--candidates", "ALF,BRA,DEL", "--setting",
                        "2021-04 set rights_weight X all", "--from", 1, "--to", 0)),
                (TINY, ("mission >= 4", "--free", "--others"))):
            first = self.tip(*arguments, "--threads", 1, scenario=scenario, replicates=40)
            for how in (("--threads", 2), ("--threads", 3, "--lanes", 8), ("--lanes", 64)):
                with self.subTest((arguments, how)):
                    self.assertEqual(self.tip(*arguments, *how, scenario=scenario, replicates=40), first)

    def test_baseline_is_that_of_runs(self):
        """The mean number of states is the sum over k of the probability of at least k."""
        run = self.json_of("run", TINY, "--replicates", 64, "--seed", 5, "--first-replicate", 3)
        rungs = run["authorities"][0]["ladders"]["engagement"]["at_or_above"]
        tails = [self.tip(f"mission >= {count}", "--candidates", "ALF", "--exhaustive", 0, "--seed", 5,
                          "--first-replicate", 3, scenario=TINY, replicates=64)["baseline"]["probability"]
                 for count in range(1, 7)]
        mean = next(row["mean"] for row in rungs if row["rung"] == "mission")
        self.assertAlmostEqual(sum(tails), mean, places=12)
        self.assertEqual(tails, sorted(tails, reverse=True))

    def test_json_is_documented(self):
        answer = self.tip("recognised >= 3", "--candidates", "ALF,BRA", "--setting",
                          "2021-06 set opposition X", "--from", 0, "--to", 1, scenario=LONERS)
        self.assertIsNotNone(answer["setting"]["undone"])
        self.assert_documented("tip", answer)
        self.assert_documented("tip", self.tip("recognised >= 4"))

    def test_flagship(self):
        text = self.text("recognised >= 8", "--candidates", "CHN,PAK,UZB", "--exhaustive", 1,
                         scenario=ROOT / "scenarios" / "afghanistan-2026", replicates=60)
        self.assertIn("at least 8 states stand on recognised?", text)
        self.assertIn("Candidates: CHN, PAK, UZB. Who acts moves up to recognised in 2026-01 and keeps to "
                      "it.", text)


class SeveralAuthorities(TipTest):
    def test_candidates_deal_with_the_first(self):
        text = (CHAIN / "scenario.yaml").read_text()
        path = self.folder / "scenario.yaml"
        path.write_text(text.replace("authorities:\n", "authorities:\n  AAA: {name: Claimant}\n", 1))
        answer = self.tip("recognised >= 2", "--candidates", "ALF,BRA", scenario=path)
        self.assertEqual(answer["coalition"]["candidates"], ["ALF", "BRA"])
        self.assertEqual(members(answer["coalition"]["smallest"]), [["ALF", "BRA"]])


class Errors(TipTest):
    def refused(self, *arguments, words, expect=support.USAGE, scenario=CHAIN):
        done = self.run_program("tip", scenario, *arguments, expect=expect)
        self.assertEqual(done.stdout, "")
        self.assertIn(words, done.stderr)

    def test_options_without_effect(self):
        path = ("--outcome", "recognised >= 4", "--setting", "authorities.ERE.opposition", "--from", 0,
                "--to", 1)
        for option in (("--act", "2021-03"), ("--free",), ("--others",), ("--exhaustive", 2),
                       ("--undo", "2021-06")):
            with self.subTest(option):
                self.refused(*path, *option, words=f"{option[0]}: not allowed with --setting alone")
        lasting = ("--outcome", "recognised >= 4", "--setting", "2021-03 set control X", "--from", 1,
                   "--to", 0, "--undo", "2021-06")
        self.refused(*lasting, words="an event whose effect does not end with it")

    def test_dates_before_anything_is_searched(self):
        for undo in ("2020-01", "soon"):  # though nobody needs to act, or nothing is found
            self.refused("--outcome", "contact >= 1", "--undo", undo, words="--undo: found")
            self.refused("--outcome", "recognised >= 5", "--undo", undo, words="--undo: found",
                         scenario=LONERS)

    def test_outcome(self):
        self.refused(words="--outcome is required")
        for outcome in ("recognised", "recognised > 3", "recogised >= 3", "recognised >= 0",
                        "recognised >= 6", "recognised >= 2.5", "withheld >= 3", ""):
            with self.subTest(outcome):
                self.refused("--outcome", outcome,
                             words=f"--outcome: found '{outcome}'; allowed: RUNG >= NUMBER, the rung one of "
                                   "contact, dialogue, mission, ambassador, recognised, pressure, force")
        self.tip("recognition.recognised>=1", "--candidates", "ALF")

    def test_dates(self):
        outcome = ("--outcome", "recognised >= 4")
        for option in ("--by", "--act"):
            for date in ("2020-12", "2022-01", "soon"):
                self.refused(*outcome, option, date, words=f"{option}: found '{date}'; allowed: a date from "
                                                           "2021-01 to 2021-12\n")
        self.refused(*outcome, "--act", "2021-06", "--by", "2021-05", words="--act: found a date after --by")
        for date in ("2021-03", "2021-02"):
            self.refused(*outcome, "--act", "2021-03", "--undo", date, "--candidates", "ALF,BRA",
                         words=f"--undo: found '{date}'; allowed: after 2021-03, up to 2021-12")

    def test_candidates(self):
        outcome = ("--outcome", "recognised >= 4")
        self.refused(*outcome, "--candidates", "ALF,BAR",
                     words="--candidates: found 'BAR'; allowed: ALF, BRA, CHA, DEL, ECH (did you mean 'BRA'?)")
        self.refused(*outcome, "--candidates", "region:Nroth", words="--candidates: ")
        self.refused("--outcome", "recognised >= 8", "--candidates", "all",
                     scenario=ROOT / "scenarios" / "afghanistan-2026",
                     words="--candidates: found 192 states; allowed: at most 40")
        self.refused(*outcome, "--exhaustive", 5, words="--exhaustive")
        self.refused(*outcome, "--probability", 1, words="--probability")

    def test_setting(self):
        outcome = ("--outcome", "recognised >= 4")
        event = ("--setting", "2021-04 set opposition X")
        both = "--setting: allowed: with --from and --to, two numbers that differ"
        self.refused(*outcome, *event, words=both)
        self.refused(*outcome, *event, "--from", 1, words=both)
        self.refused(*outcome, *event, "--from", 1, "--to", 1, words=both)
        self.refused(*outcome, "--from", 1, "--to", 0, words="--setting")
        self.refused(*outcome, "--setting", "2021-04 set opposition 1", "--from", 1, "--to", 0,
                     words="found no X in '2021-04 set opposition 1'; allowed: X in place of a number")
        self.refused(*outcome, "--setting", "2021-04 ste opposition X", "--from", 1, "--to", 0,
                     expect=support.INPUT, words="found 'ste'")
        self.refused(*outcome, "--setting", "terms.alignment.coeficient", "--from", 1, "--to", 0,
                     expect=support.INPUT, words="did you mean 'coefficient'?")
        self.refused(*outcome, *event, "--from", 1, "--to", 2, expect=support.INPUT,
                     words="allowed: number from 0 to 1")
        self.refused(*outcome, "--setting", "time.end", "--from", 2021, "--to", 2029,
                     words="--setting: found 'time.end=2021'; allowed: a number that leaves actors, time")

    def test_scenario_and_variant(self):
        outcome = ("--outcome", "recognised >= 4")
        self.refused(*outcome, scenario="nowhere", expect=support.FILE, words="nowhere: found no such file")
        self.refused(*outcome, scenario=self.simulate("out.h5", "--replicates", 8),
                     words="SCENARIO: a result file cannot be varied")
        self.refused(*outcome, "--variant", "calm", words="VARIANT: found 'calm'")
        self.refused(*outcome, "--variant", "calm.yaml", expect=support.FILE, words="calm.yaml")


if __name__ == "__main__":
    support.main()
