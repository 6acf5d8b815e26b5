"""`entente whatif`: differences that the variant alone has made."""

import support
from support import TINY
from whatif_support import EVENT, FLAGSHIP, LADDERS, WhatIfTest, row_of, rows_of


class Nothing(WhatIfTest):
    """What changes nothing differs in nothing."""

    CASES = (("--event", "2021-05 set rights_weight 1 ALF"),  # its value
             ("--event", "2021-05 scale sanctions 1"),
             ("--event", "2021-05 recognise all with probability 0"),
             ("--change", "terms.rights.coefficient=1.5"))

    def test_differs_by_exactly_nothing(self):
        for case in self.CASES:
            with self.subTest(case[1]):
                variant = self.whatif(*case)["variants"][0]
                self.assertIsNone(variant["first_difference"])
                for ladder, row in rows_of(variant["authorities"][0]):
                    end = row["end"]
                    self.assertEqual([end[key] for key in ("difference", "low", "high", "standard_error",
                                                           "more", "fewer")], [0] * 6, ladder)
                    self.assertEqual(end["baseline"], end["variant"])
                    for date in row["course"]:
                        self.assertEqual((date["difference"], date["followers"]), (0, 0))
                for actor in variant["authorities"][0]["actors"]:
                    for ladder in actor["ladders"].values():
                        self.assertEqual(ladder["baseline"], ladder["variant"])
                        self.assertEqual((ladder["path_differs"], ladder["ends_higher"],
                                          ladder["ends_lower"]), (0, 0, 0))

    def test_is_said(self):
        for case in self.CASES:
            text = self.text(*case)
            self.assertIn("Nothing differs at all, in no replicate.", text)
            self.assertIn("; no replicate differs.", text)
            self.assertNotIn("Whose path differs", text)


class Cause(WhatIfTest):
    """Effects never precede their cause."""

    def test_nothing_differs_before_the_event(self):
        for date, step in (("2021-01", 0), ("2021-02", 1), ("2021-12", 11), ("2022-12", 23)):
            with self.subTest(date):
                answer = self.whatif("--event", f"{date} recognise BRA,CHA,DEL,ECH,FOX")
                self.assertEqual(answer["variants"][0]["first_difference"], date)
                for _, row in rows_of(answer["variants"][0]["authorities"][0]):
                    before = row["course"][:step]
                    self.assertEqual([(at["difference"], at["followers"]) for at in before],
                                     [(0, 0)] * step)
                recognised = row_of(answer, "recognition", "recognised")
                self.assertEqual(recognised["course"][step]["date"], date)
                self.assertGreater(recognised["course"][step]["difference"], 0)

    def test_slow_causes_work_later(self):
        """A weight moves nobody by itself, so a rung may differ later than its date, never before."""
        answer = self.whatif("--event", "2021-08 set security_weight 10 all")
        self.assertGreaterEqual(answer["variants"][0]["first_difference"], "2021-08")
        self.assertIn(f"Nothing differs before {answer['variants'][0]['first_difference']}.",
                      self.text("--event", "2021-08 set security_weight 10 all"))

    def test_the_course_ends_at_the_end(self):
        answer = self.whatif("--event", EVENT)
        for _, row in rows_of(answer["variants"][0]["authorities"][0]):
            self.assertEqual(len(row["course"]), 24)
            last = row["course"][-1]
            self.assertEqual(last["date"], "2022-12")
            self.assertEqual(last["followers"], row["followers"]["difference"])
            for key in ("baseline", "variant", "difference", "low", "high"):
                self.assertEqual(last[key], row["end"][key])

    def test_forced_and_followers_make_the_change(self):
        answer = self.whatif("--event", EVENT, "--event", "2021-07 set engagement.mission FOX,DEL")
        for variant in answer["variants"]:
            authority = variant["authorities"][0]
            forced = {(actor["id"], name) for actor in authority["actors"]
                      for name, ladder in actor["ladders"].items() if ladder["forced"]}
            if variant["title"] == EVENT:
                self.assertEqual(forced, {("BRA", "recognition")})
            else:
                self.assertEqual(forced, {("DEL", "engagement"), ("FOX", "engagement")})
            for _, row in rows_of(authority):
                parts = row["forced"]["difference"] + row["followers"]["difference"]
                self.assertAlmostEqual(parts, row["end"]["difference"], places=12)
                self.assertAlmostEqual(row["end"]["variant"] - row["end"]["baseline"],
                                       row["end"]["difference"], places=12)


