"""What the vectorised model knows before it meets a replicate: tables of ladders and parameters.

Parameters have the replicate as last axis, of length 1 as long as all replicates share the value.
"""

import numpy as np

from recompute_inputs import C

single = np.float32
PROFILES = ("security", "economic", "exposure", "signal", "recognises", "height", "height_squared")


def pick(values, row, replicate):
    """values[row, replicate], where all replicates may share one column."""
    return values[:, 0].take(row) if values.shape[1] == 1 else values[row, replicate]


def step_gains(values, beyond=0.0):
    """What moving up and down from each rung adds to a value; `beyond` where there is no rung."""
    gain = np.diff(values)
    return np.append(gain, beyond).astype(single), np.append(beyond, -gain).astype(single)


def tail_of(chance):
    """Draws further than this from both ends move nobody; the margin is that of rounding."""
    return np.minimum(np.asarray(chance, dtype=float) * 2**32 + 2**14, 2**32 - 1).astype(np.uint32)


class Ladder:
    """What a move up or down from each rung gains, per unit of each profile."""

    def __init__(self, ladder, tau, coefficient):
        height = ladder["height"]
        self.top = len(height) - 1
        self.rate = ladder["rate"]
        self.height = height.astype(single)
        self.units = np.round(height * 240).astype(single)
        self.recognises = ladder["recognises"].astype(single)
        self.force = (height == 1).astype(single)
        profiles = {name: np.asarray(ladder[name], dtype=float) for name in PROFILES}
        self.gain = {name: step_gains(x / tau) for name, x in profiles.items() if np.ptp(x) > 0}
        baseline = coefficient("baseline") * ladder["baseline"] / tau
        up, down = step_gains(baseline, beyond=-np.inf)
        cost = coefficient("switching") / tau
        self.fixed = (up - single(cost * ladder["up"]), down - single(cost * ladder["down"]))


class Policy:
    """The authority's ladders, rights first, then a posture to each group, as rows of tables."""

    def __init__(self, inputs):
        ladders = [inputs.rights] + [inputs.posture] * inputs.groups
        self.width = max(len(x["value"]) for x in ladders)
        self.chance = np.array([-np.expm1(-x["rate"] * inputs.dt) for x in ladders], dtype=single)
        self.tail = tail_of(self.chance)[:, None]
        self.value, self.rise, self.fall, self.up, self.down = np.zeros(
            (5, len(ladders), self.width), dtype=single
        )
        for row, x in enumerate(ladders):
            rungs = slice(0, len(x["value"]))
            self.value[row, rungs] = x["value"]
            self.rise[row, rungs], self.fall[row, rungs] = step_gains(x["value"])
            self.up[row, rungs], self.down[row, rungs] = x["up"], x["down"]
            self.up[row, rungs.stop - 1] = self.down[row, 0] = np.inf


