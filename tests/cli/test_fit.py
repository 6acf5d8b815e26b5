"""`entente fit`: what it estimates, writes and refuses."""

import csv
import json
import re

import support
import yaml
from support import ROOT, CliTest

SCENARIOS = ROOT / "scenarios"
KOSOVO = SCENARIOS / "kosovo-2008"
TERMS = ("alignment, bandwagon, pressure, settling, closeness_usa, eu, nato, religion, precedent, "
         "proximity, size, democracy")


def history_of(case):
    with open(SCENARIOS / case / "history.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def values_of(fit):
    return {one["name"]: one["estimate"] for one in fit["estimates"]}


class FitTest(CliTest):
    def variant(self, name, text, base=KOSOVO):
        """A scenario in the test's folder that extends a shipped one."""
        path = self.folder / name
        path.write_text(f"entente: 1\nextends: {base}\n{text}", encoding="utf-8")
        return path

    def write_history(self, name, rows):
        path = self.folder / name
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


class Estimates(FitTest):
    def test_counts_what_is_on_record(self):
        fit = self.json_of("fit", KOSOVO, "--prior", 1)
        recognised = [row for row in history_of("kosovo-2008") if row["rung"] == "recognised"]
        self.assertEqual(fit["moves"], len(recognised))
        self.assertEqual(fit["decisions"], 192 * 59)  # actors and months, all of them on record
        self.assertEqual(fit["cases"], [{"name": "kosovo-2008", "title": "Kosovo since February 2008",
                                         "actors": 192, "steps": 59,
                                         "observations": len(recognised)}])

    def test_finds_what_the_literature_says_of_kosovo(self):
        fit = values_of(self.json_of("fit", KOSOVO))
        self.assertGreater(fit["closeness_usa"], 0)
        self.assertGreater(fit["religion"], 0)
        self.assertLess(fit["precedent"], 0)

    def test_a_narrower_prior_holds_closer_to_zero(self):
        size = [sum(one["effect"] ** 2 for one in self.json_of("fit", KOSOVO, "--prior", width)["estimates"]
                    if one["kind"] in ("term", "covariate")) for width in (0.01, 0.1, 1)]
        self.assertLess(size[0], 1e-2)
        self.assertEqual(size, sorted(size))

    def test_the_prior_is_the_narrowest_of_those_that_foretell_alike(self):
        fit = self.json_of("fit", KOSOVO)
        most = max(one["held_out_log_likelihood"] for one in fit["validation"])
        chosen = min(one["scale"] for one in fit["validation"] if one["held_out_log_likelihood"] >= most - 1)
        self.assertEqual(fit["prior_scale"], chosen)
        again = self.json_of("fit", KOSOVO, "--prior", chosen)
        self.assertEqual(again["validation"], [])
        for name, value in values_of(fit).items():
            self.assertAlmostEqual(values_of(again)[name], value, places=6)

    def test_only_and_fixed_choose_what_is_estimated(self):
        only = self.json_of("fit", KOSOVO, "--only", "alignment", "--only", "religion")
        self.assertEqual(list(values_of(only)),
                         ["alignment", "religion", "recognition.recognised", "recognition.down"])
        fixed = self.json_of("fit", KOSOVO, "--fixed", "alignment", "--fixed", "recognition.down")
        self.assertNotIn("alignment", values_of(fixed))
        self.assertNotIn("recognition.down", values_of(fixed))
        self.assertIn("religion", values_of(fixed))

    def test_cases_share_terms_but_neither_ladders_nor_what_is_separate(self):
        fit = self.json_of("fit", KOSOVO, "--history", SCENARIOS / "abkhazia-2008", "--separate",
                           "religion", "--prior", 1)
        names = list(values_of(fit))
        for name in ("alignment", "religion@kosovo-2008", "recognition.down@kosovo-2008",
                     "recognition.down@abkhazia-2008"):
            self.assertIn(name, names)
        self.assertNotIn("religion", names)
        self.assertNotIn("recognition.down", names)
        self.assertEqual([one["name"] for one in fit["cases"]], ["kosovo-2008", "abkhazia-2008"])

    def test_text_says_what_json_says(self):
        fit = self.json_of("fit", KOSOVO)
        text = self.run_program("fit", KOSOVO).stdout
        self.assertTrue(text.startswith("Kosovo since February 2008: 2008-02 to 2012-12\n"
                                        f"{fit['decisions']} decisions, {fit['moves']} of them moves\n"))
        for name, value in values_of(fit).items():
            self.assertRegex(text, rf"\n  {re.escape(name)} +{value:.3f} ")
        self.assertIn(f"log-likelihood {fit['log_likelihood']:.3f} ", text)

    def test_profile_intervals_hold_the_estimate(self):
        fit = self.json_of("fit", KOSOVO, "--only", "religion", "--prior", 1, "--profile")
        religion = fit["estimates"][0]
        low, high = religion["profile"]
        self.assertLess(low, religion["estimate"])
        self.assertGreater(high, religion["estimate"])
        # Of an estimate far from any border they are those of the curvature, nearly.
        self.assertAlmostEqual((high - low) / (2 * 1.959964 * religion["standard_error"]), 1, delta=0.05)


class Promises(FitTest):
    def test_threads_change_nothing(self):
        for case, more in (("afghanistan-2021", ()), ("kosovo-2008", ("--goodness", 40))):
            seen = []
            for threads in (1, 2):
                design, output = f"{case}-{threads}.csv", f"{case}-{threads}.yaml"
                text = self.run_program("fit", SCENARIOS / case, "--threads", threads, "--design", design,
                                        "-o", output, "--json", *more).stdout
                seen.append((text, (self.folder / design).read_bytes(),
                             (self.folder / output).read_bytes()))
            self.assertEqual(seen[0], seen[1])

    def test_until_drops_later_decisions(self):
        some = self.json_of("fit", KOSOVO, "--until", "2010-02")
        self.assertEqual(some["decisions"], 192 * 24)
        self.assertEqual(some["moves"], sum(row["rung"] == "recognised" and row["date"] < "2010-02"
                                            for row in history_of("kosovo-2008")))
        self.assertEqual(some["until"], "2010-02")

    def test_until_knows_nothing_of_what_came_later(self):
        rows = history_of("kosovo-2008")
        for row in rows:
            if row["rung"] == "recognised" and row["date"] >= "2010-02":
                row["date"] = "2010-02-01"
        rows.append({**rows[-1], "iso3": "GRC", "date": "2011-01-01", "rung": "recognised"})
        other = self.write_history("other.csv", rows)
        first, second = (self.json_of("fit", KOSOVO, *history, "--until", "2010-02")
                         for history in ((), (other,)))
        self.assertNotEqual(first.pop("cases"), second.pop("cases"))
        self.assertEqual(first, second)
        self.assertNotEqual(values_of(self.json_of("fit", KOSOVO)),
                            values_of(self.json_of("fit", KOSOVO, other)))

    def test_own_history_is_that_of_the_scenario(self):
        self.assertEqual(self.json_of("fit", KOSOVO),
                         self.json_of("fit", KOSOVO, KOSOVO / "history.csv"))

    def test_a_scenario_takes_the_file_up(self):
        prior = ("--prior", 0.3)  # other numbers than those that the scenario comes with
        self.run_program("fit", KOSOVO, *prior, "-o", "fitted.yaml", "-q")
        fit = self.json_of("fit", KOSOVO, *prior)
        file = yaml.safe_load((self.folder / "fitted.yaml").read_text(encoding="utf-8"))
        self.assertEqual(file["fitted"]["decisions"], str(fit["decisions"]))
        values = values_of(fit)
        dispositions = file["covariates"].pop("disposition")
        self.assertEqual(dispositions["coefficient"], 1)
        self.assertEqual(set(dispositions["values"]), {one["actor"] for one in fit["dispositions"]})
        settings = []
        for one in fit["dispositions"]:
            self.assertAlmostEqual(dispositions["values"][one["actor"]], one["value"], places=5)
            value = dispositions["values"][one["actor"]]
            settings += ["--set", f"covariates.disposition.values.{one['actor']}={value}"]
        for section, names in (("terms", file["terms"]), ("covariates", file["covariates"])):
            for name, fields in names.items():
                self.assertAlmostEqual(fields["coefficient"], values[name], delta=1e-6 * abs(values[name]))
                settings += ["--set", f"{section}.{name}.coefficient={fields['coefficient']}"]
        ladder = file["ladders"]["recognition"]
        self.assertAlmostEqual(ladder["down"], values["recognition.down"], places=5)
        self.assertAlmostEqual(ladder["baseline"][1] - ladder["baseline"][0],
                               values["recognition.recognised"], places=5)
        for name, value in ladder.items():
            settings += ["--set", f"ladders.recognition.{name}={json.dumps(value)}"]

        fitted = self.variant("fitted-scenario.yaml", "coefficients: fitted.yaml\n")
        taken_up, set_by_hand, plain = (
            self.json_of("run", *arguments, "--replicates", 16)["authorities"]
            for arguments in ((fitted,), (KOSOVO, *settings), (KOSOVO,)))
        self.assertEqual(taken_up, set_by_hand)
        self.assertNotEqual(taken_up, plain)
        # And where one looks for it, at the terms behind one choice.
        terms = {one["term"]: one for one in self.json_of(
            "explain", fitted, "--actor", "TUR", "--date", "2008-02", "--ladder", "recognition"
        )["choices"][0]["terms"]}
        self.assertAlmostEqual(terms["religion"]["above"], values["religion"], places=4)
        self.assertAlmostEqual(terms["nato"]["above"], values["nato"], places=4)

    def test_fits_a_fitted_scenario_to_the_same_numbers(self):
        self.run_program("fit", KOSOVO, "-o", "fitted.yaml", "-q")
        again = self.json_of("fit", self.variant("again.yaml", "coefficients: fitted.yaml\n"))
        for name, value in values_of(self.json_of("fit", KOSOVO)).items():
            self.assertAlmostEqual(values_of(again)[name], value, places=5)

    def test_a_file_from_several_cases_fits_the_first(self):
        self.run_program("fit", KOSOVO, "--history", SCENARIOS / "afghanistan-2021", "--prior", 1, "-o",
                         "fitted.yaml", "-q")
        fitted = self.variant("fitted-scenario.yaml", "coefficients: fitted.yaml\n")
        self.run_program("validate", fitted)

    def test_does_not_overwrite_and_then_writes_nothing(self):
        (self.folder / "kept").write_text("mine", encoding="utf-8")
        for arguments in (("-o", "kept"), ("--design", "kept"), ("-o", "kept", "--design", "new.csv"),
                          ("-o", "new.yaml", "--design", "kept")):
            done = self.run_program("fit", KOSOVO, *arguments, expect=support.FILE)
            self.assertEqual(done.stdout, "")
            self.assertEqual(done.stderr, "entente: kept: exists already; allowed: a new name, or --force to "
                                          "replace it\n")
            self.assertEqual(self.left_in_folder(), ["kept"])
            self.assertEqual((self.folder / "kept").read_text(encoding="utf-8"), "mine")
        self.run_program("fit", KOSOVO, "-o", "kept", "--force")
        self.assertTrue((self.folder / "kept").read_text(encoding="utf-8").startswith("# Written by"))
        self.assertEqual(self.left_in_folder(), ["kept"])


class Design(FitTest):
    def test_has_a_row_per_option(self):
        self.run_program("fit", KOSOVO, "--design", "design.csv", "-q")
        with open(self.folder / "design.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        fit = self.json_of("fit", KOSOVO)
        self.assertEqual(list(rows[0]), ["case", "actor", "authority", "ladder", "step", "from", "option",
                                         "chosen", "opportunity", "offset", *values_of(fit)])
        self.assertEqual(sum(row["chosen"] == "1" for row in rows), fit["decisions"])
        self.assertEqual(sum(row["chosen"] == "1" and row["option"] != "0" for row in rows), fit["moves"])
        # A ladder of two rungs: up from the first, down from the second.
        self.assertEqual({(row["from"], row["option"]) for row in rows},
                         {("0", "0"), ("0", "1"), ("1", "0"), ("1", "-1")})
        turkey = next(row for row in rows if row["actor"] == "TUR" and row["option"] == "1")
        self.assertEqual((turkey["step"], turkey["chosen"]), ("2008-02", "1"))
        self.assertEqual((float(turkey["nato"]), float(turkey["eu"])), (1, 0))


class Goodness(FitTest):
    def test_sets_statistics_beside_what_is_on_record(self):
        fit = self.json_of("fit", KOSOVO, "--goodness", 60)
        goodness = fit["goodness"]
        self.assertEqual(goodness["replicates"], 60)
        (ladder,) = goodness["ladders"]
        self.assertEqual((ladder["authority"], ladder["ladder"]), ("KOS", "recognition"))
        self.assertEqual([one["name"] for one in ladder["statistics"]],
                         ["counts", "first_movers", "regions", "moves"])
        counts = ladder["statistics"][0]
        self.assertEqual(counts["components"][-1]["observed"], fit["moves"])
        for statistic in ladder["statistics"]:
            self.assertTrue(0 <= statistic["p"] <= 1)
            self.assertGreaterEqual(statistic["distance"], 0)
        self.assertEqual(len(ladder["actors"]), 192)
        seen = [one["probability"][one["observed"]] for one in ladder["actors"]]
        self.assertEqual(seen, sorted(seen))

    def test_is_judged_by_the_fitted_model(self):
        """What is simulated is what a run of the first case with the file of coefficients gives."""
        scenario = self.variant("fitted-scenario.yaml", "coefficients: fitted.yaml\n")
        several = ("--history", SCENARIOS / "afghanistan-2021", "--prior", 1, "--separate", "religion")
        for further in ((), several):
            fit = self.json_of("fit", KOSOVO, *further, "--goodness", 60, "-o", "fitted.yaml", "--force")
            run = self.json_of("run", scenario, "--replicates", 60)
            actors = {one["id"]: one["ladders"]["recognition"]["probability"]
                      for one in run["authorities"][0]["actors"]}
            (ladder,) = fit["goodness"]["ladders"]
            self.assertEqual((ladder["authority"], ladder["ladder"]), ("KOS", "recognition"))
            self.assertEqual({one["id"]: one["probability"] for one in ladder["actors"]}, actors)

    def test_text_lists_the_most_misplaced(self):
        text = self.run_program("fit", KOSOVO, "--goodness", 20).stdout
        goodness = text.split("Histories that the fitted model makes from the start, 20 of them", 1)[1]
        self.assertRegex(goodness, r"\n  statistic +distance +p +worst components +observed +simulated")
        for name in ("counts", "first_movers", "regions", "moves"):
            self.assertRegex(goodness, rf"\n  {name} +\d+\.\d\d +(\d\.\d{{3}}|below 1/20) ")
        rows = goodness.split("most misplaced at the end, 10 of 192 on record\n", 1)[1].split("\n\n")[0]
        self.assertEqual(len(rows.split("\n")), 1 + 10)

    def test_says_nothing_without_being_asked(self):
        self.assertNotIn("goodness", self.json_of("fit", KOSOVO))
        self.assertNotIn("Histories", self.run_program("fit", KOSOVO).stdout)

    def test_makes_a_thousand_histories_by_default(self):
        self.assertIn("from the start, 1000 of them", self.run_program("fit", KOSOVO, "--goodness").stdout)


class Refusals(FitTest):
    def refused(self, *arguments, words, expect=support.USAGE):
        done = self.run_program("fit", *arguments, expect=expect)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.split("\n`entente fit --help`")[0].rstrip("\n"), words)
        self.assertEqual(self.left_in_folder(), [])

    def test_needs_a_history(self):
        classroom = SCENARIOS / "classroom"
        words = (f"entente: {classroom}: found no history, or none of its states takes part; allowed: HISTORY.csv as the second argument, or "
                 "`observed: FILE` in the scenario")
        self.refused(classroom, "-o", "out.yaml", words=words)
        self.refused(KOSOVO, "--history", classroom, words=words)
        self.refused(KOSOVO, "nowhere.csv", words="entente: nowhere.csv: found no such file",
                     expect=support.FILE)

    def test_knows_the_names_of_coefficients(self):
        ladders = TERMS + ", recognition.recognised, recognition.down"
        self.refused(KOSOVO, "--only", "aligment", words=f"entente: --only: found 'aligment'; allowed: {TERMS}")
        self.refused(KOSOVO, "--only", "recognition",
                     words=f"entente: --only: found 'recognition'; allowed: {TERMS}")
        self.refused(KOSOVO, "--fixed", "need", words=f"entente: --fixed: found 'need'; allowed: {ladders}")
        self.refused(KOSOVO, "--separate", "need",
                     words=f"entente: --separate: found 'need'; allowed: {ladders}")

    def test_knows_what_a_prior_is(self):
        for prior in ("-1", "0", "wide", "1e9", "nan", "inf", "0.5x", ""):
            self.refused(KOSOVO, f"--prior={prior}" if prior else "--prior=''",
                         words=f"entente: --prior: found '{prior or chr(39) * 2}'; allowed: cv, none, or a "
                               "number from 0.001 to 1000 [utility per standard deviation of a driver]")

    def test_knows_the_dates_of_the_scenario(self):
        for date in ("2008-01", "2013-01", "soon"):
            self.refused(KOSOVO, "--until", date, words=f"entente: --until: found '{date}'; allowed: a date "
                                                        "from 2008-02 to 2012-12")
        self.refused(KOSOVO, "--until", "2008-02",
                     words="entente: --until: found no decision on record before 2008-02")

    def test_needs_numbers_in_range(self):
        self.refused(KOSOVO, "--goodness", 1,
                     words="entente: --goodness: found '1'; allowed: a whole number from 2 to 100000")
        self.refused(KOSOVO, "--replicates", 0,
                     words="entente: --replicates: found '0'; allowed: a whole number from 1 to 100000")


if __name__ == "__main__":
    support.main()
