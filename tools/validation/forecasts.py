"""Sections of the page about forecasts of the past."""

import math

from prose import count, listed, method, number, paragraph, percent, plural, skill, table
from series import ABLATIONS, SCORES, selected

SURE = 0.05
RPS = "ranked_probability_score"


def test_of(document):
    return document.get("backtest") or {}


def steps(horizon):
    return "all" if horizon is None else str(horizon)


def outcome(one):
    """What an interval says: better, worse, undecided; None without one."""
    if not one or None in (one.get("value"), one.get("low"), one.get("high")):
        return None
    return "better" if one["low"] > 0 else "worse" if one["high"] < 0 else "undecided"


def comparisons(document, case=None, ladder=None, ablations=False):
    """(horizon, baseline, score, skill) of every horizon, not of all together."""
    for row in selected(document, case, ladder):
        if row["horizon"] is None or (row["method"] in ABLATIONS) != ablations:
            continue
        for score, _ in SCORES:
            one = (row.get("skill_of_model") or {}).get(score)
            if one:
                yield row["horizon"], row["method"], score, one


def horizons_sentence(document, score, baseline, case=None):
    """`covariates alone: better at 3 and 6, undecided at 12`"""
    found = {}
    for horizon, name, which, one in comparisons(document, case, None, baseline in ABLATIONS):
        if (which, name) == (score, baseline) and outcome(one):
            found.setdefault(outcome(one), []).append(horizon)
    parts = [f"{word} at {listed(found[word])}" for word in ("better", "worse", "undecided")
             if word in found]
    return f"{method(baseline)}: {', '.join(parts)}" if parts else ""


def others(document):
    names = [row["method"] for row in selected(document, None, None)]
    return [name for name in dict.fromkeys(names) if name != "model"]


def baselines(document):
    return [name for name in others(document) if name not in ABLATIONS]


def ablations(document):
    return [name for name in others(document) if name in ABLATIONS]


def ablation_verdicts(document):
    """What a part of the model is worth: with it against without."""
    parts = [f"by {title} the model against {sentence}" for name in ablations(document)
             for score, title in SCORES
             for sentence in [horizons_sentence(document, score, name)] if sentence]
    return paragraph("An ablation is no baseline: it shows what a part of the model adds, and is "
                     f"counted neither as a win nor as a loss. In steps ahead, {'; '.join(parts)}."
                     ) if parts else ""


def verdicts(document):
    text = ""
    for score, title in SCORES:
        parts = [horizons_sentence(document, score, name) for name in baselines(document)]
        parts = [part for part in parts if part]
        if parts:
            text += "- " + paragraph(
                f"By {title}, in steps ahead, the model against {'; against '.join(parts)}.",
                98).strip().replace("\n", "\n  ") + "\n"
    return text + "\n" if text else ""


def by_case(document):
    cases = [one["name"] for one in test_of(document).get("cases", [])]
    rows = []
    for name in cases:
        counts = tally(document, name)
        if counts:
            rows.append([name, *(counts.get(word, 0) for word in ("better", "undecided", "worse"))])
    if len(rows) < 2:
        return ""
    return paragraph("The same comparisons by case, all ladders together, counted over horizons, "
                     "baselines and scores. Comparisons overlap, so counts are no test:") + table(
        ["case", "better", "undecided", "worse"], rows)


def tally(document, case=None):
    """How often the model is better, worse or undecided."""
    counts = {}
    for *_, one in comparisons(document, case):
        if outcome(one):
            counts[outcome(one)] = counts.get(outcome(one), 0) + 1
    return counts


def summary(document):
    counts = tally(document)
    total = sum(counts.values())
    if not total:
        return ""
    return (f"Of {plural(total, 'pooled comparison')} of the model with a baseline (by horizon and "
            f"score), intervals of skill lie above zero in {counts.get('better', 0)}, below it in "
            f"{counts.get('worse', 0)}, and hold it in {counts.get('undecided', 0)}. ")


