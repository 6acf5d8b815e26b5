#!/usr/bin/python3
"""Writes docs/validation.md from the collected numbers, and from nothing else.

    report.py VALIDATION.json > docs/validation.md
"""

import json
import pathlib
import sys

import estimates
import forecasts
import goodness
from prose import count, in_cell, listed, method, paragraph, plural, table
from series import figures

WHAT = {
    "model": "every term and covariate, and a disposition of each state where the case has them",
    "without peers": "an ablation, no baseline: the model without the terms that look at what "
                     "other states do",
    "covariates": "a plain logit: without those terms and without dispositions",
    "peers": "with those terms only",
    "rates": "how often rungs were left up and down, the same for every state",
    "no change": "everyone stays; other rungs keep the probability of half a simulation",
}

CAPTIONS = {
    "effects": "Effect of one standard deviation of each driver, with 95 % intervals. Scales "
               "differ from panel to panel.",
    "skill": "Skill of the model over each baseline, all cases and ladders, with 95 % intervals "
             "by bootstrap over states. Beyond 100 % either way it is cut off.",
    "skill-by-case": "The same by case, log score.",
    "reliability": "Forecast and observed shares of states that leave their rung, by bin of "
                   "forecast. Bars are 95 % intervals as if forecasts were independent, which "
                   "they are not.",
    "recognitions": "States that recognise: what was observed, and the mean forecast of the model "
                    "from some origins.",
}


def figure(name, available):
    if name not in available:
        return ""
    words = paragraph(f"*{CAPTIONS[name]}*")
    return f"![{CAPTIONS[name].split('.')[0]}](figures/validation-{name}.svg)\n\n{words}"


def in_short(document):
    cases, pooled = estimates.tally(document)
    parts = [
        f"{plural(len(document['cases']), 'case')}: " + ", ".join(
            f"{case['name']} with {plural(case['moves'], 'move')}" for case in document["cases"]) +
        ".",
        estimates.tally_sentence(cases, "In the cases, each by itself,") +
        estimates.tally_sentence(pooled, "In the pooled fit") +
        estimates.contradicted_sentence(document) + estimates.thin_sentence(document),
        goodness.summary(document), forecasts.summary(document),
        forecasts.calibration_sentence(document)]
    return "".join("- " + paragraph(part, 98).strip().replace("\n", "\n  ") + "\n"
                   for part in parts if part.strip()) + "\n"


def unit(document):
    return listed(dict.fromkeys(case["step"] for case in document["cases"]))


def question(document):
    test = forecasts.test_of(document)
    text = paragraph(
        "Two questions are asked of the model. Do the effects that studies of recognition report "
        "come out when its coefficients are estimated from what states did? And would it have "
        "foretold what came next better than simpler rules?")
    text += paragraph(
        f"**Estimates.** In each {unit(document)} every state on record *decides* on each "
        "ladder: it stays, or *moves* one rung up or down. The model gives each option a utility "
        "that is linear in the coefficients, so that the likelihood of a history is exact. "
        "Estimates are the *maximum a posteriori*: the coefficients that make the record most "
        "probable, drawn towards zero by a Gaussian prior, because moves are few. A case may give "
        "each state a *disposition*, too: what it does beyond what its drivers say, around zero. "
        "How strongly all these are drawn is chosen by cross-validation: stretches of twelve steps "
        "of a state's record are left out in turn and foretold from the rest, and of the priors "
        "that foretell them alike, within one unit of log-likelihood, the narrowest is taken.")
    if not test:
        return text
    text += paragraph(
        "**Forecasts.** The origin rolls on: after every "
        f"{plural(test['every'], 'step')}, from step {test['first']} on, the coefficients are "
        "estimated from the past " +
        ("of all cases" if test.get("together") else "of the same case") +
        f" alone, {count(test['replicates'])} histories are simulated from the standings of that "
        "day, and the rungs of all states are compared with their forecasts "
        f"{listed(test['horizons'])} steps ahead. Events and series that came after the origin "
        "are known to no method; the list of states, their attributes and the terms of the model "
        "are those of the scenario, which was written afterwards. Dispositions, the clock and the "
        "range of the priors' widths were taken up with forecasts like these in view, so the scores "
        "flatter them: later years and other cases are the test. "
        f"There are {plural(len(test.get('origins', [])), 'origin')} in all.")
    text += table(["method", "what it is"], [
        [method(name), WHAT.get(name, "see `entente backtest --help`")]
        for name in ["model", *forecasts.baselines(document),
                     *forecasts.ablations(document)]])
    text += paragraph(
        "*Log score* is minus the logarithm of the probability given to what happened; the *Brier "
        "score* and the *ranked probability score* (RPS) are squared distances from it, the "
        "latter of cumulative probabilities, so that near misses cost less. Less is better. "
        "*Skill* is the share of a baseline's loss that the model saves: 0 is no better, negative "
        "is worse. Its interval (95 %) is by bootstrap over states, since the forecasts of one "
        "state hang together; what befalls all states of a case at once, it does not see. *AUC* is "
        "the probability that a state which rose was held likelier to rise than one which did not, "
        "*average precision* how pure the top of the list is: for both, more is better.")
    text += paragraph(
        "No simulation says that anything is impossible: half a simulation is added to each rung. "
        "The least probability given is thus about one in "
        f"{2 * test['replicates']:,}, and the log score of *no change* depends on it.")
    return text


