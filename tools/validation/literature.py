"""Signs that the literature reports, and the rule by which an estimate is held against them.

Terms enter utilities such that a positive coefficient is the expected effect; what that effect is,
and who reports it, is the program's to say (`entente describe`). Covariates are free, so their
signs stand here. Those that are not listed have no sign to be held against.
"""

import re

CLEAR = 2.0  # |z| from which an estimate is told from zero

VERDICTS = ("supported", "leaning", "leaning against", "contradicted")

# (covariate, cases or None for all, sign, reported effect, who reports it)
COVARIATES = (
    ("religion", ("afghanistan-2021", "kosovo-2008", "taliban-1996"), 1,
     "shared religion eases recognition", "Mirilovic & Siroky (2015, 2017)"),
    ("precedent", ("kosovo-2008", "abkhazia-2008"), -1,
     "states with a separatist movement of their own fear the precedent",
     "Mirilovic & Siroky (2017); Siroky, Popovic & Mirilovic (2021)"),
    ("proximity", None, 1, "neighbours deal with each other", "Neumayer (2008)"),
    ("distance", None, -1, "neighbours deal with each other", "Neumayer (2008)"),
    ("size", None, 1, "great states deal with everyone, and lead",
     "Neumayer (2008); Coggins (2011)"),
    ("closeness_usa", ("kosovo-2008",), 1, "friends follow the sponsor, here the United States",
     "Coggins (2011); Siroky, Popovic & Mirilovic (2021)"),
    ("closeness_usa", ("abkhazia-2008",), -1,
     "friends follow the sponsor, here the rival of the United States",
     "Coggins (2011); Siroky, Popovic & Mirilovic (2021)"),
    ("distance_usa", ("afghanistan-2021",), 1,
     "who is at odds with those who withhold recognition engages", "Coggins (2014)"),
)


def base_of(name):
    """The coefficient that a pooled fit may have by case: `engagement.down@kosovo-2008`."""
    return name.split("@")[0]


def covariate(name, case):
    """(sign, effect, source) in one case; None where nothing is reported."""
    for row in COVARIATES:
        if row[0] == name and (row[1] is None or case in row[1]):
            return row[2:]
    return None


def short_source(text):
    """Authors and years of a list of references: `Walt (1987); Kinne (2014)`."""
    found = re.findall(r"[^;]*?\([\d, a-z]*\d{4}[a-z]?\)", text)
    return "; ".join(part.strip(" ,") for part in found) or text


def expectation(estimate, cases, terms):
    """(sign, effect, source) of an estimate that `cases` share; None where nothing is reported of
    any of them, or one sign of some and the other of others."""
    name = base_of(estimate["name"])
    if estimate.get("kind") == "covariate":
        rows = [row for row in (covariate(name, case) for case in cases) if row]
        return rows[0] if len({row[0] for row in rows}) == 1 else None
    if estimate.get("kind") != "term":  # what a step costs is no finding of this literature
        return None
    term = terms.get(name.split(".")[0], {})
    return 1, term.get("expected") or term.get("title", ""), short_source(term.get("source", ""))


def verdict(estimate, sign):
    """One of VERDICTS; None where there is no estimate to judge."""
    value, z = estimate.get("estimate"), estimate.get("z")
    if value is None or z is None or value == 0:
        return None
    clear = abs(z) >= CLEAR
    if (value > 0) == (sign > 0):
        return "supported" if clear else "leaning"
    return "contradicted" if clear else "leaning against"
