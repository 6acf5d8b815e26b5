"""`entente backtest`: what it scores, and that no forecast knows what came after it."""

import csv

import support
import yaml
from support import ROOT, CliTest

SCENARIOS = ROOT / "scenarios"
KOSOVO = SCENARIOS / "kosovo-2008"
METHODS = ["model", "without peers", "covariates", "peers", "rates", "no change"]
# Step 45 of kosovo-2008: what is dated from here on is the future of step 45 and of those before.
PLANTED, PLANTED_STEP = "2011-11-15", 45


class BacktestTest(CliTest):
    def backtest(self, *arguments, replicates=24):
        return self.json_of("backtest", *arguments, "--replicates", replicates)

    def planted_history(self):
        """Everything from the date on happens at once, and Greece, of whom nothing is on record, joins."""
        with open(KOSOVO / "history.csv", encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        late = [row for row in rows if row["rung"] == "recognised" and row["date"] >= "2011-11"]
        self.assertTrue(late)
        for row in late:
            row["date"] = PLANTED
        self.assertNotIn("GRC", [row["iso3"] for row in rows])
        rows.append({**late[0], "iso3": "GRC"})
        path = self.folder / "planted.csv"
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


class Scores(BacktestTest):
    def test_goes_from_origin_to_origin(self):
        test = self.backtest(KOSOVO, "--first", 20, "--every", 12, "--horizon", 6, "--horizon", 3,
                             "--horizon", 6)
        self.assertEqual(test["horizons"], [3, 6])
        self.assertEqual([one["step"] for one in test["origins"]], [20, 32, 44, 56])
        self.assertEqual([one["date"] for one in test["origins"]],
                         ["2009-10", "2010-10", "2011-10", "2012-10"])
        self.assertEqual([(one["first"], one["every"], one["replicates"], one["together"]) for one in [test]],
                         [(20, 12, 24, False)])
        # All 192 are on record; the last origin has 3 steps behind it and not 6.
        targets = {(one["case"], one["horizon"], one["ladder"]): one["targets"] for one in test["scores"]}
        self.assertEqual(targets[("kosovo-2008", 3, "recognition")], 4 * 192)
        self.assertEqual(targets[("kosovo-2008", 6, "recognition")], 3 * 192)
        self.assertEqual(targets[(None, None, None)], 7 * 192)

    def test_counts_what_changed(self):
        test = self.backtest(KOSOVO, "--first", 20, "--every", 100, "--horizon", 12)
        with open(KOSOVO / "history.csv", encoding="utf-8", newline="") as file:
            dates = [row["date"] for row in csv.DictReader(file) if row["rung"] == "recognised"]
        rose = sum("2009-10" <= date < "2010-10" for date in dates)
        for one in test["scores"]:
            self.assertEqual((one["changed"], one["rose"]), (rose, rose))
        (count,) = [one for one in test["numbers"] if one["what"] == "count"]
        self.assertEqual((count["rung"], count["origin"], count["observed"]),
                         ("recognised", "2009-10", sum(date < "2010-10" for date in dates)))
        self.assertEqual(count["methods"]["no change"]["mean"], sum(date < "2009-10" for date in dates))
        self.assertEqual(count["methods"]["no change"]["crps"], rose)
        (wait, _) = [one for one in test["numbers"] if one["what"] == "wait"]
        first = min(date for date in dates if date >= "2009-10")
        months = 12 * (int(first[:4]) - 2009) + int(first[5:7]) - 10 + 1  # to the end of that month
        self.assertEqual((wait["more"], wait["observed"], wait["horizon"]), (1, months, 12))

    def test_sets_six_methods_beside_each_other(self):
        test = self.backtest(KOSOVO, "--every", 24)
        groups = [test["scores"][x:x + 6] for x in range(0, len(test["scores"]), 6)]
        for group in groups:
            self.assertEqual([one["method"] for one in group], METHODS)
            self.assertNotIn("skill_of_model", group[0])
            for one in group[1:]:
                skill = one["skill_of_model"]["log_score"]
                self.assertAlmostEqual(skill["value"], 1 - group[0]["log_score"] / one["log_score"], places=9)
                self.assertLessEqual(skill["low"], skill["high"])
        # Nobody ranks who stays: all alike.
        self.assertTrue(all(group[5]["rose"] in (0, group[5]["targets"]) or group[5]["auc"] is not None
                            for group in groups))
        for one in test["numbers"]:
            self.assertEqual(list(one["methods"]), METHODS)

    def test_calibration_has_every_forecast_once(self):
        test = self.backtest(KOSOVO, "--every", 24)
        total = next(one["targets"] for one in test["scores"]
                     if one["case"] is None and one["horizon"] is None and one["ladder"] is None)
        for method in METHODS:
            bins = [one for one in test["calibration"] if one["method"] == method]
            self.assertEqual(sum(one["cases"] for one in bins), total)
            for one in bins:
                self.assertTrue(one["low"] <= one["mean_forecast"] <= one["high"])

    def test_learns_from_other_cases_when_told(self):
        cases = (KOSOVO, "--history", SCENARIOS / "abkhazia-2008", "--every", 48, "--horizon", 3)
        alone, together = self.backtest(*cases), self.backtest(*cases, "--together")
        self.assertEqual([one["name"] for one in alone["cases"]], ["kosovo-2008", "abkhazia-2008"])
        self.assertEqual({one["case"] for one in alone["scores"]}, {"kosovo-2008", "abkhazia-2008", None})
        self.assertTrue(together["together"])
        own, pooled = ({name.split("@")[0] for name in test["origins"][0]["estimates"]}
                       for test in (alone, together))
        self.assertLess(own, pooled)

    def test_text_says_what_json_says(self):
        arguments = (KOSOVO, "--every", 24, "--replicates", 24)
        text = self.run_program("backtest", *arguments).stdout
        test = self.json_of("backtest", *arguments)
        self.assertTrue(text.startswith("kosovo-2008: Kosovo since February 2008, 2008-02 to 2012-12\n"
                                        f"{len(test['origins'])} origins, every 24 steps from step 12 on; "
                                        "24 replicates; coefficients from each case's own past\n"), text)
        everything = [one for one in test["scores"]
                      if (one["case"], one["horizon"], one["ladder"]) == (None, None, None)]
        section = text.split("\nall horizons: ", 1)[1]
        for one in everything:
            self.assertRegex(section, rf"\n  {one['method']} +{one['log_score']:.4f} ")

    def test_a_record_may_be_too_short(self):
        text = self.run_program("backtest", KOSOVO, "--first", 200).stdout
        self.assertIn("0 origins, every 6 steps from step 200 on;", text)
        self.assertTrue(text.endswith("nothing to score: the record is too short\n"), text)


class Promises(BacktestTest):
    def test_threads_change_nothing(self):
        afghanistan = (SCENARIOS / "afghanistan-2021", "--first", 24, "--every", 48)
        for arguments in ((KOSOVO, "--every", 24), afghanistan):
            one, two = (self.run_program("backtest", *arguments, "--replicates", 24, "--json", "--threads",
                                         threads).stdout for threads in (1, 2))
            self.assertEqual(one, two)

    def test_forecasts_know_nothing_of_what_comes_after(self):
        arguments = ("--first", 15, "--every", 6, "--horizon", 3, "--horizon", 6)
        real = self.backtest(KOSOVO, *arguments)
        other = self.backtest(KOSOVO, self.planted_history(), *arguments)
        before = [one for one in real["origins"] if one["step"] <= PLANTED_STEP]
        self.assertEqual(before[-1]["step"], PLANTED_STEP)
        self.assertEqual(before, [one for one in other["origins"] if one["step"] <= PLANTED_STEP])
        self.assertNotEqual(real["origins"][-1], other["origins"][-1])
        dates = [one["date"] for one in before]
        ends = {one["date"]: one["step"] for one in before}
        compared = 0
        for one, two in zip(real["numbers"], other["numbers"], strict=True):
            if one["origin"] not in dates:
                continue
            # What is forecast is the same; what it is held against is only up to the planted date.
            self.assertEqual({name: method["mean"] for name, method in one["methods"].items()},
                             {name: method["mean"] for name, method in two["methods"].items()})
            if ends[one["origin"]] + one["horizon"] <= PLANTED_STEP:
                self.assertEqual(one, two)
                compared += 1
        self.assertGreater(compared, 10)

    def test_scores_up_to_a_date_know_nothing_of_what_comes_after(self):
        arguments = ("--first", 40, "--every", 100, "--horizon", 3, "--horizon", 5, "--horizon", 9)
        real = self.backtest(KOSOVO, *arguments)
        other = self.backtest(KOSOVO, self.planted_history(), *arguments)

        def scores(test, horizon):
            return [one for one in test["scores"] if one["horizon"] == horizon]

        self.assertTrue(scores(real, 3))
        self.assertEqual(scores(real, 3), scores(other, 3))
        self.assertEqual(scores(real, 5), scores(other, 5))  # ends where the planted step begins
        self.assertNotEqual(scores(real, 9), scores(other, 9))

    def test_forecasts_use_no_dispositions_of_the_file(self):
        """They are estimated from a record that goes on behind every origin."""
        text = (KOSOVO / "coefficients.yaml").read_text(encoding="utf-8")
        file = yaml.safe_load(text)
        values = file["covariates"]["disposition"]["values"]
        self.assertGreater(max(values.values()), 0.5)
        file["covariates"]["disposition"]["values"] = {name: -4 * value for name, value in values.items()}
        scenario = self.folder / "case.yaml"
        scenario.write_text(f"entente: 1\nextends: {KOSOVO}\ncoefficients: values.yaml\n", encoding="utf-8")
        runs, tests = [], []
        for content in (text, yaml.safe_dump(file)):
            (self.folder / "values.yaml").write_text(content, encoding="utf-8")
            runs.append(self.json_of("run", scenario, "--replicates", 16)["authorities"])
            tests.append(self.backtest(scenario, KOSOVO / "history.csv", "--every", 30))
        self.assertNotEqual(*runs)  # histories do start from them
        self.assertEqual(*tests)

    def test_forecasts_know_no_events_that_come_after(self):
        """A planted event that makes states recognise would show in every count."""
        numbers = []
        for date in ("2011-11", "2012-11"):
            path = self.folder / date / "case.yaml"
            path.parent.mkdir()
            path.write_text(f"entente: 1\nextends: {KOSOVO}\nevents:\n  - {{id: planted, date: {date}, change: "
                            "{hold: rung, ladder: recognition, actors: [GRC, ROU, IND], to: recognised}}\n",
                            encoding="utf-8")
            numbers.append(self.backtest(path, KOSOVO / "history.csv", "--first", 35, "--every", 10,
                                         "--horizon", 3, "--horizon", 6)["numbers"])
        changed = {one["origin"] for one, other in zip(*numbers, strict=True) if one != other}
        self.assertEqual({one["origin"] for one in numbers[0]}, {"2011-01", "2011-11", "2012-09"})
        self.assertEqual(changed, {"2012-09"})  # when the earlier of the two is in force


class Refusals(BacktestTest):
    def refused(self, *arguments, words):
        done = self.run_program("backtest", *arguments, expect=support.USAGE)
        self.assertEqual(done.stdout, "")
        self.assertEqual(done.stderr.split("\n`entente backtest --help`")[0].rstrip("\n"), words)

    def test_needs_a_history(self):
        classroom = SCENARIOS / "classroom"
        words = (f"entente: {classroom}: found no history, or none of its states takes part; allowed: HISTORY.csv as the second argument, or "
                 "`observed: FILE` in the scenario")
        self.refused(classroom, words=words)
        self.refused(KOSOVO, "--history", classroom, words=words)

    def test_needs_numbers_in_range(self):
        for option, found, least, most in (("--horizon", 0, 1, 10000), ("--first", 0, 1, 10000),
                                           ("--every", 0, 1, 10000), ("--replicates", 1, 2, 100000),
                                           ("--threads", 5000, 0, 4096)):
            self.refused(KOSOVO, option, found, words=f"entente: {option}: found '{found}'; allowed: a whole "
                                                      f"number from {least} to {most}")


if __name__ == "__main__":
    support.main()
