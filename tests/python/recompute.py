#!/usr/bin/python3
"""Recomputes the replicates of a result file from its inputs alone and compares every rung.

    recompute.py RESULT.h5 [--replicates N]

An independent check of the engine: it shares no code with it, reads nothing but the group `inputs`
of the file and follows docs/model.md, in double precision where the engine uses single. Two
computations in different precision part where a draw falls next to a probability; such decisions
(within 1e-6) are counted and taken from the file, and there may be few of them. Everything else has
to be equal: the rungs of all actors and authorities at every step, bodies' decisions exactly,
states and activity to 1e-4. Exits with 1 where they are not.
"""

import argparse
import sys

import h5py
import numpy as np

from recompute_inputs import LADDERS, STATES, Inputs
from recompute_world import NEAR_TIE, World


class Recorded:
    """What the file says of one replicate."""

    def __init__(self, file, inputs, row):
        def read(name):
            values = file[name][row]  # (authority where several, time, ...)
            return values if inputs.authorities > 1 else values[None]

        keys = [file[f"inputs/ladders/{name}/key"][()].decode() for name in LADDERS]
        rights, posture = (
            file[f"inputs/ladders/{name}/key"][()].decode() for name in ("rights", "posture")
        )
        self.rungs = np.stack([read(key) for key in keys], axis=1).astype(int)
        policy = [read(rights)[:, None]]
        if inputs.groups:
            policy.append(np.moveaxis(read(posture), 2, 1))
            self.activity = file["activity"][row]
        self.policy = np.concatenate(policy, axis=1).astype(int)
        self.states = np.stack([read(name) for name in STATES], axis=1)
        if inputs.bodies:
            self.bodies = file["body_decision"][row]


def differences(world, recorded, t):
    """What differs at the end of step t, in words."""
    found = []
    for k, d, i in np.argwhere(world.rungs != recorded.rungs[:, :, t]):
        here, there = world.rungs[k, d, i], recorded.rungs[k, d, t, i]
        found.append(f"{LADDERS[d]} of actor {i} towards authority {k}: {here}, recorded {there}")
    for k, index in np.argwhere(world.policy != recorded.policy[:, :, t]):
        here, there = world.policy[k, index], recorded.policy[k, index, t]
        found.append(f"ladder {index} of authority {k}: {here}, recorded {there}")
    if world.m.bodies and list(recorded.bodies[t]) != world.yes:
        found.append(f"bodies: {world.yes}, recorded {recorded.bodies[t]}")
    if not np.allclose(world.states, recorded.states[:, :, t], rtol=0, atol=1e-4):
        found.append(f"states: {world.states}, recorded {recorded.states[:, :, t]}")
    if world.m.groups and not np.allclose(world.activity, recorded.activity[t], rtol=1e-4):
        found.append(f"activity: {world.activity}, recorded {recorded.activity[t]}")
    return found


def check(path, replicates):
    """Recomputes up to `replicates` replicates; returns an error in words, or None."""
    with h5py.File(path) as file:
        inputs = Inputs(file)
        numbers = file["replicate"][:replicates]
        decisions = near_ties = moves = 0
        for row, replicate in enumerate(numbers):
            recorded = Recorded(file, inputs, row)
            world = World(inputs, int(replicate), recorded)
            for t in range(inputs.steps):
                before = world.rungs
                world.step(t)
                moves += int(np.sum(world.rungs != before))
                if found := differences(world, recorded, t):
                    return f"replicate {replicate}, step {t}: " + "\n  ".join(found)
            decisions += (world.rungs.size + world.policy.size) * inputs.steps
            near_ties += world.near_ties
    print(
        f"{path}: {len(numbers)} replicates, {decisions} decisions, {moves} moves of actors: equal"
        f" ({near_ties} by less than {NEAR_TIE:g})"
    )
    if near_ties > 1 + decisions * 1e-5:
        return f"too many decisions are near ties: {near_ties} of {decisions}"
    if len(numbers) == 0:
        return "no replicate to compare"
    return None


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("result")
    parser.add_argument("--replicates", type=int, default=4, help="how many to recompute (4)")
    arguments = parser.parse_args()
    if error := check(arguments.result, arguments.replicates):
        sys.exit(f"{arguments.result}: {error}")


if __name__ == "__main__":
    main()
