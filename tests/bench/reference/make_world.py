#!/usr/bin/python3
"""Writes the tables of the reference workload: 200 actors who all look at each other.

    make_world.py FOLDER

actors.csv has the coefficients a, b and c of every actor, each uniform on [0.5, 1.5]; dyads.csv has
the weight of every pair, uniform on [0, 1]. The numbers come from Python's generator with a fixed
seed, so every contestant computes in the same world on every machine.
"""

import csv
import itertools
import pathlib
import random
import sys

ACTORS = 200
SEED = 12345


def write(path, header, rows):
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def main(folder):
    draw = random.Random(SEED)
    ids = [f"A{i:03}" for i in range(ACTORS)]
    coefficients = [[id] + [repr(draw.uniform(0.5, 1.5)) for _ in "abc"] for id in ids]
    pairs = [[*pair, repr(draw.random())] for pair in itertools.combinations(ids, 2)]
    folder = pathlib.Path(folder)
    write(folder / "actors.csv", ["iso3", "a", "b", "c"], coefficients)
    write(folder / "dyads.csv", ["iso3_a", "iso3_b", "weight"], pairs)


if __name__ == "__main__":
    main(sys.argv[1])
