#!/usr/bin/python3
"""Runs the vectorised NumPy model on the inputs of a result file, to time it or to check it.

    numpy_flagship.py RESULT.h5 --replicates R [--method screened|plain] [--batch B]
                      [--draws numpy|philox] [--check] [--json]

Actors decide by either of two methods: numpy_screened.py, an expert's, or numpy_plain.py, in whole
arrays as most would write it.

With draws from NumPy's generators it is timed: what the engine is compared with in the benchmarks
(OPENBLAS_NUM_THREADS=1, one thread each). With the engine's own draws, `--draws philox --check`, it
has to give the history that the file records (level rungs), replicate by replicate: every rung of
every actor and authority and every decision of a body. Draws next to a probability may fall on the
other side in another arithmetic; such near ties are counted, taken from the file and limited.
Exits with 1 where anything else differs.
"""

import argparse
import json
import pathlib
import sys
import time

import h5py
import numpy as np

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "python"))

from numpy_plain import Plain  # noqa: E402
from numpy_screened import Screened  # noqa: E402
from numpy_setting import Static  # noqa: E402
from recompute_draws import philox, uniform  # noqa: E402
from recompute_inputs import LADDERS, STATES, Inputs  # noqa: E402
from recompute_world import NEAR_TIE, NORMAL  # noqa: E402


METHODS = {"screened": Screened, "plain": Plain}


