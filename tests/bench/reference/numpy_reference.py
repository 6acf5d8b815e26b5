#!/usr/bin/python3
"""The reference workload as someone who knows NumPy would write it: many replicates at a time.

    numpy_reference.py FOLDER REPLICATES [--batch N]     FOLDER has what make_world.py writes

State arrays are (actors, replicates) in single precision, so that what the others do is one matrix
product. Staying has utility 0, which leaves two exponentials per choice.
"""

import argparse
import csv
import json
import pathlib
import time

import numpy as np

STEPS = 520
TOP = 5
SWITCHING = 0.8
HEIGHT = np.float32(1 / TOP)  # of one rung


def read_world(folder):
    """W with rows that sum to 1, and the coefficients as columns."""
    with open(pathlib.Path(folder, "actors.csv"), encoding="utf-8", newline="") as file:
        actors = list(csv.DictReader(file))
    index = {row["iso3"]: i for i, row in enumerate(actors)}
    weights = np.zeros((len(actors), len(actors)))
    with open(pathlib.Path(folder, "dyads.csv"), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            i, j = index[row["iso3_a"]], index[row["iso3_b"]]
            weights[i, j] = weights[j, i] = float(row["weight"])
    weights /= weights.sum(axis=1, keepdims=True)
    columns = (np.array([[float(row[name])] for row in actors], dtype=np.float32) for name in "abc")
    return weights.astype(np.float32), *columns


def simulate(world, replicates, rng):
    """Mean final rung and share of changes of every replicate."""
    weights, a, b, c = world
    shape = (len(weights), replicates)
    rung = np.zeros(shape, dtype=np.float32)
    changes = np.zeros(replicates)
    cost = np.float32(SWITCHING / TOP)
    slope = HEIGHT * c * HEIGHT  # of a rung up, in the mean rung of the others
    linear = HEIGHT * a
    curve = b * HEIGHT * HEIGHT
    for _ in range(STEPS):
        pull = weights @ rung
        pull *= slope
        pull += linear
        bend = 2 * curve * rung
        pull -= bend
        above = np.exp(pull - (curve + cost))
        above[rung == TOP] = 0
        below = np.exp(-pull - (curve + cost))
        below[rung == 0] = 0
        stay = 1 + below
        above += stay
        draw = rng.random(shape, dtype=np.float32)
        draw *= above
        move = (draw >= stay).astype(np.int8)
        move -= draw < below
        changes += np.count_nonzero(move, axis=0)
        rung += move
    return rung.mean(axis=0), changes / (STEPS * len(weights))


def error(values):
    """Standard error of the mean."""
    return float(values.std(ddof=1) / np.sqrt(len(values)))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder")
    parser.add_argument("replicates", type=int)
    parser.add_argument("--batch", type=int, default=256, help="replicates at a time")
    options = parser.parse_args()
    world = read_world(options.folder)
    rng = np.random.default_rng(1)
    batches = max(1, options.replicates // options.batch)
    start = time.perf_counter()
    results = [simulate(world, options.batch, rng) for _ in range(batches)]
    wall = time.perf_counter() - start
    rungs, changes = (np.concatenate(column) for column in zip(*results))
    print(json.dumps({
        "replicates": len(rungs), "batch": options.batch,
        "actor_steps_per_s": len(world[0]) * STEPS * len(rungs) / wall,
        "mean_final_rung": float(rungs.mean()), "mean_final_rung_error": error(rungs),
        "share_of_changes": float(changes.mean()), "share_of_changes_error": error(changes)}))


if __name__ == "__main__":
    main()
