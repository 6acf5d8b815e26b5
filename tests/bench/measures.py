"""What is measured, group by group. Within a group contestants take turns, round after round."""

import hot_spots
from process import Failed
from rounds import agree, extra, ratios, slope

STEPS = "actor-steps/s"
SIZES = (100, 1000, 10_000, 100_000, 1_000_000)
REPLICATES = (1, 8, 64, 512, 4096)


class Disagreement(Exception):
    """Contestants compute different things: their speeds say nothing."""


def take_turns(lab, results, contestants):
    """Calls every contestant once per round; one that fails is left out from then on."""
    for _ in range(lab.rounds):
        for name, contestant in contestants.items():
            if name in results.missing:
                continue
            try:
                contestant()
            except Failed as failure:
                results.miss(name, str(failure))


def speed_of(lab, results, name, **options):
    """A contestant: the speed of one benchmark of the engine."""
    def measure():
        row = lab.bench_one(name, **options)
        results.add(name, STEPS, row["actor_steps_per_s"])
        if f"{name}/actors" not in results.measures:
            results.add(f"{name}/actors", "count", row["actors"])
            results.add(f"{name}/decisions", "count", row["decisions_per_actor_step"])
        return row
    return measure


def reference(lab, results):
    """The reference workload, one core: naive C++, NumPy, and the engine's two levels."""
    outcomes = {}

    def keep(name, row):
        outcomes.setdefault(name, row)
        return row

    def other(name, contestant):
        def measure():
            row = keep(name, contestant())
            results.add(name, STEPS, row["actor_steps_per_s"])
        return measure

    def engine(name):
        measure = speed_of(lab, results, name)
        return lambda: keep(name, measure())

    take_turns(lab, results, {
        "reference/naive": other("reference/naive", lab.naive),
        "reference/v4": engine("reference/v4"),
        "reference/numpy": other("reference/numpy", lab.numpy_reference),
        "reference/v3": engine("reference/v3")})
    check_agreement(outcomes)
    for name, row in outcomes.items():
        results.add(f"{name}/mean_final_rung", "rung", row["mean_final_rung"])
        results.add(f"{name}/share_of_changes", "share", row["share_of_changes"])
    for level in ("v4", "v3"):
        for base in ("naive", "numpy"):
            results.add_rounds(f"reference/{level} over {base}", "ratio", ratios(
                results.rounds(f"reference/{level}"), results.rounds(f"reference/{base}")))


def check_agreement(outcomes):
    for quantity in ("mean_final_rung", "share_of_changes"):
        means = [row[quantity] for row in outcomes.values()]
        errors = [row[f"{quantity}_error"] for row in outcomes.values()]
        if not agree(means, errors):
            found = ", ".join(f"{name} {row[quantity]:.4f} +- {row[f'{quantity}_error']:.4f}"
                              for name, row in outcomes.items())
            raise Disagreement(f"{quantity}: {found}")


def flagship(lab, results):
    """The flagship with every term, one core, against the same model in NumPy, twice: as it is
    written down, and by somebody who computes only the decisions that may be moves."""
    methods = ("plain", "screened")

    def other(method):
        def measure():
            row = lab.numpy_flagship(method)
            results.add(f"flagship/numpy {method}", STEPS, row["actor_steps_per_s"])
        return measure

    take_turns(lab, results, {
        "flagship/numpy plain": other("plain"),
        "flagship/threads:1": speed_of(lab, results, "flagship/threads:1"),
        "flagship/numpy screened": other("screened")})
    for method in methods:
        results.add_rounds(f"flagship/entente over numpy {method}", "ratio", ratios(
            results.rounds("flagship/threads:1"), results.rounds(f"flagship/numpy {method}")))


def threads(lab, results):
    """The flagship by threads; each round is one process, so that pairs are back to back."""
    def measure():
        rows = lab.bench(["flagship/threads:.*"])
        one = rows["flagship/threads:1"]["actor_steps_per_s"]
        for name, row in rows.items():
            count = name.split(":")[1]
            results.add(f"threads/{count}", STEPS, row["actor_steps_per_s"])
            if count != "1":
                results.add(f"threads/{count} over 1", "ratio", row["actor_steps_per_s"] / one)

    take_turns(lab, results, {"threads": measure})


def actors(lab, results):
    """Worlds of growing size, 50 neighbours each, one core."""
    def size(name):
        def measure():
            row = lab.bench_one(name, timeout=lab.size(240, 60), seconds=0.1)
            results.add(name, STEPS, row["actor_steps_per_s"])
            results.add(f"{name}/changes", "share", row["share_of_changes"])
            results.add(f"{name}/peak", "bytes", row["peak"])
        return measure

    sizes = SIZES[:lab.size(5, 3)]
    for kind in ("sticky", "lively"):
        names = [f"scaling/actors/{count}/{kind}" for count in sizes]
        take_turns(lab, results, {name: size(name) for name in names})
        growth = f"scaling/actors/{sizes[-1]} over 1000/{kind}"
        results.add_rounds(growth, "ratio", ratios(
            results.rounds(f"scaling/actors/1000/{kind}"), results.rounds(names[-1])))
        if names[-1] in results.missing:
            results.miss(growth, results.missing[names[-1]])


def replicates(lab, results):
    names = [f"scaling/replicates/{count}" for count in REPLICATES]
    take_turns(lab, results, {name: speed_of(lab, results, name, seconds=0.2) for name in names})


