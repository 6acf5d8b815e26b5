"""Where a run spends its time, by Linux's sampling profiler, where there is one."""

import re

import process

# The first pattern that a symbol matches says what it is for; symbols of setting up a world match
# none and do not count.
PARTS = (
    ("luck", r"philox|random::words|Workspace::draw"),
    ("who may move", r"find_flags|take_flagged|take_movable|worth_picking|draw_limit"),
    ("choice", r"detail::choose|math::exp"),
    ("sums over relations", r"kernels::.*product|FieldUpdate|for_rows|find_movers|list_steps"
                            r"|detail::.*follow|refold_relations"),
    ("utilities", r"start_utilities|affine_by_table|add_profile|pick_fixed|add_intensities"
                  r"|sum_utilities|intensity|refresh_fixed"),
    ("drivers", r"Workspace::|BlockDrivers|compute_drivers|opportunities|AuthorityRows"),
    ("counting for the summary", r"CountRows|Capture::|Summary::|transpose"),
    ("armed groups and authorities", r"strike|drift_activity|poisson|decide_authority|decide_ladder"
                                     r"|world_sums|normal_quantile|BlockSums|LaneWords"),
    ("events and bodies", r"apply_events|change_state|refold|refresh_activity|conditions|count_at"
                          r"|decide_bodies|apply_pins|move_series|require"),
    ("memory: pages, copies, zeros", r"^\[k\]|mem(cpy|move|set|cmp|chr)|malloc|_int_free|cfree"),
    ("other parts of the engine", r"entente::detail::|entente::lanes::|entente::kernels::"),
)
# The reader of scenarios and the makers of worlds.
SETTING_UP = re.compile(r"RelationRows|Relation::|CompiledModel|Candidates|Triplet|sparse_world"
                        r"|mersenne|introsort|ResultFile|keep_largest|io::|Outcome")


def shares(report):
    """Share of time by part, from the lines `12.34%  [.] symbol` of a report."""
    percent = {}
    for line in report.splitlines():
        match = re.match(r"\s*([\d.]+)%\s+(\[.\] .*)", line)
        if not match or SETTING_UP.search(match[2]):
            continue
        symbol = match[2] if match[2].startswith("[k]") else match[2].removeprefix("[.] ")
        part = next((part for part, pattern in PARTS if re.search(pattern, symbol)), None)
        if part is not None:
            percent[part] = percent.get(part, 0.0) + float(match[1])
    whole = sum(percent.values())
    return {part: value / whole for part, value in percent.items()} if whole else {}


def profile(lab, name):
    """Shares of time of one benchmark.

    Raises Failed where there is no profiler, or it may not be used.
    """
    data = lab.scratch / "perf.data"
    process.run(["perf", "record", "-q", "-o", data, lab.build / "bin" / "entente_bench",
                 f"--benchmark_filter=^{name}(/real_time)?$",
                 f"--benchmark_min_time={lab.size(2, 0.05)}"])
    text, _, _ = process.run(["perf", "report", "-i", data, "--stdio", "--no-children",
                              "--sort", "symbol", "--percent-limit", "0.05"])
    data.unlink()
    return shares(text)
