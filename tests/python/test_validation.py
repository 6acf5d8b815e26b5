"""The validation page: made from the committed numbers, and by rules that do not break."""

import copy
import json
import pathlib
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(ROOT / "tools" / "validation"))
import collect  # noqa: E402
import draw  # noqa: E402
import estimates  # noqa: E402
import forecasts  # noqa: E402
import literature  # noqa: E402
import prose  # noqa: E402
import series  # noqa: E402
from report import page  # noqa: E402

PROGRAM = sys.argv.pop(1)
LARGEST = 100_000  # bytes of a figure


def committed():
    return json.loads((DOCS / "validation.json").read_text(encoding="utf-8"))


class Committed(unittest.TestCase):
    def test_page_is_what_the_committed_numbers_say(self):
        text = (DOCS / "validation.md").read_text(encoding="utf-8")
        self.assertEqual(text, page(committed()),
                         "run tools/validation/report.py docs/validation.json > docs/validation.md")

    def test_numbers_are_of_a_whole_run(self):
        self.assertFalse(committed()["quick"])
        self.assertEqual([case["name"] for case in committed()["cases"]], list(collect.CASES))

    def test_figures_are_those_of_the_committed_numbers(self):
        text = (DOCS / "validation.md").read_text(encoding="utf-8")
        wanted = {draw.file_name(name): data for name, data in series.figures(committed()).items()}
        there = {path.name: path for path in (DOCS / "figures").glob("validation-*.svg")}
        self.assertEqual(sorted(there), sorted(wanted), "run tools/validation.sh")
        for name, data in wanted.items():
            figure = there[name].read_text(encoding="utf-8")
            self.assertIn(f"data {series.fingerprint(data)}", figure, f"{name} is out of date")
            self.assertIn(f"](figures/{name})", text)
            self.assertLess(len(figure), LARGEST, name)


class Figures(unittest.TestCase):
    def test_same_numbers_give_the_same_bytes_and_no_date(self):
        data = series.figures(committed())["reliability"]
        with tempfile.TemporaryDirectory() as folder:
            paths = [pathlib.Path(folder) / name for name in ("one.svg", "two.svg")]
            for path in paths:
                draw.draw("reliability", data, path)
            one, two = (path.read_bytes() for path in paths)
        self.assertEqual(one, two)
        self.assertNotIn(b"<dc:date>", one)

    def test_nothing_to_draw_gives_no_figure(self):
        self.assertEqual(series.figures({"cases": [], "fits": [], "backtest": {}}), {})


class Signs(unittest.TestCase):
    def test_verdict_follows_sign_and_z(self):
        for value, z, sign, wanted in ((1, 2.0, 1, "supported"), (1, 1.9, 1, "leaning"),
                                       (-1, -1.9, 1, "leaning against"),
                                       (-1, -2.0, 1, "contradicted"), (-1, -3, -1, "supported"),
                                       (0, 0, 1, None), (None, None, 1, None)):
            self.assertEqual(literature.verdict({"estimate": value, "z": z}, sign), wanted)

    def test_sign_of_a_covariate_may_depend_on_the_case(self):
        one = {"name": "closeness_usa", "kind": "covariate"}
        self.assertEqual(literature.expectation(one, ["kosovo-2008"], {})[0], 1)
        self.assertEqual(literature.expectation(one, ["abkhazia-2008"], {})[0], -1)
        self.assertIsNone(literature.expectation(one, ["kosovo-2008", "abkhazia-2008"], {}))
        self.assertEqual(literature.expectation(one, ["kosovo-2008", "taliban-1996"], {})[0], 1)
        self.assertIsNone(literature.expectation({"name": "new", "kind": "covariate"}, ["x"], {}))

    def test_terms_are_expected_to_be_positive_and_ladders_are_not_judged(self):
        terms = {"cross": {"expected": "+ of engagement", "source": "Caspersen (2012), A book"}}
        self.assertEqual(literature.expectation({"name": "cross.coercion", "kind": "term"}, ["x"],
                                                terms), (1, "+ of engagement", "Caspersen (2012)"))
        for kind in ("gap", "down", "unheard of"):
            self.assertIsNone(literature.expectation({"name": "a.b", "kind": kind}, ["x"], terms))

    def test_source_is_shortened_to_authors_and_years(self):
        self.assertEqual(literature.short_source(
            "Walt (1987), The Origins of Alliances; Kinne (2014), Dependent diplomacy, ISQ 58"),
            "Walt (1987); Kinne (2014)")
        self.assertEqual(literature.short_source("none"), "none")


