"""What docs/lessons says is seen: the commands print it, with the scenario's luck and with others.

A table under "Expected" has a row for each observation: what, the number here, and the range that
other seeds give. A comment in the first cell says where the number stands in what the command of
the step prints as JSON, or in the tables that it exports:

    count RUNG                number of actors at or above the rung at the end (whatif: of the baseline)
    share [N] ACTOR RUNG      probability that the actor ends at or above it (whatif: in variant N, 0 the baseline)
    change N RUNG             variant N less the baseline; `followers N RUNG`: of those it does not move itself
    gain N ACTOR RUNG         variant N less the baseline, of the probability
    term NAME SIDE            part of the utility of the rung `below` or `above`; `sum SIDE`: all of it
    chance SIDE               of that rung, given that the actor reconsiders
    needed DRIVER SIDE        value that would have been enough
    outcome [A,B]             probability of what `tip` asks for, if nothing is done or with a coalition
    latest, kept, drawn       of the coalition found: date, share of the cascade that stays, states drawn
    direct A, chains A        moves credited to a state; `moves`, `followed`: of all
    table FILE DATE [RUNG]    value in an exported table; with a rung the sum from there up
"""

import csv
import json
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
LESSONS = sorted((ROOT / "docs/lessons").glob("[0-9]-*.md"))
PROGRAM = str(pathlib.Path(sys.argv.pop(1)).resolve()) if len(sys.argv) > 1 else None
SEEDS = (1, 2)
ROW = re.compile(r"^\| (.*?) <!-- (.*?) --> \| (.*?) \| (.*?) \|$", re.MULTILINE)


def steps(text):
    """Title, commands, variants of the page and rows of each step."""
    body = re.search(r"^## Steps\n(.*?)^## ", text, re.MULTILINE | re.DOTALL)[1]
    for step in re.split(r"^### ", body, flags=re.MULTILINE)[1:]:
        commands = re.findall(r"^```sh\n(.*?)^```", step, re.MULTILINE | re.DOTALL)
        own = re.findall(r"^```yaml variant=(\S+)\n(.*?)^```", step, re.MULTILINE | re.DOTALL)
        yield (step.splitlines()[0], [line for block in commands for line in block.splitlines()],
               own, ROW.findall(step))


def run(command, folder, seed):
    """JSON of a command; None of one that writes tables."""
    words = shlex.split(command)
    assert words[0] == "entente", command
    words[0] = PROGRAM
    if words[1] == "export":
        subprocess.run(words, check=True, cwd=folder, capture_output=True)
        return None
    if seed is not None:
        words += ["--set", f"run.seed={seed}"]
    done = subprocess.run([*words, "--json"], check=True, cwd=folder, capture_output=True, text=True)
    return json.loads(done.stdout)


def at_or_above(probability, rung):
    names = list(probability)
    return sum(probability[name] for name in names[names.index(rung):])


class Printed:
    """Finds numbers in what a command printed."""

    def __init__(self, printed, folder):
        self.printed = printed
        self.folder = folder

    def value(self, selector):
        verb, *words = selector.split()
        return getattr(self, f"_{verb}")(*words)

    def variant(self, number):
        return self.printed["variants"][max(int(number), 1) - 1]["authorities"][0]

    def of_rung(self, authority, rung):
        return next(row for ladder in authority["ladders"].values() for row in ladder["at_or_above"]
                    if row["rung"] == rung)

    def _count(self, rung):
        if "variants" in self.printed:
            return self.of_rung(self.variant(1), rung)["end"]["baseline"]
        return self.of_rung(self.printed["authorities"][0], rung)["mean"]

    def _change(self, number, rung):
        return self.of_rung(self.variant(number), rung)["end"]["difference"]

    def _followers(self, number, rung):
        return self.of_rung(self.variant(number), rung)["followers"]["difference"]

    def _share(self, *words):
        *number, actor, rung = words
        whatif = "variants" in self.printed
        authority = self.variant(number[0]) if whatif else self.printed["authorities"][0]
        found = next(row for row in authority["actors"] if row["id"] == actor)
        key = "probability" if not whatif else "baseline" if number[0] == "0" else "variant"
        return next(at_or_above(ladder[key], rung) for ladder in found["ladders"].values()
                    if rung in ladder[key])

    def _gain(self, number, actor, rung):
        return self._share(number, actor, rung) - self._share("0", actor, rung)

    def _choice(self):
        return self.printed["choices"][0]

    def _term(self, name, side):
        return next(row[side] for row in self._choice()["terms"] if row["term"] == name)

    def _option(self, side):
        names = [option["rung"] for option in self._choice()["options"]]
        place = names.index(self._choice()["rung"]) + {"below": -1, "above": 1}[side]
        return self._choice()["options"][place]

    def _sum(self, side):
        return self._option(side)["utility"]

    def _chance(self, side):
        return self._option(side)["if_reconsidered"]

    def _needed(self, driver, side):
        return next(row["needed"] for row in self._choice()["enough"][side]["drivers"]
                    if row["driver"] == driver)

    def _outcome(self, members=None):
        search = self.printed["coalition"]
        if members is None:
            return self.printed["baseline"]["probability"]
        wanted = sorted(members.split(","))
        return next(row["probability"] for name in ("greedy", "smallest", "undecided")
                    for row in search[name] if sorted(row["members"]) == wanted)

    def _latest(self):
        return self.printed["coalition"]["latest"]["enough"]

    def _kept(self):
        return self.printed["coalition"]["undone"]["kept"]

    def _drawn(self):
        return self.printed["coalition"]["undone"]["others_with"]["difference"]

    def _state(self, actor):
        return next(row for row in self.printed["actors"] if row["id"] == actor)

    def _direct(self, actor):
        return self._state(actor)["direct"]["mean"]

    def _chains(self, actor):
        return self._state(actor)["with_chains"]["mean"]

    def _moves(self):
        return self.printed["moves"]["mean"]

    def _followed(self):
        return self.printed["followed"]["mean"]

    def _table(self, file, date, rung=None):
        with open(self.folder / f"{file}.csv", encoding="utf-8") as text:
            rows = [row for row in csv.DictReader(text) if row["time"] == date]
        if rung is None:
            return float(rows[0]["value"])
        names = [next(row[key] for key in row if key.endswith("_rung")) for row in rows]
        return sum(float(row["value"]) for row in rows[names.index(rung):])