def back_test(document, drawn):
    test = forecasts.test_of(document)
    if not test.get("scores"):
        return "Nothing was forecast in this run.\n\n"
    text = paragraph("All cases and ladders together. " +
                     forecasts.targets_sentence(document, None, None) +
                     "Tables by case and ladder stand at the end of this page.")
    text += forecasts.score_table(document, None, None)
    text += paragraph("What the intervals say (*undecided*: they hold zero):")
    text += forecasts.verdicts(document) + forecasts.ablation_verdicts(document)
    text += forecasts.by_case(document)
    text += figure("skill", drawn) + figure("skill-by-case", drawn)
    for what, words in (
            ("count", "Numbers of states at or above each rung, all rungs of a case together, by "
                      "continuous ranked probability score (CRPS), in states: less is better. How "
                      "often did central intervals of the simulations hold what came? Counts are "
                      "whole numbers and often certain, so that intervals hold more than their "
                      "name says even where all is right."),
            ("wait", "Times until one and until five more states stand at or above a rung than "
                     "at the origin, CRPS in steps; a wait longer than the longest horizon counts "
                     "as that.")):
        rows = forecasts.numbers_table(document, what)
        text += paragraph(words) + rows if rows else ""
    return text + forecasts.calibration(document) + figure("reliability", drawn) + \
        figure("recognitions", drawn)


def failures(document):
    parts = (("Forecasts", forecasts.losing(document)),
             ("States", goodness.misplaced(document)),
             ("Signs", paragraph(estimates.contradicted_sentence(document))),
             ("Calibration", paragraph(forecasts.calibration_sentence(document))),
             ("Warnings of the program", "".join(
                 f"- {fit['name']}: {in_cell(warning)}\n" for fit in document["fits"]
                 for warning in fit.get("warnings") or [])))
    return "".join(f"### {title}\n\n{body.rstrip()}\n\n" for title, body in parts if body.strip())


def every_score(document):
    text = paragraph("Steps ahead: *all* is every horizon together. A case with one ladder has one "
                     "table; an empty cell is a score that is not defined, such as AUC where "
                     "nobody rose.")
    for title, case, ladder in forecasts.groups(document):
        text += f"### {title}\n\n"
        text += paragraph(forecasts.targets_sentence(document, case, ladder))
        text += forecasts.score_table(document, case, ladder)
    return text


def repeating(document):
    return paragraph(
        "Minutes on two cores. Same program and scenarios: same bytes, for any number of threads. "
        f"This page was made by {document['program']} from scenarios with the fingerprint "
        f"`{document['inputs']}`.") + \
        "    tools/validation.sh            # writes this page, its numbers and figures\n" \
        "    tools/validation.sh --quick    # seconds: whether it works; writes to " \
        "build/validation\n\n"


HEAD = """\
# Validation

This page is generated from [validation.json](validation.json), which one run of
`tools/validation.sh` wrote; tools/validation/report.py is the generator. No number and no verdict
is set by hand: change the model or the data, run it again, and the sentences follow.
"""


def page(document):
    drawn = figures(document)
    parts = [HEAD + "\n"]
    if document["quick"]:
        parts.append("**A quick run, to see that it works: these numbers mean nothing.**\n\n")
    for title, body in (
            ("In short", in_short(document)),
            ("What is asked, and how", question(document)),
            ("Data", estimates.data(document)),
            ("Estimates", estimates.estimates(document) + figure("effects", drawn)),
            ("Signs that the literature reports", estimates.signs(document)),
            ("Do simulated histories look like the real one?", goodness.section(document)),
            ("Forecasts of the past", back_test(document, drawn)),
            ("Where the model loses or fails", failures(document)),
            ("Repeating it", repeating(document)),
            ("Every score", every_score(document))):
        parts.append(f"## {title}\n\n{body.rstrip()}\n\n")
    return "".join(parts).rstrip() + "\n"


def main():
    document = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
    sys.stdout.reconfigure(encoding="utf-8")
    sys.stdout.write(page(document))


if __name__ == "__main__":
    main()
