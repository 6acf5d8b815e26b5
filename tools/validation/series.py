"""What the figures show, as plain numbers taken from the collected file.

A figure carries a fingerprint of its numbers, so that a test sees when one is out of date.
"""

import hashlib
import json
import math
import re

SCORES = (("log_score", "log score"), ("brier_score", "Brier score"),
          ("ranked_probability_score", "ranked probability score"))
ORIGINS_SHOWN = 3
ABLATIONS = ("without peers",)  # the model less a part of it: no baseline, no loss to one


def selected(document, case, ladder, horizon="any"):
    """Rows of scores of one case (None: pooled) and ladder (None: all)."""
    rows = document.get("backtest", {}).get("scores", [])
    return [row for row in rows if row["case"] == case and row["ladder"] == ladder and
            (horizon == "any" or row["horizon"] == horizon)]


def skills(document, case, score):
    """Per baseline a list of (horizon, value, low, high), where all of them are numbers."""
    lines = {}
    for row in selected(document, case, None):
        one = (row.get("skill_of_model") or {}).get(score) or {}
        values = [one.get(key) for key in ("value", "low", "high")]
        if row["horizon"] is not None and None not in values and row["method"] not in ABLATIONS:
            lines.setdefault(row["method"], []).append([row["horizon"], *values])
    return lines


def skill_pooled(document):
    panels = [{"title": title, "lines": skills(document, None, score)} for score, title in SCORES]
    return [panel for panel in panels if panel["lines"]]


def skill_by_case(document):
    panels = [{"title": case["name"], "lines": skills(document, case["name"], "log_score")}
              for case in document.get("cases", [])]
    return [panel for panel in panels if panel["lines"]]


def reliability(document):
    """Per method a list of (mean forecast, share that came true, forecasts)."""
    lines = {}
    for one in document.get("backtest", {}).get("calibration", []):
        if one["mean_forecast"] and one["cases"]:
            lines.setdefault(one["method"], []).append(
                [one["mean_forecast"], one["share"], one["cases"]])
    return lines


def calendar_start(document, case):
    """Year and fraction at which a case starts, where its steps are months."""
    for one in document.get("cases", []):
        found = re.fullmatch(r"(\d{4})-(\d{2})", one.get("start") or "")
        if one["name"] == case and one.get("step") == "month" and found:
            return int(found[1]) + (int(found[2]) - 1) / 12
    return None


def recognitions(document):
    """Per case what was observed by date and forecasts from some origins, both as (year, number);
    dates are those after so many steps."""
    panels = []
    rows = document.get("backtest", {}).get("recognitions", [])
    for case in dict.fromkeys(row["case"] for row in rows):
        start = calendar_start(document, case)
        if start is None:
            continue
        mine = [row for row in rows if row["case"] == case]
        mine = [row for row in mine if row["rung"] == mine[0]["rung"]]
        observed = {row["step"] + row["horizon"]: row["observed"] for row in mine}
        longest = max(row["horizon"] for row in mine)
        whole = sorted({row["step"] for row in mine if row["horizon"] == longest})
        shown = [whole[round(k * (len(whole) - 1) / (ORIGINS_SHOWN - 1))]
                 for k in range(ORIGINS_SHOWN)]
        forecasts = []
        for step in dict.fromkeys(shown):
            ahead = [(row["step"] + row["horizon"], row["mean"].get("model"))
                     for row in mine if row["step"] == step]
            begin = [(step, observed[step])] if step in observed else []
            forecasts.append([[start + at / 12, mean] for at, mean in [*begin, *sorted(ahead)]
                              if mean is not None])
        panels.append({"title": case, "forecasts": forecasts,
                       "observed": [[start + at / 12, observed[at]] for at in sorted(observed)]})
    return panels


def effects(document):
    """Terms and covariates of each case: (name, effect of a standard deviation, its error)."""
    panels = []
    for fit in document.get("fits", []):
        rows = []
        for one in fit.get("estimates", []):
            value, error = one.get("estimate"), one.get("standard_error")
            effect = one.get("effect")
            if one.get("kind") in ("term", "covariate") and value and \
                    None not in (error, effect):
                rows.append([one["name"], effect, abs(effect * error / value)])
        if rows:
            panels.append({"title": fit["name"], "rows": rows})
    return panels


FIGURES = {"effects": effects, "skill": skill_pooled, "skill-by-case": skill_by_case,
           "reliability": reliability, "recognitions": recognitions}


def rounded(value):
    """Few digits: less than a pixel."""
    if isinstance(value, dict):
        return {key: rounded(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [rounded(part) for part in value]
    if isinstance(value, float):
        return float(f"{value:.5g}") if math.isfinite(value) else None
    return value


def figures(document):
    """Name to numbers, of the figures that there are numbers for."""
    made = {name: rounded(make(document)) for name, make in FIGURES.items()}
    return {name: data for name, data in made.items() if data}


def fingerprint(data):
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()[:16]