def number(text):
    """Value, unit in which it is told, digits after the point."""
    found = re.fullmatch(r"([-+]?\d+(?:\.(\d+))?)( %)?", text.strip())
    assert found, f"no number: {text}"
    return float(found[1]), 0.01 if found[3] else 1.0, len(found[2] or "")


def range_of(text):
    """Both ends, in units of the value."""
    found = re.fullmatch(r"(\S+) to (\S+?)( %)?", text.strip())
    assert found, f"no range: {text}"
    return [number(end + (found[3] or ""))[0] * (0.01 if found[3] else 1) for end in found.groups()[:2]]


def shown(value, text):
    told, unit, digits = number(text)
    return abs(round(value / unit, digits) - told) < 1e-9


class Lessons(unittest.TestCase):
    def test_there_are_three(self):
        self.assertEqual([path.name[0] for path in LESSONS], ["1", "2", "3"])

    def test_every_observation_is_seen_with_this_and_other_luck(self):
        for path in LESSONS:
            for title, commands, _, rows in steps(path.read_text(encoding="utf-8")):
                self.assertEqual(bool(rows), bool(commands), f"{path.name}: {title}")
                for seed in (None, *SEEDS) if rows else ():
                    with tempfile.TemporaryDirectory() as name:
                        folder = pathlib.Path(name)
                        answers = [run(command, folder, seed) for command in commands]
                        printed = Printed(self.answer(answers), folder)
                        for what, selector, here, elsewhere in rows:
                            with self.subTest(f"{path.name}: {title}: {what}", seed=seed):
                                self.check(printed.value(selector), here, elsewhere, seed)

    def answer(self, answers):
        """What the last command prints that is not there for its tables alone."""
        return [answer for answer in answers if answer is not None][-1]

    def check(self, value, here, elsewhere, seed):
        if isinstance(value, str):  # a date
            low, high = elsewhere.split(" to ")
            self.assertTrue(value == here if seed is None else low <= value <= high, value)
            return
        low, high = range_of(elsewhere)
        self.assertLessEqual(low, number(here)[0] * number(here)[1])
        self.assertGreaterEqual(high, number(here)[0] * number(here)[1])
        if seed is None:
            self.assertTrue(shown(value, here), f"{value}, not {here}")
        else:
            self.assertTrue(low <= value <= high, f"{value}, not {elsewhere}")

    def test_what_the_page_runs_is_what_the_command_runs(self):
        """Variants that the page tries make the same difference as those of the command line."""
        for path in LESSONS:
            for title, commands, own, _ in steps(path.read_text(encoding="utf-8")):
                if not own:
                    continue
                with self.subTest(f"{path.name}: {title}"), tempfile.TemporaryDirectory() as name:
                    folder = pathlib.Path(name)
                    for variant, yaml in own:
                        (folder / f"{variant}.yaml").write_text(yaml, encoding="utf-8")
                    command = next(line for line in commands if line.startswith("entente whatif"))
                    said = run(command, folder, None)
                    words = shlex.split(command)
                    count = words[words.index("--replicates") + 1]
                    files = " ".join(f"{variant}.yaml" for variant, _ in own)
                    tried = run(f"entente whatif {words[2]} {files} --replicates {count}", folder,
                                None)
                    self.assertEqual([v["authorities"] for v in tried["variants"]],
                                     [v["authorities"] for v in said["variants"]])

    def test_a_game_of_class_mode_is_a_variant(self):
        """The file that class mode hands out shows the game again: rungs stay where people put them."""
        game = ROOT / "tools/lab/web/test/class-game.yaml"
        command = f"entente whatif classroom {game} --replicates 1 --first-replicate 7"
        printed = Printed(run(command, ROOT, None), ROOT)
        for actor, rung, share in (("GIA", "ambassador", 1), ("GIA", "recognised", 1),
                                   ("REB", "dialogue", 1), ("REB", "mission", 0),
                                   ("REB", "recognised", 1)):
            self.assertEqual(printed.value(f"share 1 {actor} {rung}"), share, f"{actor}, {rung}")
        end = printed.of_rung(printed.variant(1), "recognised")
        self.assertEqual(end["course"][3]["variant"], end["course"][3]["baseline"])
        self.assertEqual(end["course"][4]["variant"] - end["course"][3]["variant"], 2)

    def test_times_add_up(self):
        for path in LESSONS:
            text = path.read_text(encoding="utf-8")
            whole = int(re.search(r"^minutes: (\d+)$", text, re.MULTILINE)[1])
            parts = sum(int(m) for m in re.findall(r"^##.* \((\d+) minutes\)$", text, re.MULTILINE))
            self.assertEqual(parts, whole, path.name)
            self.assertTrue(30 <= whole <= 45, path.name)


if __name__ == "__main__":
    unittest.main()
