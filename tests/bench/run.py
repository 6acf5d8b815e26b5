#!/usr/bin/python3
"""Measures the engine and what it is compared with, and writes every number to one JSON file.

    run.py [--build DIR] [--output FILE] [--rounds N] [--quick] [--only PATTERN] [--into FILE]

tools/bench.sh builds what it needs and calls it. Contestants run back to back, round after round,
and ratios are formed within a round (rounds.py). What is missing, NumPy for one, is named in the
file and left out. Exits with 1 where contestants of the reference workload disagree.
"""

import argparse
import functools
import json
import pathlib
import re
import sys
import tempfile
import time

import machine
import measures
from contestants import SOURCE, Lab
from process import Failed
from rounds import Results, median, spread


def show(results, names):
    for name in names:
        rounds = results.measures[name]["rounds"]
        low, high = spread(rounds)
        print(f"  {name:42} {median(rounds):12.5g} {results.measures[name]['unit']:13} "
              f"({low:.4g} to {high:.4g}, {len(rounds)} rounds)", flush=True)


def blas_of(lab):
    try:
        row = lab.choose_blas()
    except Failed as failure:
        return {"numpy": f"missing: {failure}", "blas": "none", "blas_kernels": "none"}
    return {"numpy": row["numpy"], "blas": row["blas"], "blas_kernels": row["kernels"]}


def joined(earlier, run, groups):
    """An earlier run with the numbers of some groups from another, and what that one was."""
    settings, machine_now = run["settings"], run["machine"]
    later = [known for known in earlier["settings"].get("later", [])
             if not set(known["groups"]) <= set(groups)]
    later.append({"groups": groups, **{key: settings[key] for key in ("rounds", "wall", "others")},
                  **{key: machine_now[key] for key in ("cpu", "cores", "project", "date")}})
    measured = {**earlier["measures"], **run["measures"]}
    missing = {name: why for name, why in {**earlier["missing"], **run["missing"]}.items()
               if name not in run["measures"]}
    return {**earlier, "settings": {**earlier["settings"], "later": later},
            "measures": measured, "missing": missing}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=pathlib.Path, default=SOURCE / "build" / "bench")
    parser.add_argument("--output", type=pathlib.Path,
                        help="where the numbers go (performance.json in the build folder)")
    parser.add_argument("--rounds", type=int, default=5, help="at least this often (5)")
    parser.add_argument("--quick", action="store_true",
                        help="two short rounds: whether it works, not how fast it is")
    parser.add_argument("--only", default="", metavar="PATTERN",
                        help="groups whose name matches: " +
                        ", ".join(group.__name__ for group in measures.GROUPS))
    parser.add_argument("--into", type=pathlib.Path, metavar="FILE",
                        help="numbers of an earlier run, of which those of the groups measured now "
                        "are replaced; the page says so")
    options = parser.parse_args()
    rounds = 2 if options.quick else options.rounds
    output = options.output or options.build / "performance.json"

    results, groups = Results(), []
    memory = pathlib.Path("/dev/shm")
    temporary = functools.partial(tempfile.TemporaryDirectory, prefix="entente_bench_")
    with (temporary() as scratch, temporary(dir=memory if memory.is_dir() else None) as in_memory):
        lab = Lab(options.build.resolve(), scratch, in_memory, rounds, options.quick)
        described = {**machine.describe(SOURCE, lab.build), **blas_of(lab)}
        begin, others = time.monotonic(), machine.Others()
        for group in measures.GROUPS:
            if not re.search(options.only, group.__name__):
                continue
            print(group.__name__, flush=True)
            groups.append(group.__name__)
            known = set(results.measures)
            try:
                group(lab, results)
            except measures.Disagreement as failure:
                sys.exit(f"run.py: the contestants of {group.__name__} disagree: {failure}")
            show(results, [name for name, measure in results.measures.items()
                           if name not in known and measure["unit"] != "count"])
        wall = time.monotonic() - begin
    for name, reason in results.missing.items():
        print(f"missing: {name}: {reason}")
    output.parent.mkdir(parents=True, exist_ok=True)
    run = {"machine": described,
           "settings": {"rounds": rounds, "quick": options.quick, "wall": round(wall),
                        "others": others.processors()},
           "measures": results.measures, "missing": results.missing}
    if options.into:
        run = joined(json.loads(options.into.read_text(encoding="utf-8")), run, groups)
    output.write_text(json.dumps(run, indent=1) + "\n", encoding="utf-8")
    print(f"{output} ({wall:.0f} s)")


if __name__ == "__main__":
    main()
