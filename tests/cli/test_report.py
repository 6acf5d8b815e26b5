"""`entente report`: a result file as a page, and what the page is told."""

import base64
import csv
import html.parser
import json
import math
import os
import re
import shlex
import subprocess
import zlib

import h5py
import numpy as np

import support
from support import FILE, ROOT, TINY, USAGE, CliTest

CLASSROOM = ROOT / "scenarios" / "classroom"
FLAGSHIP = ROOT / "scenarios" / "afghanistan-2026"
CLAIMANTS = ROOT / "tests" / "python" / "worlds" / "claimants"
ROLES = ("engagement", "recognition", "coercion")
STATES = ("hardliner", "distress", "control", "rights_salience")
QUANTILE = 1.6448536269514722
DATA = re.compile(r'<script id="entente-data" type="text/plain">([A-Za-z0-9+/=]*)</script>')


def bundle_of(page):
    """What a page was given, as the page reads it."""
    found = DATA.findall(page.read_text(encoding="utf-8"))
    assert len(found) == 1, "one element with data"
    return json.loads(zlib.decompress(base64.b64decode(found[0], validate=True)))


def per_mille(count, whole):
    return (2000 * count + whole) // (2 * whole)


def numbers(values):
    """As written: null where there is no number."""
    return np.array([math.nan if value is None else value for value in values])