def score_table(document, case, ladder):
    rows = []
    for row in selected(document, case, ladder):
        first = row["method"] == "model"
        skills = row.get("skill_of_model") or {}
        rows.append([steps(row["horizon"]) if first else "", method(row["method"]),
                     number(row.get("log_score"), 4), skill(skills.get("log_score")),
                     number(row.get("brier_score"), 4), skill(skills.get("brier_score")),
                     number(row[RPS] * 1000, 3) if row.get(RPS) is not None else "",
                     skill(skills.get(RPS)),
                     number(row.get("auc")), number(row.get("average_precision"))])
    return table(["steps ahead", "method", "log score", "skill of the model", "Brier", "skill",
                  "RPS x 1000", "skill", "AUC", "average precision"], rows)


def targets_sentence(document, case, ladder):
    rows = [row for row in selected(document, case, ladder) if row["method"] == "model"]
    whole = [row for row in rows if row["horizon"] is None] or rows
    if not whole:
        return ""
    row = whole[-1]
    return (f"{plural(row['targets'], 'forecast')} of a rung in all, of which "
            f"{count(row['changed'])} came to differ from the rung at the origin and "
            f"{count(row['rose'])} to be higher. ")


def ladders_of(document, case):
    rows = test_of(document).get("scores", [])
    return list(dict.fromkeys(row["ladder"] for row in rows if row["case"] == case and
                              row["ladder"] is not None))


def groups(document):
    """(title, case, ladder) of the tables that differ from one another."""
    cases = [one["name"] for one in test_of(document).get("cases", [])]
    having = {}
    for case in cases:
        for ladder in ladders_of(document, case):
            having.setdefault(ladder, []).append(case)
    made = []
    if len(cases) > 1:
        made += [(f"all cases, {ladder}", None, ladder) for ladder, of in having.items()
                 if len(of) > 1 and len(having) > 1]
    for case in cases:
        ladders = ladders_of(document, case)
        if len(ladders) == 1:
            made.append((f"{case}, {ladders[0]}", case, ladders[0]))
        else:
            made.append((f"{case}, all ladders", case, None))
            made += [(f"{case}, {ladder}", case, ladder) for ladder in ladders]
    return made


def numbers_table(document, what):
    found = [one for one in test_of(document).get("numbers", []) if one["what"] == what]
    rows, total, held = [], 0, {"in_50": 0, "in_90": 0}
    names = list(found[0]["methods"]) if found else []
    for one in found:
        of_model = one["methods"].get("model", {})
        n = one["numbers"]
        total += n
        for key in held:
            held[key] += of_model.get(key, 0)
        rows.append([one["case"], steps(one["horizon"]), count(n),
                     *(number(one["methods"].get(name, {}).get("crps")) for name in names),
                     *(percent(of_model[key] / n, 0) if key in of_model else ""
                       for key in ("in_50", "in_90"))])
    if not rows:
        return ""
    text = table(["case", "steps ahead" if what == "count" else "longest wait", "numbers",
                  *map(method, names), "model: in 50 %", "in 90 %"], rows)
    best = sum(1 for one in found if one["methods"].get("model", {}).get("crps") is not None and
               all(one["methods"]["model"]["crps"] <= row["crps"]
                   for name, row in one["methods"].items()
                   if row.get("crps") is not None and name not in ABLATIONS))
    return text + paragraph(
        f"The model loses least, or as little as any baseline, in {best} of "
        f"{plural(len(rows), 'row')}. "
        f"Its intervals of 50 % held {percent(held['in_50'] / total, 0)} and those of 90 % held "
        f"{percent(held['in_90'] / total, 0)} of {plural(total, 'number')}.")


def exact(k, n, p):
    """Two-sided probability that a binomial number is as improbable as k or more so."""
    if p <= 0 or p >= 1:
        return 1.0 if k == n * p else 0.0
    log = [math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1) +
           x * math.log(p) + (n - x) * math.log1p(-p) for x in range(n + 1)]
    return min(1.0, sum(math.exp(value) for value in log if value <= log[k] + 1e-7))


def bins(document):
    """(bin, came true, probability of being as far off) of the model."""
    for one in test_of(document).get("calibration", []):
        if one["method"] == "model" and one["cases"]:
            k = round(one["share"] * one["cases"])
            yield one, k, exact(k, one["cases"], one["mean_forecast"])


