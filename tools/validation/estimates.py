"""Sections of the page about data, estimates and signs."""

import math

from literature import CLEAR, VERDICTS, base_of, expectation, verdict
from prose import count, in_cell, listed, number, paragraph, percent, plural, table

POOLED = "pooled"
DISPOSITIONS_SHOWN = 10
FEW = 2  # moves per effective parameter below which a fit bears no conclusion


def case_fits(document):
    return [fit for fit in document["fits"] if fit["name"] != POOLED]


def data(document):
    rows = [[case["name"], in_cell(case["title"]), f"{case['start']} to {case['end']}",
             count(case.get("actors")), count(case.get("observations")),
             count(case.get("decisions")), count(case.get("moves")),
             percent(case["moves"] / case["decisions"], 2) if case.get("decisions") else ""]
            for case in document["cases"]]
    few = [case["name"] for case in document["cases"] if case["moves"] < 10]
    text = paragraph(
        "A *decision* is one state on one ladder in one step of time: to stay or to move a rung up "
        "or down. What is not on record is not counted. Observations are dated rows of a history, "
        "witnesses of no change among them; a change of several rungs counts as several moves.")
    text += table(["case", "title", "span", "states", "observations", "decisions", "moves",
                   "moves per decision"], rows)
    text += paragraph("Estimates and scores rest on the moves: what did not happen tells how rare "
                      "moves are, not what drives them." +
                      (f" {listed(few)} {'has' if len(few) == 1 else 'have'} fewer than ten, so "
                       "that little can be learnt there." if few else ""))
    return text


def estimate_rows(fit):
    for one in fit["estimates"]:
        profile = one.get("profile") or (None, None)
        yield [one["name"], number(one.get("estimate")), number(one.get("standard_error")),
               number(one.get("z"), 2), number(one.get("effect")),
               " to ".join(number(end) for end in profile) if None not in profile else ""]


def moves_per_parameter(fit):
    return fit["moves"] / fit["effective_parameters"] if fit.get("effective_parameters") else None


def thin(document):
    """Cases whose moves hardly outnumber what they are to tell."""
    return [fit["name"] for fit in document["fits"]
            if moves_per_parameter(fit) is not None and moves_per_parameter(fit) < FEW]


def thin_sentence(document):
    names = thin(document)
    if not names:
        return ""
    return (f"{listed(names)} {'has' if len(names) == 1 else 'have'} fewer than {FEW} moves per "
            "effective parameter: standard errors from the curvature cannot be trusted there, and "
            "verdicts bear no conclusion. ")


def fit_summary(fit):
    gain = None
    if None not in (fit.get("log_likelihood"), fit.get("rates_log_likelihood")):
        gain = fit["log_likelihood"] - fit["rates_log_likelihood"]
    text = f"{plural(fit['decisions'], 'decision')}, {plural(fit['moves'], 'move')}; "
    text += f"{number(fit.get('effective_parameters'), 1)} effective parameters of " \
            f"{len(fit['estimates'])}"
    per = moves_per_parameter(fit)
    text += f", {number(per, 1)} moves for each. " if per is not None else ". "
    if gain is not None:
        text += f"Log-likelihood {number(fit['log_likelihood'], 1)}, which is " \
                f"{number(abs(gain), 1)} {'above' if gain > 0 else 'below'} that of rates alone. "
    tried = [one["scale"] for one in fit.get("validation", [])]
    if fit.get("prior_scale") is None:
        text += "No prior. "
    else:
        text += f"Prior of {fit['prior_scale']:g} utility per standard deviation of a driver"
        text += ", chosen by cross-validation" if tried else ""
        if tried and fit["prior_scale"] in (min(tried), max(tried)):
            text += f", the {'narrowest' if fit['prior_scale'] == min(tried) else 'widest'} tried"
        text += ". "
    return text


def disposition_rows(fit):
    """(state, value, error), greatest value first; a pooled fit has one of each state and case."""
    found = [one for one in fit.get("dispositions") or [] if one.get("value") is not None]
    several = len({one.get("case") for one in found}) > 1
    rows = [(f"{one['actor']}@{one['case']}" if several else one["actor"], one["value"],
             one.get("standard_error")) for one in found]
    return sorted(rows, key=lambda row: -row[1])


def disposition_prior(fit):
    """How strongly; nothing where it is not known."""
    scale = fit.get("disposition_scale")
    if not scale or scale < 0:
        return ""
    chosen = ", chosen by cross-validation" if fit.get("disposition_validation") else ""
    return f" by a prior of {scale:g} utility{chosen}"


def dispositions(fit):
    rows = disposition_rows(fit)
    high = [row for row in rows if row[1] > 0][:DISPOSITIONS_SHOWN]
    low = [row for row in reversed(rows) if row[1] < 0][:DISPOSITIONS_SHOWN]
    if not high and not low:
        return ""
    text = paragraph("Dispositions are what a state does beyond what terms and covariates say, "
                     f"drawn towards zero{disposition_prior(fit)}; their errors take the "
                     "coefficients as known. Those that are furthest from zero, of "
                     f"{plural(len(rows), 'disposition')}:")
    show = lambda row: [in_cell(row[0]), number(row[1]), number(row[2])]  # noqa: E731
    blank = ["", "", ""]
    head = ["disposition", "s.e."]
    return text + table(["goes further", *head, "holds back", *head], [
        [*(show(high[k]) if k < len(high) else blank), *(show(low[k]) if k < len(low) else blank)]
        for k in range(max(len(high), len(low)))])