class Rules(unittest.TestCase):
    def test_interval_decides(self):
        for low, high, wanted in ((0.1, 0.2, "better"), (-0.2, -0.1, "worse"),
                                  (-0.1, 0.1, "undecided"), (None, 0.1, None)):
            self.assertEqual(forecasts.outcome({"value": 0.0, "low": low, "high": high}), wanted)

    def test_binomial_probability_is_two_sided(self):
        self.assertAlmostEqual(forecasts.exact(0, 2, 0.5), 0.5)
        self.assertAlmostEqual(forecasts.exact(1, 2, 0.5), 1.0)
        self.assertAlmostEqual(forecasts.exact(2, 3, 0.2), 0.104)
        self.assertEqual(forecasts.exact(0, 5, 0.0), 1.0)

    def test_skill_shows_its_sign_and_what_is_not_there(self):
        self.assertEqual(prose.skill({"value": 0.123, "low": -0.0001, "high": 0.2}),
                         "+12.3 % (-0 to +20)")
        self.assertEqual(prose.skill({"value": -12.0, "low": -99.0, "high": None}),
                         "below -999 % (below -999 to ?)")
        self.assertEqual(prose.skill({"value": None}), "")
        self.assertEqual(prose.skill(None), "")

    def test_numbers_lose_no_sign_but_that_of_zero(self):
        self.assertEqual([prose.number(x, 1) for x in (-0.04, -0.06, None, 1)],
                         ["0.0", "-0.1", "", "1.0"])

    def test_six_digits_are_kept_and_nothing_infinite(self):
        self.assertEqual(collect.rounded({"a": [1.23456789, float("inf"), 3, None, "x"]}),
                         {"a": [1.23457, None, 3, None, "x"]})

    def test_states_with_dispositions_are_shown_from_both_ends(self):
        fit = {"dispositions": [{"case": "one", "actor": f"S{k}", "value": k - 11.5,
                                 "standard_error": 1.0} for k in range(24)],
               "disposition_scale": 2.0, "disposition_validation": [{"scale": 2.0}]}
        text = estimates.dispositions(fit)
        self.assertIn("by a prior of 2 utility, chosen by cross-validation", " ".join(text.split()))
        self.assertIn("| S23 | 11.500 | 1.000 | S0 | -11.500 | 1.000 |", text)
        self.assertNotIn("S13", text)
        self.assertEqual(estimates.dispositions({}), "")
        fit["dispositions"].append({"case": "two", "actor": "S3", "value": 20.0,
                                    "standard_error": None})
        self.assertIn("| S3@two | 20.000 |  | S0@one |", estimates.dispositions(fit))

    def test_an_ablation_is_neither_baseline_nor_loss(self):
        document = committed()
        bare = without_method(document, "without peers")
        before = [forecasts.tally(bare), forecasts.losing(bare), forecasts.summary(bare),
                  series.skills(bare, None, "log_score")]
        self.assertEqual(forecasts.ablations(bare), [])
        self.assertEqual(forecasts.ablation_verdicts(bare), "")
        worst = {"value": -0.5, "low": -0.6, "high": -0.4}
        test = bare["backtest"]
        test["scores"] += [{**row, "method": "without peers",
                            "skill_of_model": {score: worst for score, _ in series.SCORES}}
                           for row in test["scores"] if row["method"] == "rates"]
        self.assertEqual(before, [forecasts.tally(bare), forecasts.losing(bare),
                                  forecasts.summary(bare), series.skills(bare, None, "log_score")])
        self.assertNotIn("without peers", forecasts.baselines(bare))
        horizons = prose.listed(test["horizons"])
        self.assertIn("by log score the model against the model without peers: worse at "
                      f"{horizons}", " ".join(forecasts.ablation_verdicts(bare).split()))
        self.assertIn("| the model without peers |", page(bare))


def without_method(document, name):
    test = copy.deepcopy(document)
    for key in ("scores", "calibration"):
        rows = test["backtest"].get(key, [])
        test["backtest"][key] = [row for row in rows if row["method"] != name]
    for row in test["backtest"].get("numbers", []):
        row["methods"].pop(name, None)
    return test


def without(value, keys):
    """The document less these keys, wherever they are."""
    if isinstance(value, dict):
        return {k: without(part, keys) for k, part in value.items() if k not in keys}
    return [without(part, keys) for part in value] if isinstance(value, list) else value


def with_nulls(value, keys):
    if isinstance(value, dict):
        return {k: None if k in keys else with_nulls(part, keys) for k, part in value.items()}
    return [with_nulls(part, keys) for part in value] if isinstance(value, list) else value


class Robustness(unittest.TestCase):
    def test_page_does_without_what_a_run_may_lack(self):
        document = committed()
        for keys in ({"goodness"}, {"validation", "warnings", "dispositions"}, {"calibration"},
                     {"numbers", "recognitions"}, {"skill_of_model"}, {"scores"}):
            text = page(without(copy.deepcopy(document), keys))
            self.assertTrue(text.startswith("# Validation"), keys)
        document["backtest"] = {}
        self.assertIn("Nothing was forecast", page(document))

    def test_page_does_with_numbers_that_are_not_defined(self):
        for keys in ({"z", "standard_error"}, {"low", "high"}, {"auc", "average_precision"},
                     {"skill_of_model"}, {"log_score", "brier_score", "ranked_probability_score"},
                     {"prior_scale", "effective_parameters", "log_likelihood"}, {"p", "sd"}):
            document = with_nulls(committed(), keys)
            document["backtest"]["calibration"] = committed()["backtest"]["calibration"]
            self.assertNotIn("None", page(document), keys)
            series.figures(document)


class Run(unittest.TestCase):
    def test_program_gives_all_that_page_and_figures_need(self):
        document = collect.collect(collect.Program(PROGRAM), quick=True)
        again = json.loads(collect.dump(document))
        self.assertEqual(again, document)
        text = page(document)
        self.assertIn("these numbers mean nothing", text)
        for title in ("## Do simulated histories", "### kosovo-2008, recognition"):
            self.assertIn(title, text)
        self.assertNotIn("Not judged in this run", text)
        self.assertEqual(set(series.figures(document)), set(series.FIGURES))


if __name__ == "__main__":
    unittest.main()
