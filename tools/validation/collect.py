#!/usr/bin/python3
"""Runs the program on the validation cases and writes all that the page is made from to one file.

    collect.py --program build/validation/bin/entente --output docs/validation.json [--quick]

Everything in the file follows from the program and the scenarios: no times, no paths, no machine.
Numbers keep six significant digits.
"""

import argparse
import hashlib
import json
import math
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
CASES = ("afghanistan-2021", "kosovo-2008", "abkhazia-2008", "taliban-1996")
QUICK_CASES = ("kosovo-2008", "taliban-1996")
QUICK_BACKTEST = ("--replicates", "20", "--every", "24", "--horizon", "6", "--horizon", "12")
POOLED = "pooled"
ACTORS_KEPT = 20
FIT_KEYS = ("cases", "decisions", "moves", "log_likelihood", "rates_log_likelihood",
            "effective_parameters", "aic", "bic", "condition", "prior_scale", "validation",
            "disposition_scale", "disposition_validation", "warnings", "estimates", "dispositions",
            "goodness")
BACKTEST_KEYS = ("cases", "horizons", "first", "every", "replicates", "together", "scores",
                 "calibration")


class Failed(Exception):
    """The program did not do what it was asked; the text says what it said."""


class Program:
    def __init__(self, path):
        self.path = pathlib.Path(path).resolve()

    def text(self, *arguments):
        done = subprocess.run([self.path, *arguments], cwd=ROOT, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise Failed(f"entente {' '.join(arguments)}: exit {done.returncode}\n{done.stderr}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.text(*arguments, "--json"))


def rounded(value):
    """Six significant digits; what is not finite is null."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [rounded(part) for part in value]
    if isinstance(value, float):
        return float(f"{value:.6g}") if math.isfinite(value) else None
    return value


def section(text, title):
    """The paragraph below a heading of `entente describe`, on one line; empty without it."""
    found = re.search(rf"^{title}\n((?:  .*\n?)+)", text, re.MULTILINE)
    return " ".join(found.group(1).split()) if found else ""


def terms_of(program):
    """What is expected of each term, and who says so."""
    terms = {}
    for one in program.json("list", "terms"):
        text = program.text("describe", one["name"])
        terms[one["name"]] = {"title": one.get("title", ""),
                              "expected": section(text, "Expected sign"),
                              "source": section(text, "Source")}
    return terms


def inputs_of(cases):
    """A fingerprint of every file that the cases may read."""
    total = hashlib.sha256()
    for folder in (*cases, "data"):
        for path in sorted((ROOT / "scenarios" / folder).rglob("*")):
            if path.suffix in (".yaml", ".csv"):
                total.update(path.relative_to(ROOT).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()[:16]


def data_of(program, case, fit):
    time = program.json("run", case, "--replicates", "1")["time"]
    row = fit["cases"][0]
    return {"name": case, "title": row.get("title", case), "start": time["start"],
            "end": time["end"], "step": time["step"], "steps": time["steps"],
            **{key: row.get(key) for key in ("actors", "observations")},
            "decisions": fit["decisions"], "moves": fit["moves"]}


def fit_of(program, name, arguments, goodness=()):
    """`goodness`: arguments that ask for simulations under the estimates."""
    fit = program.json("fit", *arguments, *goodness)
    for ladder in fit.get("goodness", {}).get("ladders", []):
        del ladder["actors"][ACTORS_KEPT:]  # the worst come first
    return {"name": name, **{key: fit[key] for key in FIT_KEYS if key in fit}}


def histories(cases):
    return [cases[0], *(part for case in cases[1:] for part in ("--history", case))]


def numbers_of(numbers):
    """Means over counts or waits of one case and horizon: what they lose and how often intervals
    hold what happened."""
    groups = {}
    for one in numbers:
        groups.setdefault((one["case"], one["what"], one["horizon"]), []).append(one)
    rows = []
    for (case, what, horizon), members in groups.items():
        methods = {}
        for method in members[0]["methods"]:
            scores = [member["methods"][method] for member in members]
            methods[method] = {"crps": sum(s["crps"] for s in scores) / len(scores),
                               "in_50": sum(bool(s["in_50"]) for s in scores),
                               "in_90": sum(bool(s["in_90"]) for s in scores)}
        rows.append({"case": case, "what": what, "horizon": horizon, "numbers": len(members),
                     "methods": methods})
    return rows


def recognitions_of(backtest):
    """Numbers of states that recognise: what was forecast from each origin and what came."""
    steps = {(one["case"], one["date"]): one["step"] for one in backtest.get("origins", [])}
    rows = []
    for one in backtest.get("numbers", []):
        origin = (one["case"], one["origin"])
        if one["what"] == "count" and one["ladder"] == "recognition" and origin in steps:
            rows.append({"case": one["case"], "rung": one["rung"], "origin": one["origin"],
                         "step": steps[origin], "horizon": one["horizon"],
                         "observed": one["observed"],
                         "mean": {method: row["mean"] for method, row in one["methods"].items()}})
    return rows


def backtest_of(program, cases, options):
    test = program.json("backtest", *histories(cases), *options)
    origins = [{key: one[key] for key in ("case", "date", "step", "moves", "prior_scale")
                if key in one} for one in test.get("origins", [])]
    return {**{key: test[key] for key in BACKTEST_KEYS if key in test}, "origins": origins,
            "numbers": numbers_of(test.get("numbers", [])), "recognitions": recognitions_of(test)}


def collect(program, quick):
    cases = QUICK_CASES if quick else CASES
    goodness = ("--goodness", "20" if quick else "1000")
    fits = [fit_of(program, case, [case], goodness) for case in cases]
    data = [data_of(program, case, fit) for case, fit in zip(cases, fits)]
    pooled = fit_of(program, POOLED, histories(cases))
    return rounded({
        "quick": quick, "program": program.text("--version").split(" (")[0].strip(),
        "inputs": inputs_of(cases), "terms": terms_of(program), "cases": data,
        "fits": [*fits, pooled],
        "backtest": backtest_of(program, cases, QUICK_BACKTEST if quick else ())})


def dump(value, indent=0):
    """JSON in which every innermost table row is a line: small, and differences can be read."""
    inner = " " * (indent + 1)
    if isinstance(value, dict) and any(isinstance(part, (dict, list)) for part in value.values()) \
            and indent < 4:
        parts = (f"{inner}{json.dumps(key)}: {dump(part, indent + 1)}"
                 for key, part in value.items())
        return "{\n" + ",\n".join(parts) + "\n" + " " * indent + "}"
    if isinstance(value, list) and any(isinstance(part, dict) for part in value) and indent < 6:
        wide = any(len(json.dumps(part)) > 1000 for part in value)
        parts = (inner + (dump(part, indent + 1) if wide else json.dumps(part, ensure_ascii=False))
                 for part in value)
        return "[\n" + ",\n".join(parts) + "\n" + " " * indent + "]"
    return json.dumps(value, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--program", type=pathlib.Path, required=True)
    parser.add_argument("--output", type=pathlib.Path, required=True)
    parser.add_argument("--quick", action="store_true",
                        help="two cases, few replicates: whether it works")
    options = parser.parse_args()
    try:
        document = collect(Program(options.program), options.quick)
    except Failed as failure:
        sys.exit(f"collect.py: {failure}")
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(dump(document) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