def estimates(document):
    text = paragraph(
        "A coefficient multiplies its driver in the utility of a rung. *Effect* is the coefficient "
        "times the standard deviation of the driver over moves that were open, which makes rows "
        "comparable: an effect of 1 multiplies the odds of a step against staying by "
        f"{number(math.e, 1)} for a state one standard deviation "
        "above another. *s.e.* follows from the curvature of the penalised likelihood and takes "
        "decisions as independent, given the model; *z* is their ratio. `ladder.rung` is the "
        "baseline of a rung over the one below, `ladder.down` what a step down costs on top, and "
        "`name@case` a coefficient that each case of the pooled fit has for itself. Names of terms "
        "are explained in [model.md](model.md), those of covariates in the scenarios.")
    for fit in document["fits"]:
        title = "All cases together" if fit["name"] == POOLED else fit["name"]
        text += f"### {title}\n\n" + paragraph(fit_summary(fit))
        profile = any(one.get("profile") for one in fit["estimates"])
        width = 6 if profile else 5
        text += table(["coefficient", "estimate", "s.e.", "z", "effect of 1 s.d.",
                       "95 % profile"][:width], [row[:width] for row in estimate_rows(fit)])
        text += "".join(f"- **Warning of the program:** {' '.join(w.split())}\n"
                        for w in fit.get("warnings") or [])
        text += "\n" if fit.get("warnings") else ""
        text += dispositions(fit)
    return text


def sharing(document, name):
    """Cases whose own fit has the coefficient."""
    return [fit["name"] for fit in case_fits(document)
            if any(base_of(one["name"]) == name for one in fit["estimates"])]


def judged(document):
    """(fit, estimate, expectation, verdict) wherever there is an expectation and an estimate."""
    for fit in document["fits"]:
        for one in fit["estimates"]:
            if "@" in one["name"]:
                cases = [one["name"].split("@", 1)[1]]
            elif fit["name"] == POOLED:
                cases = sharing(document, one["name"])
            else:
                cases = [fit["name"]]
            expected = expectation(one, cases, document["terms"])
            found = expected and verdict(one, expected[0])
            if found:
                yield fit["name"], one, expected, found


def tally(document):
    """Per verdict the (fit, coefficient) that got it: cases alone, pooled alone."""
    cases = {name: [] for name in VERDICTS}
    pooled = {name: [] for name in VERDICTS}
    for fit, one, _, found in judged(document):
        (pooled if fit == POOLED else cases)[found].append((fit, one["name"]))
    return cases, pooled


def tally_sentence(counts, where):
    total = sum(map(len, counts.values()))
    if not total:
        return ""
    return (f"{where} {plural(total, 'sign')} can be held against the literature: "
            f"{len(counts['supported'])} supported, {len(counts['leaning'])} leaning, "
            f"{len(counts['leaning against'])} leaning against, "
            f"{len(counts['contradicted'])} contradicted. ")


def contradicted_sentence(document):
    cases, pooled = tally(document)
    rows = [f"`{name}` in {fit}" for fit, name in cases["contradicted"]] + \
           [f"`{name}` in the pooled fit" for _, name in pooled["contradicted"]]
    return f"Contradicted: {listed(rows)}. " if rows else "No sign is contradicted. "


def signs(document):
    cases, pooled = tally(document)
    every = sum(map(len, cases.values()))
    text = paragraph(
        "Every term enters its formula such that a positive coefficient is the effect that the "
        "literature expects; expected signs of covariates are those of the sources named. "
        f"The verdict is a rule: *supported* is the expected sign with |z| of at least {CLEAR:g}, "
        "*leaning* the expected sign with less, *leaning against* the other sign with less, and "
        f"*contradicted* the other sign with |z| of at least {CLEAR:g}. Covariates of which no "
        "sign is reported, or of which it differs between the cases of a fit, are left out; so is "
        "what a step down costs, since that states rarely go back is plain from the record.")
    chance = every * math.erfc(CLEAR / math.sqrt(2))
    text += paragraph(
        tally_sentence(cases, "In the cases, each by itself,") +
        tally_sentence(pooled, "In the pooled fit") +
        contradicted_sentence(document) + thin_sentence(document) +
        f"Of {every} signs about {number(chance, 1)} would reach |z| of {CLEAR:g} by luck if no "
        "driver had any effect, the fits were independent and their errors right.")
    names = [fit["name"] for fit in document["fits"]]
    rows = {}
    for fit, one, expected, found in judged(document):
        base = base_of(one["name"])
        sign, effect, source = expected
        case = one["name"].split("@")[1] if "@" in one["name"] else None
        row = rows.setdefault((base, sign), {"effect": effect, "source": source, "cells": {}})
        mark = f"**{found}**" if found == "contradicted" else found
        cell = f"{mark} ({number(one['z'], 1)})" + (f" in {case}" if case else "")
        row["cells"].setdefault(fit, []).append(cell)
    text += table(["coefficient", "sign", "expected effect", "source", *names], [
        [base, "+" if sign > 0 else "-", in_cell(row["effect"]), in_cell(row["source"]),
         *("; ".join(row["cells"].get(name, [])) for name in names)]
        for (base, sign), row in rows.items()])
    text += paragraph("In brackets: z. The column *sign* is that of the coefficient: where the "
                      "expected effect is a brake, the formula has the minus, and a positive "
                      "coefficient is the brake.")
    return text
