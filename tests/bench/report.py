#!/usr/bin/python3
"""Writes docs/performance.md from the numbers of a run, and from nothing else.

    report.py PERFORMANCE.json > docs/performance.md
"""

import json
import pathlib
import sys
import textwrap

from hot_spots import PARTS
from rounds import extra, median, spread
from targets import SHOW, target_rows

BUSY = 0.1  # processors; beyond that others disturb what is measured

HEAD = """\
# Performance

This page is generated from [performance.json](performance.json), which one run of `tools/bench.sh`
wrote, but for sections that say otherwise; tests/bench/report.py is the generator and no number is
set by hand. An *actor-step* is one actor in one month of one history, with all its decisions.
Contestants ran back to back, round after round: a ratio is formed within a round, and tables show
the median with the range over rounds.
"""

REFERENCE = """\
The reference workload (tests/bench/reference/): 200 actors who all look at each other, one ladder
of six rungs, 520 monthly steps in which more than half of the decisions are changes. *Naive C++* is
an array of structs with scalar loops in double; *batched NumPy* keeps many replicates in float32
arrays, so that the relations are one matrix product. Both are hard-coded for this workload, the
engine reads it as a scenario. All agree on where actors end and on how often they move, within
sampling error; the runner stops where they do not. The naive program is compiled with -O3
-march=native, the engine with the flags that keep its results the same on every machine.
"""

FLAGSHIP = """\
The flagship (scenarios/afghanistan-2021) with every term, event and recorded count, on one core.
The NumPy model computes the same histories, draw for draw, which a test checks.
"""

BOUNDS = """\
Shares of the time on one core, from a sampling profile of the same program (perf), setting up left
out. The largest world of sparse relations shows what a world pays that no cache holds: those who
look at a mover lie anywhere in memory, and tables of a million actors are read anew at every step.
"""

SWEEP = """\
The study scenarios/afghanistan-2026/studies/2-coefficients.yaml: 16 replicates at each point, the
coefficients drawn anew. *Simulating* is given the models and throws the histories away; *sweeping*
makes the models, measures, sums up, and commits chunks that are synced to the disk. Both take turns
at the same points, with all threads; processor time is that of all threads together.
"""

PIECES = """\
Pieces measured alone, on data in the cache, at the highest level of vector code:
"""

SPARSE = """\
Worlds of sparse relations: everyone looks at 50 others, chosen at random. One core, and as many
replicates as make a million actors in all, but at least 16.
"""

CAVEATS = """\
- One machine, named above, and shared with others: the same program varies by tens of percent from
  one minute to the next. Ratios of one run are worth more than speeds, and both say little about
  another processor.
- The reference workload is made up. In worlds with few actors, with several authorities or with
  many events, other parts of a step weigh more.
- Rivals were written by us: carefully, but nobody has tuned them for a living.
- The engine syncs a result file before it names it. Recording is therefore measured in a file
  system in memory, which tells the engine's own cost, and once on the disk that is there.
- The least peaks of memory are those of the interpreter that started the program.
"""


def rate(speed):
    return SHOW["actor-steps/s"](speed)


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(map(str, line)) + " |\n" for line in lines) + "\n"


