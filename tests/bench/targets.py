"""What the engine is held to, and what a run says about it."""

import dataclasses

from rounds import median, spread


def si(value, unit):
    """Three digits and a prefix."""
    for factor, prefix in ((1e9, "G"), (1e6, "M"), (1e3, "k"), (1, ""), (1e-3, "m"), (1e-6, "µ"),
                           (1e-9, "n")):
        if abs(value) >= 0.9995 * factor:
            return f"{value / factor:#.3g}".rstrip(".") + f" {prefix}{unit}"
    return f"{value / 1e-9:.2g} n{unit}"


SHOW = {
    "ratio": lambda value: f"{value:.3g}x",
    "share": lambda value: f"{100 * value:.1f} %",
    "s": lambda value: si(value, "s"),
    "bytes": lambda value: si(value, "B"),
    "actor-steps/s": lambda value: si(value, "/s"),
    "flop/s": lambda value: si(value, "FLOP/s"),
    "count": lambda value: f"{value:.0f}",
    "rung": lambda value: f"{value:.3f}",
}


@dataclasses.dataclass(frozen=True)
class Target:
    measure: str
    title: str
    floor: float
    aim: float
    lower_is_better: bool = False
    best: bool = False  # the best round counts, not the median
    unit: str = "ratio"

    def value(self, rounds):
        if self.best:
            return min(rounds) if self.lower_is_better else max(rounds)
        return median(rounds)

    def verdict(self, rounds):
        sign = -1 if self.lower_is_better else 1
        value = sign * self.value(rounds)
        if value >= sign * self.aim:
            return "aim met"
        return "floor met" if value >= sign * self.floor else "**floor missed**"


TARGETS = (
    Target("reference/v4 over naive",
           "Reference workload, one core, AVX-512: times naive C++", 40, 95),
    Target("reference/v3 over naive",
           "Reference workload, one core, AVX2: times naive C++", 25, 32),
    Target("reference/v4 over numpy",
           "Reference workload, one core, AVX-512: times batched NumPy", 3.5, 7),
    Target("flagship/entente over numpy plain",
           "Flagship, every term, one core: times batched NumPy of the same model", 5, 15),
    Target("flagship/entente over numpy screened",
           "Flagship, one core: times NumPy that computes only decisions that may be moves", 5, 15),
    Target("threads/2 over 1", "Flagship, two threads: times one thread (best round)", 1.8, 1.95,
           best=True),
    Target("process/rungs in memory extra",
           "Recording every step of the flagship to HDF5 in the page cache, two threads: "
           "extra wall time", 0.2, 0.1,
           lower_is_better=True, unit="share"),
    Target("scaling/actors/1000000 over 1000/sticky",
           "Cost per actor-step, 10^6 sparse actors over 10^3, few move", 2, 1.1,
           lower_is_better=True),
    Target("scaling/actors/1000000 over 1000/lively",
           "Cost per actor-step, 10^6 sparse actors over 10^3, most move", 2, 1.1,
           lower_is_better=True),
    Target("process/run 1000", "`entente run` of the flagship, 1000 replicates, whole process", 1,
           0.5, lower_is_better=True, unit="s"),
    Target("sweep/extra wall",
           "Sweep of the flagship of 2026, 16 replicates a point, all threads: extra wall time over "
           "simulating", 0.05, 0.01, lower_is_better=True, unit="share"),
    Target("memory/100000 replicates",
           "Peak memory of 10^5 replicates of the flagship, summary recording", 500e6, 200e6,
           lower_is_better=True, unit="bytes"),
)


def target_rows(measures, missing):
    """Rows of the table of targets, and the titles of those whose floor is missed or unknown."""
    rows, missed, unknown = [], [], []
    for target in TARGETS:
        show = SHOW[target.unit]
        row = [target.title, show(target.floor), show(target.aim)]
        if target.measure not in measures:
            reason = missing.get(target.measure, "left out")
            rows.append([*row, f"not measured: {reason}", "", "**unknown**"])
            unknown.append(target.title)
            continue
        rounds = measures[target.measure]["rounds"]
        verdict = target.verdict(rounds)
        rows.append([*row, show(target.value(rounds)), " to ".join(map(show, spread(rounds))),
                     verdict])
        if "missed" in verdict:
            missed.append(target.title)
    return rows, missed, unknown