class Links(html.parser.HTMLParser):
    """Addresses that a page names in its elements."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attrs):
        self.found += [value for name, value in attrs if name in ("src", "href", "action", "data", "poster")]


class ReportTest(CliTest):
    def report(self, result, *arguments, name="page.html", **options):
        self.run_program("report", result, "-o", name, "-q", *arguments, **options)
        return self.folder / name

    def told(self, result):
        return bundle_of(self.report(result))

    def assert_near(self, told, wanted):
        np.testing.assert_allclose(told, wanted, rtol=0, atol=0.5001e-4)


class Outcomes(ReportTest):
    """Each number of an outcome is one of the file."""

    def assert_outcome(self, outcome, file, word="", at=()):
        """`at`: the variant; `word`: in the names of its variables."""
        several = len(outcome["authorities"]) > 1
        n = outcome["replicates"]
        for k, authority in enumerate(outcome["authorities"]):
            where = (*at, k) if several else at
            for role, ladder in zip(ROLES, authority["ladders"]):
                share = file[f"{role}_{word}probability"][:][where]
                steps, actors, rungs = share.shape
                counts = np.rint(share * n).astype(int)
                above = counts[:, :, ::-1].cumsum(axis=2)[:, :, ::-1][:, :, 1:]
                reach = np.array(ladder["reach"]).reshape(steps, actors, rungs - 1)
                np.testing.assert_array_equal(reach, per_mille(above, n))
                self.assertTrue((np.diff(reach, axis=2) <= 0).all(), "a higher rung is reached no more often")
                self.assertEqual(len(ladder["counts"]), rungs - 1)
                quantile = file[f"{role}_{word}count_quantile"][:][where]
                for r, band in enumerate(ladder["counts"], start=1):
                    self.assert_near(band["mean"], file[f"{role}_{word}count_mean"][:][where][:, r])
                    for name, q in (("low", 0), ("inner_low", 1), ("inner_high", 3), ("high", 4)):
                        np.testing.assert_array_equal(band[name], quantile[:, r, q])

    def assert_shares(self, told, share):
        """Of rungs that exclude each other."""
        told = np.array(told).reshape(share.shape)
        self.assertTrue((told.sum(axis=-1) == 1000).all())
        self.assertLessEqual(np.abs(told - 1000 * share).max(), 1)

    def assert_band(self, band, mean, deviation, least, most):
        self.assert_near(band["mean"], mean)
        self.assert_near(band["low"], np.clip(mean - QUANTILE * deviation, least, most))
        self.assert_near(band["high"], np.clip(mean + QUANTILE * deviation, least, most))
        self.assertIsNone(band["inner_low"])

    def assert_surroundings(self, outcome, file):
        several = len(outcome["authorities"]) > 1
        for k, authority in enumerate(outcome["authorities"]):
            where = (k,) if several else ()
            self.assert_shares(authority["rights"], file["rights_probability"][:][where])
            posture = file["posture_probability"][:][where]
            for g, told in enumerate(authority["postures"]):
                self.assert_shares(told, posture[:, g])
            for state, band in zip(STATES, authority["states"]):
                self.assert_band(band, file[f"{state}_mean"][:][where], file[f"{state}_deviation"][:][where],
                                 0, 10 if state == "rights_salience" else 1)
        for g, band in enumerate(outcome["activity"]):
            self.assert_band(band, file["activity_mean"][:, g], file["activity_deviation"][:, g], 0, math.inf)
        for b, told in enumerate(outcome["bodies"]):
            share = file["body_decision_probability"][:, b]
            self.assertLessEqual(np.abs(np.array(told) - 1000 * share).max(), 0.5)

    def test_are_those_of_the_file(self):
        for scenario in (CLASSROOM, CLAIMANTS):
            for level in ("summary", "rungs", "full"):
                with self.subTest(scenario.name, level=level):
                    path = self.simulate("out.h5", "--replicates", 37, "--record", level, "--force",
                                         scenario=scenario)
                    outcome, = bundle_of(self.report(path, "--force"))["results"]["outcomes"]
                    with h5py.File(path) as file:
                        self.assertEqual((outcome["name"], outcome["replicates"]), ("baseline", 37))
                        self.assert_outcome(outcome, file)
                        self.assert_surroundings(outcome, file)

    def test_of_variants_are_those_of_the_file(self):
        for scenario, event in ((TINY, "2021-05 hold recognised BRA"),
                                (CLAIMANTS, "2001-01 hold mission ALF,GOL of RED")):
            with self.subTest(scenario.name):
                path = self.folder / f"{scenario.name}.h5"
                self.run_program("whatif", scenario, "--event", event, "--change", "terms.alignment.coefficient=3",
                                 "--replicates", 23, "-o", path, "-q")
                results = bundle_of(self.report(path, "--force"))["results"]
                self.assertEqual([outcome["name"] for outcome in results["outcomes"]],
                                 ["baseline", event, "terms.alignment.coefficient=3"])
                with h5py.File(path) as file:
                    self.assert_outcome(results["outcomes"][0], file)
                    self.assertIsNone(results["outcomes"][0]["activity"])
                    for v, outcome in enumerate(results["outcomes"][1:]):
                        self.assert_outcome(outcome, file, "variant_", (v,))
                        self.assert_difference(results["differences"][v], v, file)
                baseline, own, same = ([event["id"] for event in outcome["events"]]
                                       for outcome in results["outcomes"])
                self.assertEqual((len(own), same), (len(baseline) + 1, baseline))
                self.assertIn(" held at ", results["outcomes"][1]["events"][-1]["what"])

    def assert_difference(self, difference, v, file):
        several = len(difference["authorities"]) > 1
        pairs = file.attrs["replicates"]
        first = file["variant_first_difference"][v]
        self.assertEqual(difference["outcome"], v + 1)
        self.assertEqual(difference["first_difference"], None if first < 0 else first)
        for k, authority in enumerate(difference["authorities"]):
            where = (v, k) if several else (v,)
            for role, ladder in zip(ROLES, authority["ladders"]):
                for r, count in enumerate(ladder["counts"], start=1):
                    for name, variable in (("difference", "count_difference"), ("low", "count_low"),
                                           ("high", "count_high"), ("followers", "followers_difference")):
                        self.assert_near(numbers(count[name]), file[f"{role}_{variable}"][:][where][:, r])
                np.testing.assert_array_equal(ladder["forced"], file[f"{role}_forced"][:][where] != 0)
                joint = np.rint(file[f"{role}_joint"][:][where] * pairs).astype(int)
                higher = np.triu(np.ones(joint.shape[1:], int), 1)
                wanted = {"changed": np.rint(file[f"{role}_changed"][:][where] * pairs).astype(int),
                          "higher": (joint * higher).sum(axis=(1, 2)), "lower": (joint * higher.T).sum(axis=(1, 2))}
                for name, count in wanted.items():
                    np.testing.assert_array_equal(ladder[name], per_mille(count, int(pairs)))

    def test_one_pair_has_no_interval(self):
        path = self.folder / "one.h5"
        self.run_program("whatif", TINY, "--event", "2021-05 recognise BRA", "--replicates", 1, "-o", path, "-q")
        difference, = self.told(path)["results"]["differences"]
        count = difference["authorities"][0]["ladders"][1]["counts"][0]
        self.assertEqual(set(count["low"]), {None})
        self.assertNotIn(None, count["difference"])


class Causes(ReportTest):
    """Decisions and cascades are what the commands say."""

    def test_decisions_are_those_of_explain(self):
        path = self.simulate("out.h5", "--replicates", 24, scenario=CLASSROOM)
        bundle = self.told(path)
        world = bundle["results"]["world"]
        self.assertEqual(len(bundle["decisions"]), 10 * 3 * 6)
        for decision in bundle["decisions"][::29]:
            question = decision["question"]
            ladder = world["ladders"][question["ladder"]]
            answer = self.json_of("explain", path, "--actor", world["actors"][question["actor"]]["id"], "--date",
                                  world["time"]["labels"][question["step"]], "--ladder", ladder["key"])
            choice = answer["choices"][0]
            self.assertEqual(ladder["rungs"][decision["rung"]], choice["rung"])
            self.assertEqual(decision["share"], per_mille(choice["replicates"], 24))
            self.assertEqual(decision["held"], answer["held"] == 24)
            self.assertAlmostEqual(decision["reconsiders"], choice["reconsiders"], delta=0.0005)
            by_rung = {option["rung"]: option for option in choice["options"]}
            for place in range(3):
                rung = decision["rung"] + place - 1
                option = by_rung.get(ladder["rungs"][rung]) if 0 <= rung < len(ladder["rungs"]) else None
                self.assertAlmostEqual(decision["probability"][place], option["probability"] if option else 0,
                                       delta=1e-6)
                if place == 1:
                    continue
                told = decision["utility"][place // 2]
                self.assertEqual(told is None, option is None)
                if option:
                    self.assertAlmostEqual(told, option["utility"], delta=0.0006)
            parts = {row["term"]: row for row in decision["terms"]}
            for row in choice["terms"]:
                for side in ("below", "above"):
                    if row[side] is not None:
                        self.assertAlmostEqual(parts.get(row["term"], {side: 0})[side], row[side], delta=0.001)

    def test_decisions_say_it_in_a_sentence(self):
        decisions = self.told(self.simulate("out.h5", "--replicates", 8))["decisions"]
        for decision in decisions:
            self.assertNotIn("\n", decision["summary"])
            self.assertTrue(decision["summary"].endswith("."))

    def test_cascades_are_those_of_the_command(self):
        path = self.simulate("out.h5", "--replicates", 80, scenario=CLASSROOM)
        bundle = self.told(path)
        cascade, = bundle["cascades"]
        answer = self.json_of("cascade", path, "--replicates", 64, "--top", 1000)
        self.assertEqual((cascade["replicates"], cascade["ladder"], cascade["rung"]), (64, 1, 1))
        for name in ("moves", "followed", "brought"):
            self.assertAlmostEqual(cascade[name], answer[name]["mean"], delta=0.5001e-4)
        ids = [actor["id"] for actor in bundle["results"]["world"]["actors"]]
        by_id = {actor["id"]: actor for actor in answer["actors"]}
        for actor in cascade["actors"]:
            wanted = by_id.pop(ids[actor["actor"]])
            self.assertEqual(actor["from_start"], wanted["from_start"])
            for name in ("moves", "direct", "with_chains"):
                self.assertAlmostEqual(actor[name], wanted[name]["mean"], delta=0.5001e-4)
        for left_out in by_id.values():
            self.assertEqual((left_out["moves"]["mean"], left_out["direct"]["mean"]), (0, 0))
        self.assertLessEqual(len(cascade["edges"]), 60)
        self.assertEqual([(ids[edge["from"]], ids[edge["to"]]) for edge in cascade["edges"]],
                         [(edge["from"], edge["to"]) for edge in answer["edges"][:60]])


class World(ReportTest):
    def test_tells_who_there_is_and_what_was_seen(self):
        bundle = self.told(self.simulate("out.h5", "--replicates", 4))
        world = bundle["results"]["world"]
        self.assertEqual((bundle["format"], bundle["source"]), (1, "out.h5"))
        self.assertEqual(bundle["results"]["seed"], "7")
        self.assertEqual(world["title"], "Tiny world")
        with (TINY / "countries.csv").open(encoding="utf-8") as table:
            rows = list(csv.DictReader(table))
        self.assertEqual([actor["id"] for actor in world["actors"]], [row["iso3"] for row in rows])
        self.assertEqual([event["what"] for event in world["events"]],
                         ["CHA: engagement set to dialogue", "ALF: recognition set to recognised",
                          "DEL: coercion held at pressure"])
        self.assertEqual(world["events"][2]["duration"], 6)
        self.assertEqual((world["knobs"], world["scenario"]), ([], ""))
        replaced = [actor["id"] for actor in world["actors"] if actor["replaced"]]
        self.assertEqual(replaced, [row["iso3"] for row in rows if row["libdem"] == ""])
        with (TINY / "observed.csv").open(encoding="utf-8") as table:
            seen = {(row["iso3"], row["ladder"]) for row in csv.DictReader(table) if row["iso3"] != "*"}
        told = {(world["actors"][row["actor"]]["id"], ROLES[row["ladder"]]) for row in world["observations"]}
        self.assertLessEqual(seen, told)


class Command(ReportTest):
    """What the page names makes the file again."""

    def make_again(self, command):
        words = shlex.split(command)
        self.assertEqual(words[0], "entente")
        words = [str(TINY) if word == "SCENARIO" else word for word in words[1:]]
        self.run_program(*words, "--force")

    def test_of_a_run(self):
        path = self.simulate("my run.h5", "--replicates", 5, "--first-replicate", 3, "--seed", 11)
        self.make_again(self.told(path)["command"])
        self.assert_same_bytes(path, self.folder / "again.h5")

    def test_of_a_what_if(self):
        path = self.folder / "w.h5"
        self.run_program("whatif", TINY, "--event", "2021-05 recognise BRA; 2021-08 set contact ALF", "--change",
                         "terms.alignment.coefficient=3", "--set", "terms.rights.coefficient=2", "--replicates", 6,
                         "--first-replicate", 2, "-o", path, "-q")
        before = path.read_bytes()
        command = self.told(path)["command"]
        self.assertTrue(command.endswith(" -o w.h5"), command)
        self.make_again(command)
        self.assertEqual(path.read_bytes(), before)


class Page(ReportTest):
    def test_asks_nobody(self):
        text = self.report(self.simulate("out.h5", "--replicates", 4)).read_text(encoding="utf-8")
        policy, = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', text)
        rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
        self.assertEqual((rules["default-src"], rules["connect-src"]), ("'none'", "'none'"))
        self.assertEqual(rules["img-src"], "data:")
        self.assertRegex(rules["script-src"], r"^'sha256-[A-Za-z0-9+/=]{44}'$")
        links = Links()
        links.feed(text)
        self.assertTrue(all(link.startswith("data:") for link in links.found), links.found)
        self.assertNotRegex(text, r"url\([\"']?(?:https?:)?//|@import|\bsrcset=")

    def test_is_small(self):
        path = self.simulate("out.h5", "--replicates", 64, scenario=FLAGSHIP)
        page = self.report(path)
        self.assertLess(page.stat().st_size, 1_500_000)
        self.assertEqual(len(bundle_of(page)["results"]["world"]["actors"]), 192)

    def test_has_the_same_bytes_on_one_core(self):
        path = self.simulate("out.h5", "--replicates", 40, scenario=CLASSROOM)
        usual = self.report(path, name="usual.html")
        core = {min(os.sched_getaffinity(0))}
        subprocess.run([self.program, "report", path, "-o", "one.html", "-q"], cwd=self.folder, check=True,
                       preexec_fn=lambda: os.sched_setaffinity(0, core))
        self.assert_same_bytes(usual, self.folder / "one.html")

    def test_is_named_after_the_result_in_the_current_folder(self):
        path = self.simulate("deep.run.h5", "--replicates", 2)
        here = self.folder / "here"
        here.mkdir()
        said = self.run_program("report", path, cwd=here).stdout
        self.assertRegex(said, r"^Report: deep\.run\.html \([0-9.]+ [kM]B\)\n$")
        self.assertEqual(os.listdir(here), ["deep.run.html"])

    def test_replaces_nothing_unless_forced(self):
        path = self.simulate("out.h5", "--replicates", 2)
        page = self.folder / "page.html"
        page.write_text("mine", encoding="utf-8")
        self.assertIn("page.html", self.report_error(path, expect=FILE))
        self.assertEqual(page.read_text(encoding="utf-8"), "mine")
        self.report(path, "--force")
        self.assertTrue(bundle_of(page))
        before = path.read_bytes()
        self.assertIn("the result file; allowed: another name",
                      self.run_program("report", path, "-o", path, "--force", expect=USAGE).stderr)
        self.assertEqual(path.read_bytes(), before)

    def report_error(self, result, expect):
        return self.run_program("report", result, "-o", "page.html", expect=expect).stderr


class Refusals(ReportTest):
    def refused(self, result):
        error = self.run_program("report", result, "-o", "page.html", expect=FILE).stderr
        self.assertNotIn("page.html", self.left_in_folder())
        return error

    def test_studies_have_a_command_of_their_own(self):
        study = self.folder / "study.yaml"
        study.write_text(f"entente: 1\ntitle: T\nquestion: Q?\nscenario: {TINY}\n"
                         "parameters: [{name: p, path: terms.alignment.coefficient, uniform: [0, 3]}]\n"
                         "design: {random: {points: 4, seed: 5}}\nreplicates: 2\n"
                         "measures: {n: {count: {ladder: recognition, rung: recognised}}}\n", encoding="utf-8")
        self.run_program("sweep", study, "-o", "study.h5", "-q")
        self.assertIn("study.h5: found the points of a study, which is for `entente analyse`",
                      self.refused("study.h5"))

    def test_what_is_no_result_file(self):
        self.assertIn("scenario.yaml: not a result file", self.refused(TINY / "scenario.yaml"))
        self.assertIn("missing.h5: cannot be read", self.refused("missing.h5"))

    def test_damaged_files(self):
        path = self.simulate("out.h5", "--replicates", 8)
        data = path.read_bytes()
        path.write_bytes(data[:len(data) // 2])
        self.assertIn("out.h5", self.refused(path))
        for variable in ("recognition_probability", "rights_probability", "engagement_count_quantile"):
            path.write_bytes(data)
            with h5py.File(path, "r+") as file:
                del file[variable]
            with self.subTest(variable):
                self.assertIn(f"out.h5: the results are damaged: /{variable}", self.refused(path))
        path.write_bytes(data)
        with h5py.File(path, "r+") as file:
            file["coercion_probability"][0, 0, 0] = 7
        self.assertIn("the results are damaged: found share 7; allowed: 0 to 1", self.refused(path))


if __name__ == "__main__":
    support.main()