def bins_off(document):
    return [one for one, _, p in bins(document) if p < SURE]


def edges(one):
    return f"{number(100 * one['low'], 1)} to {number(100 * one['high'], 1)} %"


def calibration_sentence(document):
    every, off = list(bins(document)), bins_off(document)
    if not every:
        return ""
    over = [edges(one) for one in off if one["mean_forecast"] > one["share"]]
    under = [edges(one) for one in off if one["mean_forecast"] < one["share"]]
    text = f"{len(off)} of {plural(len(every), 'bin')} of forecasts " \
           f"{'is' if len(off) == 1 else 'are'} off by more than sampling of independent cases " \
           "allows"
    parts = [f"too {word} moves expected at {listed(where)}"
             for word, where in (("many", over), ("few", under)) if where]
    return text + (f": {', '.join(parts)}" if parts else "") + ". "


def calibration(document):
    rows = [[edges(one), count(one["cases"]), percent(one["mean_forecast"], 2), count(k),
             percent(one["share"], 2), ("**below 0.001**" if p < 0.001 else f"**{number(p)}**")
             if p < SURE else number(p)] for one, k, p in bins(document)]
    if not rows:
        return ""
    return paragraph(
        "Calibration: where the model said that a state leaves its rung with a probability in the "
        "bin, how often did it? All cases, ladders and horizons. *p* is the probability of a "
        "share as far off if forecasts were right and cases independent. They are not: one state "
        "is forecast from several origins at several horizons, so that one move counts many times "
        "over and p is too small by an amount that is not known.") + table(
        ["forecast", "cases", "mean forecast", "left the rung", "share", "p"], rows) + paragraph(
        calibration_sentence(document))


def same_scores(document, case, ladder):
    """On a ladder of two rungs the ranked probability score is half the Brier score."""
    rows = selected(document, case, ladder)
    return bool(rows) and all(
        row.get("brier_score") is not None and row.get(RPS) is not None and
        math.isclose(row["brier_score"], 2 * row[RPS], rel_tol=1e-4, abs_tol=1e-9) for row in rows)


def lost(document, case, ladder):
    """((baseline, score), horizon, skill) of what the model loses, in order of the first."""
    same = same_scores(document, case, ladder)
    for baseline in baselines(document):
        for score, name in SCORES:
            if same and score == RPS:
                continue
            for row in selected(document, case, ladder):
                one = (row.get("skill_of_model") or {}).get(score)
                if row["method"] == baseline and one and one.get("value") is not None and \
                        one["value"] < 0:
                    both = same and score == "brier_score"
                    yield (baseline, "Brier and RPS" if both else name), row["horizon"], one


def losing(document):
    """Every negative skill, horizons side by side."""
    test = test_of(document)
    if not test.get("scores"):
        return ""
    horizons = [*test.get("horizons", []), None]
    cells, total, sure = {}, 0, 0
    for title, case, ladder in [("all cases, all ladders", None, None), *groups(document)]:
        for row, horizon, one in lost(document, case, ladder):
            total += 1
            worse = outcome(one) == "worse"
            sure += worse
            text = f"**{skill(one)}**" if worse else skill(one)
            cells.setdefault((title, *row), {})[horizon] = text
    if not cells:
        return "The model has no negative skill.\n\n"
    text = paragraph(
        f"Every comparison in which the model loses more than a baseline: {total:,}, of which "
        f"{sure:,} with an interval that lies below zero altogether (bold). An empty cell is a "
        "comparison that it does not lose. On ladders of two rungs the Brier score and the ranked "
        "probability score (RPS) are the same but for a factor, and stand in one row. Where a "
        "baseline loses next to nothing, as *no change* does where hardly anyone moves, skill can "
        "be hugely negative over a small loss.")
    return text + table(
        ["where", "baseline", "score", *(f"{h} steps" if h else "all horizons" for h in horizons)],
        [[title, method(baseline), name, *(row.get(horizon, "") for horizon in horizons)]
         for (title, baseline, name), row in cells.items()])