class Static:
    """What never changes in a run."""

    def __init__(self, inputs):
        self.inputs = inputs
        self.actors, self.steps, self.groups = inputs.actors, inputs.steps, inputs.groups
        self.authorities, self.dt = inputs.authorities, inputs.dt
        self.ladders = [Ladder(x, inputs.tau, self.coefficient) for x in inputs.ladders]
        self.policy = Policy(inputs)
        self.omega = inputs.omega.astype(single)
        self.dynamics = {name: x.astype(single) for name, x in inputs.dynamics.items()}
        self.parameters = {
            name: x.astype(single)[..., None] for name, x in inputs.parameters.items()
        }
        looks = inputs.alignment.sum(axis=1)
        self.looks = (looks > 0).astype(single)[:, None]
        self.per_look = (self.looks[:, 0] / np.maximum(looks, 1)).astype(single)
        self.alignment = np.ascontiguousarray(inputs.alignment.T, dtype=single)
        # Sums over rivals are kept for those who have any; a last column stays 0 for all others.
        rivalry = inputs.rivalry[inputs.rivalry.any(axis=1)]
        self.rivals = len(rivalry)
        self.rivalry = np.zeros((self.actors, self.rivals + 1), dtype=single)
        self.rivalry[:, : self.rivals] = rivalry.T
        self.rivalry_column = np.full(self.actors, self.rivals)
        self.rivalry_column[inputs.rivalry.any(axis=1)] = np.arange(self.rivals)
        self.rivalry_whole = (inputs.rivalry.sum(axis=1) / 2**15).astype(single)
        self.place_salience()

    def coefficient(self, term, field="coefficient"):
        return self.inputs.terms[term][field] if term in self.inputs.terms else 0.0

    def place_salience(self):
        """Salience has a row for every pair of group and actor that may be exposed."""
        exposed = np.zeros((self.groups, self.actors), dtype=bool)
        if self.groups:
            exposed = self.inputs.parameters["exposure"] != 0
            touched = [i for name, i, _ in self.inputs.series if name == "exposure"]
            for happening in self.inputs.events + self.inputs.bodies:
                for target in (x for c in happening["changes"] for x in c.get("targets", [])):
                    touched += target["indices"] if target["parameter"] == "exposure" else []
            exposed.flat[touched] = True
        self.row_group, self.row_actor = np.nonzero(exposed)
        self.row = np.full((self.groups, self.actors), -1)
        self.row[exposed] = np.arange(len(self.row_group))
        self.threatens_all = exposed.all(axis=1)
        self.singled_out = exposed[~self.threatens_all].any(axis=0)
        self.group = {
            name: x[:, None].astype(int if name == "host" else single)
            for name, x in self.inputs.group.items()
        }


class Setting:
    """What follows from the parameters of a step before anything is known of a replicate."""

    def __init__(self, m, p):
        self.m, self.p, th = m, p, m.coefficient
        chance = [-np.expm1(-x.rate * m.dt * p["attention"]) for x in m.ladders]
        self.chance = [x.astype(single) for x in chance]
        self.tail = [tail_of(x) for x in chance]
        if m.groups:
            self.exposure = p["exposure"][m.row_group, m.row_actor]
            self.floor = p["threat_floor"][m.row_group]
        self.security = single(th("security")) * p["security_weight"]
        self.grievance = single(th("grievance")) * p["security_weight"] * p["capability"]
        self.rights = single(th("rights")) * p["rights_weight"] * p["rights_sensitivity"]
        self.pressure = single(th("pressure")) * p["dependence"]
        attraction = single(th("alignment") / 240) * p["alignment_weight"]
        self.alignment = 2 * attraction * m.per_look[:, None]
        self.gain = [self.offered(k) for k in range(m.authorities)]
        self.taken = [gain * p["dependence"] for gain in self.gain]
        weight = single(th("economic")) * p["economic_weight"]
        self.economic = [(weight * x, weight * y) for x, y in zip(self.gain, self.taken)]
        self.move = [[self.moves(k, d) for d in range(3)] for k in range(m.authorities)]

    def offered(self, k):
        if not self.m.inputs.sectors:
            return np.zeros((self.m.actors, 1), dtype=single)
        return np.einsum("sir,sr->ir", self.p["interest"], self.p["offer"][k])

    def moves(self, k, d):
        """Gain of a move up and down, (rung * actors + actor, replicate), for what is known now."""
        m, p, th = self.m, self.p, self.m.coefficient
        slopes = {"height_squared": -single(th("alignment")) * p["alignment_weight"] * m.looks}
        if d != C:
            slopes["security"] = single(th("need")) * p["need"][k]
            slopes["signal"] = single(th("confrontation")) * p["confrontation"][k]
        for c, (coefficient, profile, ladders) in enumerate(m.inputs.covariates):
            if d in ladders:
                slopes[profile] = slopes.get(profile, 0) + single(coefficient) * p["covariate"][c]
        ladder = m.ladders[d]
        both = []
        for way in range(2):
            total = ladder.fixed[way][:, None, None] + np.zeros((1, m.actors, 1), dtype=single)
            for profile in slopes.keys() & ladder.gain.keys():
                total = total + ladder.gain[profile][way][:, None, None] * slopes[profile]
            both.append(total.reshape(-1, total.shape[-1]))
        return both
