"""Stages 1 and 7 of docs/model.md for many replicates at once: series, events and bodies.

What happens to all replicates alike, as most events do, is handled once for all of them.
"""

import numpy as np

from numpy_setting import Setting
from recompute_draws import EVENT, fnv1a
from recompute_inputs import LADDERS, STATES

ALL = slice(None)
single = np.float32


def operate(change, before):
    value = single(change["value"])
    if change["op"] == "add":
        return before + value
    return before * value if change["op"] == "scale" else value


class Agenda:
    """What events and bodies do to an ensemble."""

    def __init__(self, ensemble):
        self.world, self.m, self.inputs = ensemble, ensemble.m, ensemble.m.inputs
        self.refuse_relations()
        self.key = self.setting = None
        nobody = np.full(ensemble.replicates, -1)
        # The step at which an event fired: one number if that is certain, else one per replicate.
        self.fired = [
            event["first_step"] if self.certain(event) else nobody.copy()
            for event in self.inputs.events
        ]
        self.luck = [
            single(event["probability"]) >= 1 or self.lucky(event) for event in self.inputs.events
        ]
        self.yes = [np.full(ensemble.replicates, body["initially"]) for body in self.inputs.bodies]
        self.was_yes = [np.zeros(ensemble.replicates, dtype=bool) for _ in self.inputs.bodies]
        self.members = [self.tally_members(body) for body in self.inputs.bodies]

    def refuse_relations(self):
        for happening in self.inputs.events + self.inputs.bodies:
            if any(x["space"] in ("alignment", "rivalry") for x in happening["changes"]):
                raise NotImplementedError(f"{happening['id']}: changes of relations")

    @staticmethod
    def certain(event):
        return event["probability"] >= 1 and not event["when"]

    def lucky(self, event):
        word = self.world.draws.words(EVENT, 0, np.array([fnv1a(event["id"])]))[0]
        return (word + 0.5) / 2.0**32 < single(event["probability"])

    # Stage 1.

    def holds(self, condition):
        k = condition["authority"]
        low, high = condition.get("at_least", -np.inf), condition.get("at_most", np.inf)
        if condition["type"] == "authority_rung":
            value = self.world.policy[k, condition["ladder"]]
        elif condition["type"] == "state":
            value = self.world.states[k, STATES.index(condition["state"])]
        else:
            among = np.array(condition["among"], dtype=int)
            rungs = self.world.rungs[k, LADDERS.index(condition["ladder"]), among]
            there = rungs >= condition["rung"]
            value = there.sum(axis=0)
            if condition["by_importance"]:
                value = (self.inputs.omega_fixed[among] @ there).astype(single) / single(2**30)
        return (single(low) <= value) & (value <= single(high))

    def begin(self, t):
        """Events fire or end, parameters get their value, states and rungs are altered."""
        for e, event in enumerate(self.inputs.events):
            if not self.certain(event) and event["first_step"] <= t <= event["last_step"]:
                may = (self.fired[e] < 0) & self.luck[e]
                for condition in event["when"]:
                    may &= self.holds(condition)
                self.fired[e][may] = t
        active = list(self.active(t))
        self.fold(t, active)
        self.pins, self.policy_pins, self.held = {}, {}, []
        for changes, who, starting in active:
            for change in changes:
                lasting = change["op"] in ("hold", "band")
                if lasting or starting is not None:
                    self.alter(change, who if lasting else starting)
                if change["op"] == "hold":
                    self.held.append((change, who))

    def active(self, t):
        """Changes, the replicates under them, and those (or None) where they begin in this step."""
        for event, fired in zip(self.inputs.events, self.fired):
            if np.ndim(fired) == 0:
                if fired <= t < fired + event["duration"]:
                    yield event["changes"], ALL, ALL if fired == t else None
            else:
                under = (fired >= 0) & (t - fired < event["duration"])
                if under.any():
                    yield event["changes"], np.flatnonzero(under), np.flatnonzero(fired == t)
        for b, body in enumerate(self.inputs.bodies):
            if self.yes[b].any():
                new = self.yes[b] & ~self.was_yes[b]
                yield body["changes"], np.flatnonzero(self.yes[b]), np.flatnonzero(new)
            self.was_yes[b] = self.yes[b].copy()

    def fold(self, t, active):
        """Parameters of the step; what follows from them is kept while they stay the same."""
        folds = [
            (change, who)
            for changes, who, _ in active
            for change in changes
            if change["space"] == "parameter"
        ]
        series = [values[t] for _, _, values in self.inputs.series]
        key = series, [(id(x), None if who is ALL else who.tobytes()) for x, who in folds]
        if key == self.key:
            return
        self.key = key
        p = dict(self.m.parameters)
        for name in {name for name, _, _ in self.inputs.series}:
            p[name] = p[name].copy()
        for (name, index, _), value in zip(self.inputs.series, series):
            p[name].reshape(-1)[index] = value
        for change, who in folds:
            for target in change["targets"]:
                self.fold_target(p, change, who, target["parameter"], target["indices"])
        self.setting = Setting(self.m, p)

    def fold_target(self, p, change, who, name, indices):
        shared = p[name].shape[-1] == 1
        repeats = self.world.replicates if shared and who is not ALL else 1
        p[name] = np.repeat(p[name], repeats, axis=-1)
        rows = p[name].reshape(-1, p[name].shape[-1])
        for index in indices:
            value = operate(change, rows[index, who])
            rows[index, who] = np.clip(value, *self.inputs.range[name])

    def alter(self, change, who):
        if change["space"] == "rung":
            for index in change["indices"]:
                self.alter_rung(change, who, index)
        elif change["space"] == "authority_rung":
            for index in change["indices"]:
                rungs = self.world.policy.reshape(-1, self.world.replicates)[index]
                rights = index % self.world.policy.shape[1] == 0
                ladder = self.inputs.rights if rights else self.inputs.posture
                low, high = self.bounds(change, rungs[who], len(ladder["value"]) - 1)
                rungs[who] = np.clip(rungs[who], low, high)
                self.pin(self.policy_pins, index, who, low, high)
        else:
            self.alter_state(change, who)

    @staticmethod
    def bounds(change, rungs, top):
        """The lowest and the highest rung that a change leaves."""
        if change["op"] == "band":
            return int(change["value"]), int(change["high"])
        goal = np.clip(operate(change, rungs.astype(single)), 0, top).astype(int)
        return goal, goal

    def pin(self, pins, key, who, low, high):
        if key not in pins:
            none = np.zeros(self.world.replicates, dtype=int), np.full(self.world.replicates, 255)
            pins[key] = none
        pins[key][0][who], pins[key][1][who] = low, high

    def alter_rung(self, change, who, index):
        pair, i = divmod(index, self.m.actors)
        k, d = divmod(pair, 3)
        rungs = self.world.rungs[k, d, i, who]
        low, high = self.bounds(change, rungs, self.m.ladders[d].top)
        new = np.clip(rungs, low, high)
        replicate = np.arange(self.world.replicates)[who][new != rungs]
        if len(replicate):
            self.world.move(k, d, np.full(len(replicate), i), replicate, new[new != rungs])
        self.pin(self.pins, (k, d, i), who, low, high)

    def alter_state(self, change, who):
        for index in change.get("indices", []):
            if change["space"] == "authority_state":
                values, low = self.world.states.reshape(-1, self.world.replicates), 0
                high = 10 if STATES[index % len(STATES)] == "rights_salience" else 1
            elif change["space"] == "activity":
                values, low, high = self.world.activity, 1e-6, 1e6
            else:
                g, i = divmod(index, self.m.actors)
                index = self.m.row[g, i]
                if index < 0:
                    continue  # salience of a group that does not threaten the actor is never read
                values, low, high = self.world.salience, 0, self.m.group["salience_cap"][g, 0]
            values[index, who] = np.clip(operate(change, values[index, who]), low, high)
            if change["space"] == "activity":
                self.world.log_activity[index, who] = np.log(values[index, who])

    def hold(self):
        for change, who in self.held:
            if change["space"] in ("authority_state", "salience", "activity"):
                self.alter_state(change, who)

    # Stage 6.

    def pinned(self, k, d, actor, replicate, new):
        """Moves on a ladder as pins leave them."""
        for (kk, dd, i), (low, high) in self.pins.items():
            if (kk, dd) == (k, d):
                here = actor == i
                where = replicate[here]
                new[here] = np.clip(new[here], low[where], high[where])
        return actor, replicate, new

    def pinned_policy(self, policy):
        rows = policy.reshape(-1, self.world.replicates)
        for index, (low, high) in self.policy_pins.items():
            rows[index] = np.clip(rows[index], low, high)
        return policy

    # Stage 7.

    def tally_members(self, body):
        """The members' weight at or above the rung, kept by the ensemble, and all their weight."""
        members = np.array(body["members"], dtype=int)
        weights = np.zeros(self.m.actors, dtype=np.int64)
        weights[members] = self.inputs.omega_fixed[members] if body["by_importance"] else 1
        d = LADDERS.index(body["ladder"])
        return self.world.tally(body["authority"], d, body["rung"], weights), weights.sum()

    def bodies(self):
        for b, body in enumerate(self.inputs.bodies):
            there, whole = self.members[b]
            share = there.astype(single) / single(max(whole, 1))
            rungs = self.world.rungs[body["authority"], LADDERS.index(body["ladder"])]
            vetoed = (rungs[body["vetoes"]] < body["veto_rung"]).any(axis=0)
            turns = (share >= single(body["threshold"])) & ~vetoed
            stays = share >= single(body["reverse_below"])
            self.yes[b] = np.where(self.yes[b], stays, turns)
