"""What the benchmark runner makes of its numbers, and the page that is written from them."""

import json
import pathlib
import sys
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))
import hot_spots  # noqa: E402
import measures  # noqa: E402
import process  # noqa: E402
import rounds  # noqa: E402
import run  # noqa: E402
from report import Page  # noqa: E402
from targets import TARGETS, si, target_rows  # noqa: E402


class Rounds(unittest.TestCase):
    def test_median_takes_the_middle_and_spread_the_ends(self):
        self.assertEqual(rounds.median([3, 1, 2]), 2)
        self.assertEqual(rounds.median([4, 1, 2, 3]), 2.5)
        self.assertEqual(rounds.spread([3, 1, 2]), (1, 3))

    def test_ratio_is_formed_within_a_round(self):
        self.assertEqual(rounds.ratios([10, 40], [5, 10]), [2, 4])
        self.assertEqual(rounds.ratios([10, 40, 7], [5, 10]), [2, 4])
        self.assertEqual(rounds.extra([12], [10]), [12 / 10 - 1])

    def test_slope_is_growth_per_unit(self):
        self.assertEqual(rounds.slope((10, 100), (20, 150)), 5)

    def test_means_agree_within_their_errors_only(self):
        self.assertTrue(rounds.agree([3.0, 3.1, 2.9], [0.1, 0.1, 0.1]))
        self.assertFalse(rounds.agree([3.0, 3.1, 2.9], [0.1, 0.01, 0.01]))

    def test_contestants_that_compute_something_else_stop_the_run(self):
        row = {"mean_final_rung": 3.0, "mean_final_rung_error": 0.01,
               "share_of_changes": 0.59, "share_of_changes_error": 0.001}
        measures.check_agreement({"a": row, "b": row})
        with self.assertRaisesRegex(measures.Disagreement, "share_of_changes: a 0.5900 .* b 0.61"):
            measures.check_agreement({"a": row, "b": {**row, "share_of_changes": 0.61}})

    def test_contestant_that_fails_is_named_and_left_out(self):
        class Lab:
            rounds = 3

        def fail():
            raise process.Failed("no numpy")

        results = rounds.Results()
        measures.take_turns(Lab, results, {"there": lambda: results.add("there", "s", 1.0),
                                           "gone": fail})
        self.assertEqual(results.missing, {"gone": "no numpy"})
        self.assertEqual(results.rounds("there"), [1.0, 1.0, 1.0])
        self.assertEqual(results.rounds("gone"), [])

    def test_process_gives_output_and_peak_memory_or_says_what_failed(self):
        text, wall, peak = process.run([sys.executable, "-c", "print(len(b'x' * (1 << 26)))"])
        self.assertEqual(text, f"{1 << 26}\n")
        self.assertGreater(wall, 0)
        self.assertGreater(peak, 1 << 26)
        with self.assertRaisesRegex(process.Failed, "took longer than 0 s"):
            process.run(["sleep", "60"], timeout=0.1)
        with self.assertRaisesRegex(process.Failed, "nowhere: No such file"):
            process.run(["nowhere"])
        with self.assertRaisesRegex(process.Failed, "exit 3"):
            process.run([sys.executable, "-c", "raise SystemExit(3)"])


class HotSpots(unittest.TestCase):
    def test_shares_are_of_the_parts_of_a_step(self):
        report = "\n".join((
            "# Overhead  Symbol",
            "    30.00%  [.] entente::kernels::(anonymous namespace)::v4::philox",
            "    10.00%  [.] entente::lanes::detail::loop_v4<entente::detail::choose(...)>",
            "    40.00%  [.] entente::Relation::from_triplets",  # setting up does not count
            "    10.00%  [.] YAML::Scanner::peek",  # nor what is not the engine's
            "    10.00%  [k] clear_page_erms"))
        self.assertEqual(hot_spots.shares(report), {
            "luck": 0.6, "choice": 0.2, "memory: pages, copies, zeros": 0.2})

    def test_no_samples_give_no_shares(self):
        self.assertEqual(hot_spots.shares(""), {})