class AsRun(WhatIfTest):
    """The same numbers as of runs of the two scenarios by themselves."""

    def same_as_run(self, run, answer, side):
        authority = answer["variants"][0]["authorities"][0]
        for name in LADDERS:
            means = [row["mean"] for row in run["ladders"][name]["at_or_above"]][1:]
            rows = authority["ladders"][name]["at_or_above"]
            self.assertEqual([row["end"][side] for row in rows], means)
        actors = {actor["id"]: actor for actor in run["actors"]}
        for actor in authority["actors"]:
            for name in LADDERS:
                self.assertEqual(actor["ladders"][name][side],
                                 actors[actor["id"]]["ladders"][name]["probability"])

    def check(self, yaml, *arguments, settings=()):
        ensemble = ("--seed", 11, "--first-replicate", 5, "--replicates", 100)
        answer = self.json_of("whatif", TINY, *arguments, *settings, *ensemble)
        self.assertEqual((answer["seed"], answer["first_replicate"], answer["replicates"]), (11, 5, 100))
        baseline = self.json_of("run", TINY, *settings, *ensemble)
        varied = self.write("varied/scenario.yaml", f"entente: 1\nextends: {TINY}\n{yaml}\n")
        variant = self.json_of("run", varied, *settings, *ensemble)
        self.same_as_run(baseline["authorities"][0], answer, "baseline")
        self.same_as_run(variant["authorities"][0], answer, "variant")

    def test_of_an_event(self):
        self.check("events:\n  - {date: 2021-09, probability: 0.5, change: {set: rung, ladder: recognition,"
                   " actors: [BRA], to: recognised}}", "--event", EVENT)

    def test_of_several_events_and_common_settings(self):
        self.check("events:\n"
                   "  - {date: 2021-03, duration: 6 months, change: {scale: rights_weight, "
                   "actors: {region: West}, by: 0.1}}\n"
                   "  - {date: 2021-05, change: {set: rung, ladder: engagement, actors: [CHA], to: severed}}",
                   "--event", "2021-03 scale rights_weight 0.1 region:West for 6 months; "
                   "2021-05 set severed CHA", settings=("--set", "temperature=0.8"))

    def test_of_a_number(self):
        self.check("terms: {bandwagon: {coefficient: 3}}", "--change", "terms.bandwagon.coefficient=3")

    def test_of_a_file(self):
        body = ("terms: {rights: {coefficient: 0.2}}\n"
                "events: {remove: [opening], add: [{date: 2021-11, change: {set: rung, ladder: recognition, "
                "actors: [ECH], to: recognised}}]}")
        path = self.write("less.yaml", f"entente: 1\ntitle: Less\nquestion: Who?\n{body}\n")
        self.check(body, path)


class Same(WhatIfTest):
    def test_whatever_threads_and_lanes(self):
        first = self.whatif("--event", EVENT, "--change", "temperature=2", "--threads", 1, replicates=100)
        for how in (("--threads", 2), ("--threads", 3, "--lanes", 8), ("--lanes", 64), ("--lanes", 1024)):
            with self.subTest(how):
                again = self.whatif("--event", EVENT, "--change", "temperature=2", *how, replicates=100)
                self.assertEqual(again, first)

    def test_alone_and_in_company(self):
        world = self.world(hot="title: Hot\nquestion: Who?\ntemperature: 2",
                           cold="title: Cold\nquestion: Who?\ntemperature: 0.5")
        together = self.whatif("all", "--event", EVENT, "--change", "terms.cross.coefficient=2",
                               scenario=world)
        self.assertEqual([variant["name"] for variant in together["variants"]],
                         ["cold", "hot", EVENT, "terms.cross.coefficient=2"])
        alone = [("cold",), ("hot",), ("--event", EVENT), ("--change", "terms.cross.coefficient=2")]
        for arguments, variant in zip(alone, together["variants"]):
            self.assertEqual(self.whatif(*arguments, scenario=world)["variants"], [variant])

    def test_first_replicates_are_part_of_more(self):
        """Means over replicates 0 to 63 are those over the two halves."""
        whole = row_of(self.whatif("--event", EVENT), "recognition", "recognised")["end"]
        halves = [row_of(self.whatif("--event", EVENT, "--first-replicate", first, replicates=32),
                         "recognition", "recognised")["end"] for first in (0, 32)]
        for key in ("baseline", "variant", "difference", "more", "fewer"):
            self.assertAlmostEqual(sum(half[key] for half in halves) / 2, whole[key], places=12)


class Flagship(WhatIfTest):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.answers = {}

    def answer(self, *names):
        if names not in self.answers:
            self.answers[names] = self.whatif(*names, scenario=FLAGSHIP, replicates=300)
        return self.answers[names]

    def test_pairing_narrows(self):
        answer = self.answer("new-sanctions", "isis-k-attack-abroad")
        for number, _ in enumerate(answer["variants"]):
            for ladder, rung in (("recognition", "recognised"), ("engagement", "mission")):
                end = row_of(answer, ladder, rung, number)["end"]
                self.assertGreaterEqual(end["narrowing"], 3)
                self.assertAlmostEqual(end["unpaired_standard_error"] / end["standard_error"],
                                       end["narrowing"], places=9)
                self.assertLess(end["low"], end["high"])
                # The middle of Student's interval is the difference; 1.9679 is t of 299 degrees.
                self.assertAlmostEqual(end["high"] - end["low"], 2 * 1.96793 * end["standard_error"],
                                       places=4)

    def test_sanctions_bite_after_they_are_imposed(self):
        answer = self.answer("new-sanctions", "isis-k-attack-abroad")
        self.assertGreaterEqual(answer["variants"][0]["first_difference"], "2026-09")
        self.assertLess(row_of(answer, "recognition", "recognised")["end"]["high"], 0)

    def test_text_fits_lines(self):
        for names in (("all",), ("china-recognises",), ("rights-reform", "--all"),
                      ("--event", "2026-03-01 recognise CHN,UZB; 2026-06 scale rights_weight 0.5 org:EU for "
                       "12 months; 2027-01 withdraw RUS")):
            text = self.text(*names, scenario=FLAGSHIP, replicates=40)
            self.assertEqual([line for line in text.split("\n") if len(line) > 100], [])


if __name__ == "__main__":
    support.main()