def recording(lab, results):
    """What keeping results adds: inside one process by benchmark, and to the whole program."""
    kinds = ("nothing", "summary", "file/summary", "file/rungs", "file/full")

    def inside():
        rows = lab.bench([f"recording/{kind}" for kind in kinds])
        for name, row in rows.items():
            results.add(name, STEPS, row["actor_steps_per_s"])

    count = lab.size(24576, 256)  # seconds: opening a file should not count

    def without():
        results.add("process/no file", "s", lab.run_flagship(count, "--threads", 2)[0])

    def with_file(where, folder):
        def measure():
            output = folder / "recording.h5"
            wall = lab.run_flagship(count, "--threads", 2, "--record", "rungs", "-o", output)[0]
            results.add(f"process/rungs {where}", "s", wall)
            output.unlink()
        return measure

    take_turns(lab, results, {
        "recording": inside, "process/no file": without,
        "process/rungs in memory": with_file("in memory", lab.in_memory),
        "process/rungs on disk": with_file("on disk", lab.scratch)})
    for where in ("in memory", "on disk"):
        results.add_rounds(f"process/rungs {where} extra", "share", extra(
            results.rounds(f"process/rungs {where}"), results.rounds("process/no file")))


def load(lab, results):
    """From files to a simulation, and the shortest runs of the program."""
    def inside():
        for name, row in lab.bench(["load/.*"]).items():
            results.add(name, "s", row["seconds"])

    def start():
        results.add("process/start", "s", lab.entente("--version")[0])

    def one_replicate():
        results.add("process/one replicate", "s", lab.run_flagship(1)[0])

    def thousand():
        results.add("process/run 1000", "s", lab.run_flagship(1000)[0])

    take_turns(lab, results, {"load": inside, "process/start": start,
                              "process/one replicate": one_replicate,
                              "process/run 1000": thousand})


def sweep(lab, results):
    """What a sweep's machinery adds to simulating its points, its chunks synced on the disk that is
    there; what the parts of a point cost on one thread; and what comes before the first point."""
    def overhead():
        row = lab.bench_one("sweep/overhead", seconds=lab.size(8, 0.01), folder=lab.scratch)
        for kind, suffix in (("wall", ""), ("processor", "_processor")):
            simulating, sweeping = row["simulating" + suffix], row["sweeping" + suffix]
            results.add(f"sweep/extra {kind}", "share", sweeping / simulating - 1)
            for name, value in (("simulating", simulating), ("sweeping", sweeping)):
                results.add(f"sweep/{name} {kind}", "s", value / row["points"])

    def parts():
        names = [f"sweep/{part}" for part in ("model", "simulation", "histories", "measures",
                                              "commit", "load", "start")]
        for name, row in lab.bench(names, folder=lab.scratch).items():
            # A commit is of a chunk: every row bears its share.
            results.add(name, "s", row["seconds"] / row.get("rows", 1))

    take_turns(lab, results, {"sweep/overhead": overhead, "sweep/parts": parts})
    points = 10_000
    results.add_rounds("sweep/before the first point", "share", [
        (load + start) / (points * each) for load, start, each in zip(
            *map(results.rounds, ("sweep/load", "sweep/start", "sweep/sweeping wall")))])


def memory(lab, results):
    """Peaks of whole processes."""
    few, many = 1000, lab.size(100_000, 4000)
    output = lab.scratch / "memory.h5"

    def summary():
        peaks = [lab.run_flagship(count, "--record", "summary", "-o", output, "--force")[1]
                 for count in (few, many)]
        results.add(f"memory/{many} replicates", "bytes", peaks[1])
        results.add("memory/per replicate", "bytes", slope((few, peaks[0]), (many, peaks[1])))

    def tiles():
        # One thread and tiles of two widths: what the replicates that are under way take.
        narrow, wide = 64, 1024
        peaks = [lab.run_flagship(4 * wide, "--threads", 1, "--lanes", width)[1]
                 for width in (narrow, wide)]
        count = lab.bench_one("scaling/replicates/1", seconds=0.01)["actors"]
        results.add("memory/per actor and replicate under way", "bytes",
                    slope((narrow, peaks[0]), (wide, peaks[1])) / count)

    take_turns(lab, results, {"memory/replicates": summary, "memory/tiles": tiles})


def pieces(lab, results):
    """What a step is made of, and what the machine could do at most."""
    def parts():
        for name, row in lab.bench(["pieces/.*"]).items():
            results.add(name, "s", row["seconds_per_element"])

    def peak(name):
        return lambda: results.add(name, "flop/s", lab.bench_one(name, seconds=0.1)["flop_per_s"])

    def product():
        row = lab.sgemm()
        for shape in ("large", "reference"):
            results.add(f"machine/sgemm/{shape}", "flop/s", row[shape])

    take_turns(lab, results, {
        "pieces": parts, "machine/fma/v4": peak("machine/fma/v4"),
        "machine/fma/v3": peak("machine/fma/v3"), "machine/sgemm": product})


def profiles(lab, results):
    """Which parts of a step take its time, where the system has a profiler."""
    worlds = ["reference/v4", "flagship/threads:1",
              f"scaling/actors/{SIZES[:lab.size(5, 3)][-1]}/sticky"]
    for world in worlds:
        try:
            for part, share in hot_spots.profile(lab, world).items():
                results.add(f"profile/{world}/{part}", "share", share)
        except Failed as failure:
            results.miss(f"profile/{world}", str(failure))


GROUPS = (reference, flagship, threads, load, sweep, recording, memory, pieces, replicates, actors,
          profiles)
