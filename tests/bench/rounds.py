"""Numbers measured in rounds: what to make of them.

Speeds on a shared machine wander by tens of percent within a minute. Contestants therefore take
turns, a ratio is formed within each round, and what is reported is the median over rounds with the
range beside it.
"""

import math
import statistics


def median(rounds):
    return statistics.median(rounds)


def spread(rounds):
    """The least and the greatest."""
    return min(rounds), max(rounds)


def ratios(rounds, base):
    """How many times `base` each round is; rounds that only one of them has do not count."""
    return [value / other for value, other in zip(rounds, base)]


def extra(rounds, base):
    """By which share each round exceeds `base`."""
    return [ratio - 1 for ratio in ratios(rounds, base)]


def slope(small, large):
    """Growth per unit between two points (size, value)."""
    return (large[1] - small[1]) / (large[0] - small[0])


def agree(means, errors, sigmas=5):
    """Whether independent means are the same, up to `sigmas` standard errors of each difference."""
    return all(abs(a - b) <= sigmas * math.hypot(error_a, error_b)
               for a, error_a in zip(means, errors) for b, error_b in zip(means, errors))


class Results:
    """Every number of a run by its name, round by round, and what could not be measured."""

    def __init__(self):
        self.measures = {}
        self.missing = {}

    def add(self, name, unit, value):
        self.measures.setdefault(name, {"unit": unit, "rounds": []})["rounds"].append(value)

    def add_rounds(self, name, unit, values):
        """A measure that follows from others, where those are there."""
        for value in values:
            self.add(name, unit, value)

    def miss(self, name, reason):
        self.missing.setdefault(name, reason)

    def rounds(self, name):
        return self.measures.get(name, {"rounds": []})["rounds"]