class Report(unittest.TestCase):
    def test_page_is_what_the_committed_numbers_say(self):
        numbers = (ROOT / "docs" / "performance.json").read_text(encoding="utf-8")
        page = (ROOT / "docs" / "performance.md").read_text(encoding="utf-8")
        self.assertEqual(page, Page(json.loads(numbers)).text(),
                         "run tests/bench/report.py docs/performance.json > docs/performance.md")

    def test_verdict_follows_floor_and_aim(self):
        more, less = TARGETS[0], next(target for target in TARGETS if target.lower_is_better)
        for target, sign in ((more, 1), (less, -1)):
            self.assertEqual(target.verdict([target.aim]), "aim met")
            self.assertEqual(target.verdict([target.floor]), "floor met")
            self.assertIn("missed", target.verdict([target.floor - sign * target.floor / 100]))

    def test_best_round_counts_where_the_target_says_so(self):
        best = next(target for target in TARGETS if target.best)
        self.assertEqual(best.value([1.2, 1.9, 1.3]), 1.9)
        self.assertEqual(TARGETS[0].value([1.2, 1.9, 1.3]), 1.3)

    def test_missed_and_unknown_floors_are_said(self):
        first, second = TARGETS[0], TARGETS[1]
        rows, missed, unknown = target_rows(
            {first.measure: {"unit": "ratio", "rounds": [first.floor / 2]}},
            {second.measure: "no such instructions"})
        self.assertEqual(missed, [first.title])
        self.assertEqual(unknown, [target.title for target in TARGETS[1:]])
        self.assertIn("**floor missed**", rows[0])
        self.assertIn("not measured: no such instructions", rows[1])

    def test_page_of_an_empty_run_says_so_in_every_table(self):
        machine = dict.fromkeys(("cpu", "family", "model", "system", "kernel", "compiler", "numpy",
                                 "compiler_flags", "python", "blas", "blas_kernels", "project",
                                 "date"), "unknown")
        machine |= {"cores": 1, "caches": {}, "flags": [], "virtual": False, "memory_bytes": 1e9}
        page = Page({"measures": {}, "missing": {}, "machine": machine,
                     "settings": {"rounds": 2, "quick": True, "wall": 1, "others": 0.5}}).text()
        self.assertIn("these numbers mean nothing", page)
        self.assertIn("Others used 0.5 processors", page)
        self.assertIn("not measured", page)

    def test_group_measured_later_takes_the_place_of_its_numbers_and_says_so(self):
        def run_of(measures, missing, project):
            return {"machine": {"cpu": "X", "cores": 2, "project": project, "date": "2026-01-01"},
                    "settings": {"rounds": 5, "quick": False, "wall": 9, "others": 0.5},
                    "measures": {name: {"unit": "s", "rounds": [value]}
                                 for name, value in measures.items()}, "missing": missing}

        earlier = run_of({"load/a": 1.0, "sweep/b": 2.0}, {"sweep/c": "no disk"}, "old")
        both = run.joined(earlier, run_of({"sweep/b": 3.0, "sweep/c": 4.0}, {}, "new"), ["sweep"])
        both = run.joined(both, run_of({"sweep/b": 5.0}, {}, "newest"), ["sweep"])
        self.assertEqual({name: measure["rounds"] for name, measure in both["measures"].items()},
                         {"load/a": [1.0], "sweep/b": [5.0], "sweep/c": [4.0]})
        self.assertEqual(both["missing"], {})
        self.assertEqual(both["machine"]["project"], "old")
        self.assertEqual([later["project"] for later in both["settings"]["later"]], ["newest"])
        self.assertIn("Measured apart from the rest: newest, 2026-01-01", Page(both).later("sweep"))
        self.assertEqual(Page(both).later("load"), "")

    def test_numbers_have_three_digits_and_a_prefix(self):
        self.assertEqual([si(value, "s") for value in (1.0, 0.25, 1.5e-3, 26.3e-9, 123456)],
                         ["1.00 s", "250 ms", "1.50 ms", "26.3 ns", "123 ks"])


if __name__ == "__main__":
    unittest.main()
