"""Section of the page about histories simulated under the estimates."""

from estimates import case_fits
from prose import in_cell, listed, number, paragraph, plural, table

ALARM = 0.05
COMPONENTS_SHOWN = 3
STATES_SHOWN = 10
EVEN = 0.5


def ladders_of(fit):
    return (fit.get("goodness") or {}).get("ladders", [])


def replicates_of(fit):
    return (fit.get("goodness") or {}).get("replicates")


def title_of(fit, ladder):
    several = len({one.get("authority") for one in ladders_of(fit)}) > 1
    return f"{ladder['ladder']} ({ladder['authority']})" if several else ladder["ladder"]


def statistics(document):
    """(case, ladder, statistic) of everything that was judged."""
    for fit in case_fits(document):
        for ladder in ladders_of(fit):
            for one in ladder.get("statistics", []):
                yield fit["name"], title_of(fit, ladder), one


def unlikely(document):
    return [row for row in statistics(document) if row[2].get("p") is not None and
            row[2]["p"] < ALARM]


def probability(value, replicates):
    if value is None:
        return ""
    if value == 0 and replicates:
        return f"below 1/{replicates}"
    return number(value)


def deviation(one):
    """How far a component is off [standard deviations]."""
    if one.get("impossible"):
        return float("inf")
    if not one.get("sd") or one.get("mean") is None or one.get("observed") is None:
        return 0.0
    return abs(one["observed"] - one["mean"]) / one["sd"]


def component(one):
    ends = [one.get(key) for key in ("q05", "q95")]
    text = f"{one['name']}: {number(one.get('observed'), 0)}, " \
           f"simulated {number(one.get('mean'), 1)}"
    if one.get("impossible"):
        return in_cell(text + " always")
    if None not in ends:
        text += f" ({number(ends[0], 0)} to {number(ends[1], 0)})"
    return in_cell(text)


def worst(one):
    found = sorted(one.get("components", []), key=lambda part: -deviation(part))
    return "; ".join(component(part) for part in found[:COMPONENTS_SHOWN] if deviation(part) > 1)


def summary(document):
    every = list(statistics(document))
    if not every:
        return ""
    bad = unlikely(document)
    return (f"Of {plural(len(every), 'statistic')} of simulated histories, {len(bad)} "
            f"{'is' if len(bad) == 1 else 'are'} so far from what was observed that fewer than "
            f"{100 * ALARM:g} % of simulations are further (about {number(ALARM * len(every), 1)} "
            "would be by luck in a model that is right). ")


def most_probable(one):
    rung = max(one["probability"], key=one["probability"].get)
    return rung, one["probability"][rung]


def section(document):
    every = list(statistics(document))
    if not every:
        return "Not judged in this run: the program gave no `goodness`.\n\n"
    replicates = next(filter(None, map(replicates_of, case_fits(document))), None)
    text = paragraph(
        "Each case is simulated from its start, with events and series as they came, under its own "
        "estimates" +
        (f", {replicates:,} times," if replicates else ",") +
        " and a few numbers of every simulated history are set beside those of the real one: how "
        "many states stood at or above each rung as time went by (`counts`), when the first, "
        "second, fifth and tenth got there (`first_movers`), from which regions they were "
        "(`regions`), and how much each moved (`moves`). *Distance* is in standard deviations of "
        "the simulations (Mahalanobis), *p* the share of simulations at least as far out: a small "
        "p says that the model does not make such histories. The estimates come from the same "
        "histories, so this is a test of form, not of foresight.")
    text += paragraph(summary(document))
    rows = []
    for case, ladder, one in every:
        p = probability(one.get("p"), replicates)
        bad = one.get("p") is not None and one["p"] < ALARM
        rows.append([case, ladder, one["name"], number(one.get("distance"), 2),
                     f"**{p}**" if bad else p, worst(one)])
    text += table(["case", "ladder", "statistic", "distance", "p", "furthest off: observed, "
                   "simulated mean (5 to 95 %)"], rows)
    return text


def misplaced(document):
    """States whose place at the end the model held least probable."""
    text, best = "", []
    for fit in case_fits(document):
        for ladder in ladders_of(fit):
            rows = []
            for one in ladder.get("actors", []):
                p, (rung, high) = one["probability"].get(one["observed"]), most_probable(one)
                if p is not None and p < EVEN:
                    rows.append([in_cell(one["name"]), one["observed"],
                                 probability(p, replicates_of(fit)), rung, number(high)])
            if rows:
                text += f"{fit['name']}, {title_of(fit, ladder)}:\n\n" + table(
                    ["state", "observed", "its probability", "most probable", "with probability"],
                    rows[:STATES_SHOWN])
            else:
                best.append(f"{fit['name']} ({title_of(fit, ladder)})")
    if not text and not best:
        return ""
    head = ("States that ended on a rung to which simulations from the start give less than one "
            f"half, the least probable first, at most {STATES_SHOWN} of each ladder.")
    if best:
        head += f" There are none in {listed(best)}."
    return paragraph(head) + text