class Page:
    """The sections, each from the measures that are there."""

    def __init__(self, run):
        self.measures = run["measures"]
        self.missing = run["missing"]
        self.machine = run["machine"]
        self.settings = run["settings"]

    def rounds(self, name):
        return self.measures.get(name, {"rounds": []})["rounds"]

    def median(self, name):
        """None where it was not measured."""
        return median(self.rounds(name)) if self.rounds(name) else None

    def cells(self, name):
        """Median and range as text."""
        if not self.rounds(name):
            return ["not measured", ""]
        show = SHOW[self.measures[name]["unit"]]
        return [show(self.median(name)), " to ".join(map(show, spread(self.rounds(name))))]

    def rows(self, titles):
        return [[title, *self.cells(name)] for name, title in titles]

    def targets(self):
        rows, missed, unknown = target_rows(self.measures, self.missing)
        text = table(["measure", "floor", "aim", "measured", "range", "verdict"], rows)
        for titles, words in ((missed, "Floors missed"), (unknown, "Not known from this run")):
            if titles:
                text += f"**{words}:** " + "; ".join(titles) + ".\n\n"
        if not missed and not unknown:
            text += "No floor is missed.\n\n"
        return text

    def speeds(self):
        rows = [[*row, self.cells(f"{name}/mean_final_rung")[0],
                 self.cells(f"{name}/share_of_changes")[0]]
                for name, title in (
                    ("reference/naive", "naive C++"), ("reference/numpy", "batched NumPy"),
                    ("reference/v3", "entente, AVX2"), ("reference/v4", "entente, AVX-512"))
                for row in self.rows([(name, title)])]
        return REFERENCE + "\n" + table(
            ["reference workload, one core", "actor-steps", "range", "mean final rung", "changes"],
            rows) + FLAGSHIP + "\n" + table(
            ["flagship, one core", "actor-steps", "range"], self.rows((
                ("flagship/numpy plain", "batched NumPy"),
                ("flagship/numpy screened", "the same, only decisions that may be moves"),
                ("flagship/threads:1", "entente"))))

    def profiles(self):
        """Shares of time, one column per world."""
        worlds = list(dict.fromkeys(name.removeprefix("profile/").rsplit("/", 1)[0]
                                    for name in self.names("profile/")))
        if not worlds:
            return "Not measured: no profiler.\n\n"
        titles = {"reference/v4": "reference workload", "flagship/threads:1": "flagship"}
        heads = [titles.get(world, f"{int(world.split('/')[2]):,} sparse actors"
                            if world.startswith("scaling") else world) for world in worlds]
        rows = []
        for part, _ in PARTS:
            cells = [self.median(f"profile/{world}/{part}") for world in worlds]
            if any(cell is not None for cell in cells):
                rows.append([part, *("" if cell is None else f"{100 * cell:.0f} %"
                                     for cell in cells)])
        return table(["part", *heads], rows)

    def pieces(self):
        rows = [(f"pieces/{name}", title) for name, title in (
            ("philox", "a random word (Philox)"), ("exp", "an exponential"),
            ("choice", "a choice: two exponentials and the draw"),
            ("relations/lively", "sums over relations, reference workload, per actor"))]
        return PIECES + "\n" + table(["piece", "each", "range"], self.rows(rows))

    def limits(self):
        level = "v4" if self.rounds("machine/fma/v4") else "v3"
        peak, speed = self.median(f"machine/fma/{level}"), self.median(f"reference/{level}")
        text = table(["single-precision arithmetic, one core", "measured", "range"], self.rows((
            (f"machine/fma/{level}", "multiply-adds in registers"),
            ("machine/sgemm/large", "NumPy's BLAS, large matrices"),
            ("machine/sgemm/reference", "NumPy's BLAS, in the shape of the reference workload"))))
        if peak is None or speed is None:
            return text
        flop = 2 * self.median(f"reference/{level}/actors")
        words = (f"A dense float32 product takes {flop:.0f} operations per actor-step of the "
                 f"reference workload, so this core's multiply-adds allow {rate(peak / flop)} "
                 "at most for the relations alone")
        product = self.median("machine/sgemm/reference")
        if product is not None:
            words += f", and NumPy's BLAS {rate(product / flop)}"
        words += (f". The whole step of the engine reaches {rate(speed)}, "
                  f"{100 * speed * flop / peak:.0f} % of the limit.")
        return text + textwrap.fill(words, 100) + "\n\n"

    def bounds(self):
        return BOUNDS + "\n" + self.profiles() + self.pieces() + self.limits()

    def scaling(self):
        sizes = sorted({int(name.split("/")[2]) for name in self.names("scaling/actors/")
                        if name.split("/")[2].isdigit()})
        rows = []
        for size in sizes:
            row = [f"{size:,}"]
            for kind in ("sticky", "lively"):
                name = f"scaling/actors/{size}/{kind}"
                changes = self.median(f"{name}/changes")
                row += [self.cells(name)[0], SHOW["share"](changes) if changes is not None else ""]
            peak = self.median(f"scaling/actors/{size}/sticky/peak")
            rows.append([*row, SHOW["bytes"](peak) if peak is not None else ""])
        text = SPARSE + "\n" + table(
            ["actors", "few move", "changes", "most move", "changes", "peak memory"], rows)
        text += table(["flagship, replicates on one core", "actor-steps", "range"], self.rows(
            (name, name.rsplit("/", 1)[1]) for name in self.measured("scaling/replicates/")))
        return text + table(["flagship, threads", "actor-steps", "range"], self.rows(
            (f"threads/{count}", count) for count in self.thread_counts())) + table(
            ["over one thread", "median", "range"], self.rows(
                (f"threads/{count} over 1", count) for count in self.thread_counts()[1:]))

    def names(self, prefix):
        return [name for name in (*self.measures, *self.missing) if name.startswith(prefix)]

    def measured(self, prefix):
        """Speeds alone, by the number at the end of their names."""
        names = {name for name in self.names(prefix) if name.rsplit("/", 1)[1].isdigit()}
        return sorted(names, key=lambda name: int(name.rsplit("/", 1)[1]))

    def thread_counts(self):
        return [name.rsplit("/", 1)[1] for name in self.measured("threads/")]

    def recording(self):
        base = self.rounds("recording/nothing")
        rows = []
        for kind, title in (("summary", "counts in memory"), ("file/summary", "counts in a file"),
                            ("file/rungs", "every rung in a file"),
                            ("file/full", "every decision in a file")):
            name = f"recording/{kind}"
            # Speeds: the time that is lost shows in the ratio the other way round.
            lost = extra(base, self.rounds(name)) if base else []
            rows.append([title, *self.cells(name), SHOW["share"](median(lost)) if lost else ""])
        return table(["recording in memory, all threads", "actor-steps", "range", "extra time"], [
            ["nothing", *self.cells("recording/nothing"), ""], *rows]) + table(
            ["whole process, two threads", "wall", "range"], self.rows((
                ("process/no file", "no file"),
                ("process/rungs in memory", "every rung, file in memory"),
                ("process/rungs in memory extra", "extra"),
                ("process/rungs on disk", "every rung, file on disk, until it is written there"),
                ("process/rungs on disk extra", "extra"))))

    def memory(self):
        peaks = [(name, f"{int(name.split('/')[1].split()[0]):,} replicates of the flagship, peak")
                 for name in self.names("memory/") if name.endswith(" replicates")]
        return table(["memory", "measured", "range"], self.rows((
            *peaks, ("memory/per replicate", "each further replicate"),
            ("memory/per actor and replicate under way",
             "each actor of each replicate that is under way"))))

    def load(self):
        return table(["to a simulation that is ready to run", "time", "range"], self.rows((
            ("load/flagship/scenario", "flagship, reading its files"),
            ("load/flagship/simulation", "flagship, laying out tables"),
            ("load/sparse/10000", "10,000 sparse actors, made and laid out"),
            ("process/start", "the program: start and end"),
            ("process/one replicate", "the program: one replicate of the flagship"),
            ("process/run 1000", "the program: 1000 replicates of the flagship"))))

    def sweep(self):
        names = ("sweep/simulation", "sweep/histories", "sweep/model", "sweep/measures",
                 "sweep/commit")
        medians = [self.median(name) for name in names]
        whole = sum(medians) if None not in medians else None
        shares = [SHOW["share"](value / whole) if whole else "" for value in medians]
        titles = ("laying out its tables", "its histories", "making its model",
                  "measures and their summaries", "its share of committing a chunk")
        return self.later("sweep") + SWEEP + "\n" + table(
            ["a point of a sweep, all threads", "each", "range"], self.rows((
                ("sweep/simulating wall", "simulating"), ("sweep/sweeping wall", "sweeping"),
                ("sweep/extra wall", "extra"),
                ("sweep/simulating processor", "simulating, processor time"),
                ("sweep/sweeping processor", "sweeping, processor time"),
                ("sweep/extra processor", "extra, processor time")))) + table(
            ["parts of a point, one thread", "each", "range", "share"],
            [[*row, share] for row, share in zip(self.rows(zip(names, titles)), shares)]) + table(
            ["before the first point", "time", "range"], self.rows((
                ("sweep/load", "reading the study"),
                ("sweep/start", "finding where parameters act, all threads"),
                ("sweep/before the first point", "both, as a share of sweeping 10,000 points"))))

    def later(self, group):
        """Where a group's numbers are not from the run of the others: what they are from."""
        lines = [f"Measured apart from the rest: {run['project']}, {run['date']}, {run['rounds']} "
                 f"rounds in {run['wall']} s on {run['cores']} cores of {run['cpu']}, of which "
                 f"others used {run['others']}."
                 for run in self.settings.get("later", []) if group in run["groups"]]
        return "".join(textwrap.fill(line, 100) + "\n\n" for line in lines[-1:])

    def machine_table(self):
        m = self.machine
        rows = [["processor", f"{m['cpu']}, family {m['family']}, model {m['model']}" +
                 (", virtual" if m["virtual"] else "")],
                ["cores", m["cores"]],
                ["caches", ", ".join(f"{name} {size}" for name, size in m["caches"].items())],
                ["instructions", " ".join(m["flags"])],
                ["memory", SHOW["bytes"](m["memory_bytes"])],
                ["system", f"{m['system']}, Linux {m['kernel']}"],
                ["compiler", f"{m['compiler']}, `{m['compiler_flags']}`"],
                ["NumPy", f"{m['numpy']}, Python {m['python']}, one thread"],
                ["BLAS", f"{m['blas']}, kernels: {m['blas_kernels']}"],
                ["entente", f"{m['project']}, measured {m['date']}, "
                            f"{self.settings['rounds']} rounds in {self.settings['wall']} s"],
                ["others", f"used {self.settings['others']} processors while it ran"]]
        return table(["", ""], rows)

    def text(self):
        parts = [HEAD + "\n"]
        if self.settings["others"] > BUSY:
            parts.append(f"**Others used {self.settings['others']} processors during this run: "
                         "measure again when the machine is quiet.**\n\n")
        if self.missing:
            parts.append("Could not be measured in this run:\n\n" + "".join(
                f"- {name}: {reason}\n" for name, reason in self.missing.items()) + "\n")
        if self.settings["quick"]:
            parts.append("**A quick run, to see that it works: these numbers mean nothing.**\n\n")
        for title, body in (
                ("What is asked for, and what was measured", self.targets()),
                ("Speeds", self.speeds()), ("What bounds it", self.bounds()),
                ("Scaling", self.scaling()), ("Recording", self.recording()),
                ("Memory", self.memory()), ("Loading", self.load()), ("Sweeping", self.sweep()),
                ("The machine", self.machine_table()),
                ("Repeating it", "    tools/bench.sh            # minutes\n"
                 "    tools/bench.sh --quick    # seconds: whether it works; writes no page\n"
                 "    tools/bench.sh --later sweep    # one group, into the page that is there\n\n"),
                ("Caveats", CAVEATS)):
            parts.append(f"## {title}\n\n{body.rstrip()}\n\n")
        return "".join(parts).rstrip() + "\n"


def main():
    run = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(Page(run).text())


if __name__ == "__main__":
    main()