class GeneratorDraws:
    """Luck from one of NumPy's generators; addresses do not matter."""

    def __init__(self, seed, replicates):
        self.generator = np.random.Generator(np.random.SFC64(seed))
        self.replicates = replicates

    def words(self, _purpose, _step, entities, **_address):
        """32 random bits for every entity and replicate; two for the price of one 64-bit number."""
        size = len(entities) * self.replicates
        wide = self.generator.integers(0, 2**64, (size + 1) // 2, dtype=np.uint64)
        return wide.view(np.uint32)[:size].reshape(len(entities), self.replicates)

    def normals(self, _purpose, _step, count):
        return self.generator.standard_normal((count, self.replicates), dtype=np.float32)


class AddressedDraws:
    """The luck of the engine (docs/model.md, section 8)."""

    def __init__(self, seed, first, replicates):
        self.seed = seed
        self.numbers = np.arange(first, first + replicates, dtype=np.uint64)

    def words(self, purpose, step, entities, authority=0, index=0):
        entities = np.asarray(entities, dtype=np.int64)[:, None]
        stream = np.broadcast_to(index, len(entities))[:, None] | authority << 16 | purpose << 28
        full = np.broadcast_to(entities // 4, (len(entities), len(self.numbers)))
        block = philox(self.seed, full, step, stream.astype(np.uint64), self.numbers)
        return np.take_along_axis(block, entities[None] % 4, axis=0)[0].astype(np.uint32)

    def normals(self, purpose, step, count):
        u = uniform(self.words(purpose, step, np.arange(count)))
        return np.vectorize(NORMAL.inv_cdf, otypes=[np.float32])(u)


class Referee:
    """Compares with what the file records, and takes near ties from there."""

    def __init__(self, file, inputs, rows):
        self.inputs = inputs
        self.near_ties = 0

        def read(name):  # (replicate, time, ...) -> (authority, time, ..., replicate)
            values = file[name][rows]
            values = values if inputs.authorities > 1 else values[:, None]
            return np.moveaxis(values, 0, -1)

        keys = [file[f"inputs/ladders/{name}/key"][()].decode() for name in LADDERS]
        rights, posture = (
            file[f"inputs/ladders/{name}/key"][()].decode() for name in ("rights", "posture")
        )
        self.rungs = np.stack([read(key) for key in keys], axis=1)
        policy = [read(rights)[:, :, None]]
        if inputs.groups:
            policy.append(read(posture))
            self.activity = np.moveaxis(file["activity"][rows], 0, -1)
        self.policy = np.concatenate(policy, axis=2)
        self.states = np.stack([read(name) for name in STATES], axis=2)
        if inputs.bodies:
            self.bodies = np.moveaxis(file["body_decision"][rows], 0, -1)

    def settle(self, which, at, own, moves, margin):
        """Who moves, as recorded where the draw is next to the probability."""
        now = self.rungs[which[0], which[1], which[2]] if len(which) == 3 else self.policy[which]
        recorded = now.take(at) != own
        near = (margin < NEAR_TIE) & (moves != recorded)
        self.near_ties += int(near.sum())
        return np.where(near, recorded, moves)

    def difference(self, ensemble, t):
        """The first thing that differs at the end of step t, in words, or None."""
        pairs = [
            ("rungs (authority, ladder, actor, replicate)", ensemble.rungs, self.rungs[:, :, t], 0),
            ("policy (authority, ladder, replicate)", ensemble.policy, self.policy[:, t], 0),
            ("states (authority, state, replicate)", ensemble.states, self.states[:, t], 1e-4),
        ]
        if self.inputs.bodies:
            pairs.append(("bodies (body, replicate)", ensemble.agenda.yes, self.bodies[t], 0))
        if self.inputs.groups:
            relative = np.divide(ensemble.activity, self.activity[t])
            pairs.append(("activity (group, replicate)", relative, np.ones_like(relative), 1e-4))
        for name, here, there, tolerance in pairs:
            here = np.asarray(here)
            apart = np.argwhere(~(np.abs(here - there.astype(float)) <= tolerance))
            if len(apart):
                at = tuple(apart[0])
                return f"step {t}, {name} {at}: {here[at]}, recorded {there[at]}"
        return None


def check(path, replicates, batch, method="screened"):
    """Repeats the recorded histories; returns an error in words, or None."""
    with h5py.File(path) as file:
        inputs = Inputs(file)
        static = Static(inputs)
        numbers = file["replicate"][:replicates]
        if len(numbers) < replicates:
            return f"only {len(numbers)} replicates are recorded"
        near_ties = decisions = 0
        for first in range(0, replicates, batch):
            rows = slice(first, min(first + batch, replicates))
            size = rows.stop - rows.start
            referee = Referee(file, inputs, rows)
            draws = AddressedDraws(inputs.seed, int(numbers[first]), size)
            ensemble = METHODS[method](static, draws, size, referee)
            for t in range(inputs.steps):
                ensemble.step(t)
                if found := referee.difference(ensemble, t):
                    return f"from replicate {numbers[first]} on: {found}"
            near_ties += referee.near_ties
            decisions += (ensemble.rungs.size + ensemble.policy.size) * inputs.steps
    print(
        f"{path}, {method}: {replicates} replicates, {decisions} decisions:"
        f" equal ({near_ties} near ties)"
    )
    if near_ties > decisions * 1e-5:
        return f"too many near ties: {near_ties} of {decisions}"
    return None


def blas():
    """The library behind NumPy's matrix product, as far as the process shows it."""
    with open("/proc/self/maps", encoding="utf-8") as maps:
        names = {line.split("/")[-1].strip() for line in maps if "blas" in line}
    return sorted(names)


def measure(path, replicates, batch, make_draws, method):
    """Seconds for all replicates, and what they come to at the end beside what the file says."""
    with h5py.File(path) as file:
        inputs = Inputs(file)
        keys = [file[f"inputs/ladders/{name}/key"][()].decode() for name in LADDERS]
        of_engine = {key: file[f"{key}_count_mean"][..., -1, :].tolist() for key in keys}
        of_engine |= {name: file[f"{name}_mean"][..., -1].tolist() for name in STATES}
    counts = [np.zeros((inputs.authorities, x["height"].size)) for x in inputs.ladders]
    states = np.zeros((inputs.authorities, len(STATES)))
    start = time.perf_counter()
    static = Static(inputs)
    for first in range(0, replicates, batch):
        size = min(batch, replicates - first)
        ensemble = METHODS[method](static, make_draws(inputs, first, size), size)
        for t in range(inputs.steps):
            ensemble.step(t)
        for d, ladder in enumerate(counts):
            for rung in range(ladder.shape[1]):
                ladder[:, rung] += (ensemble.rungs[:, d] >= rung).sum(axis=(1, 2)) / replicates
        states += ensemble.states.sum(axis=2, dtype=float) / replicates
    seconds = time.perf_counter() - start
    means = {key: np.squeeze(x).tolist() for key, x in zip(keys, counts)}
    means |= {name: np.squeeze(states[:, n]).tolist() for n, name in enumerate(STATES)}
    rung = int(inputs.ladders[1]["recognises_from"])
    recognised = counts[1][:, rung].sum() if rung < counts[1].shape[1] else 0.0
    actor_steps = replicates * inputs.steps * inputs.actors * inputs.authorities
    return {
        "method": method,
        "replicates": replicates,
        "batch": batch,
        "steps": inputs.steps,
        "actors": inputs.actors,
        "seconds": seconds,
        "actor_steps_per_s": actor_steps / seconds,
        "mean_recognitions_end": recognised,
        "means_end": {name: {"numpy": x, "engine": of_engine[name]} for name, x in means.items()},
        "numpy_version": np.__version__,
        "blas": blas(),
    }


def show(result):
    print(
        f"{result['method']}, {result['replicates']} replicates, {result['batch']} at a time:"
        f" {result['seconds']:.2f} s, {result['actor_steps_per_s'] / 1e6:.1f} million actor-steps/s"
    )
    print("means at the end, at or above each rung: here | recorded by the engine")
    for name, pair in result["means_end"].items():
        here, there = (
            " ".join(f"{x:.3f}" for x in np.ravel(pair[source])) for source in ("numpy", "engine")
        )
        print(f"  {name:16} {here} | {there}")


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("result")
    parser.add_argument("--replicates", type=int, required=True)
    parser.add_argument("--method", choices=METHODS, default="screened")
    batches = ", ".join(f"{x.BATCH} if {name}" for name, x in METHODS.items())
    parser.add_argument("--batch", type=int, help=f"replicates at a time ({batches})")
    parser.add_argument("--draws", choices=("numpy", "philox"), default="numpy")
    parser.add_argument("--check", action="store_true", help="compare with what is recorded")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    a = parser.parse_args()
    batch = a.batch or METHODS[a.method].BATCH
    if a.check:
        if a.draws != "philox":
            parser.error("--check needs --draws philox")
        if error := check(a.result, a.replicates, batch, a.method):
            sys.exit(f"{a.result}: {error}")
        return

    def make_draws(inputs, first, size):
        if a.draws == "philox":
            return AddressedDraws(inputs.seed, first, size)
        return GeneratorDraws((inputs.seed, first), size)

    result = measure(a.result, a.replicates, batch, make_draws, a.method)
    if a.json:
        print(json.dumps(result))
    else:
        show(result)


if __name__ == "__main__":
    main()
