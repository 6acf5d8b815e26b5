"""The model of docs/model.md in double precision, one replicate at a time."""

import statistics

import numpy as np

from recompute_draws import (ACTIVITY, ATTACKS, AUTHORITY, CHOICE, EVENT, HARDLINER, fnv1a,
                             poisson_quantile, uniform, words)
from recompute_inputs import LADDERS, STATES, C, E, R, single

NEAR_TIE = 1e-6
NORMAL = statistics.NormalDist()


class Pins:
    """Rungs that events hold in one step."""

    def __init__(self, shape):
        self.low = np.full(shape, -1)
        self.high = np.full(shape, -1)

    def set(self, index, low, high):
        self.low.flat[index], self.high.flat[index] = low, high

    def apply(self, rungs):
        pinned = self.low >= 0
        rungs[pinned] = np.clip(rungs[pinned], self.low[pinned], self.high[pinned])


class World:
    """One replicate."""

    def __init__(self, inputs, replicate, recorded):
        self.m, self.replicate, self.recorded = inputs, replicate, recorded
        self.near_ties = 0
        m = inputs
        self.rungs = m.rungs.copy()  # (authority, ladder, actor)
        posture = m.dynamics.get("initial_posture", np.zeros((m.authorities, 0)))
        self.policy = np.column_stack([m.dynamics["initial_rights"], posture]).astype(int)
        self.states = np.column_stack([m.dynamics["initial_" + name] for name in STATES])
        self.log_activity = np.log(m.group["initial_activity"]) if m.groups else np.zeros(0)
        self.activity = np.exp(self.log_activity)
        self.salience = m.salience.copy() if m.groups else np.zeros((0, m.actors))
        self.yes = [body["initially"] for body in m.bodies]
        self.was_yes = [False] * len(m.bodies)
        self.fired = [None] * len(m.events)
        self.luck = [
            event["probability"] >= 1
            or uniform(self.word(fnv1a(event["id"]), 0, EVENT)) < single(event["probability"])
            for event in m.events
        ]

    def word(self, entity, step, purpose, authority=0, index=0):
        found = words(self.m.seed, entity, step, purpose, self.replicate, authority, index)
        return found if np.ndim(entity) else int(found[0])

    # Stage 1: events (sections 3.1 and 6).

    def holds(self, condition):
        k = condition["authority"]
        if condition["type"] == "authority_rung":
            return condition["at_least"] <= self.policy[k, condition["ladder"]] <= condition["at_most"]
        if condition["type"] == "state":
            value = self.states[k, STATES.index(condition["state"])]
        else:
            among = np.array(condition["among"], dtype=int)
            there = self.rungs[k, LADDERS.index(condition["ladder"]), among] >= condition["rung"]
            value = int(np.sum(there))
            if condition["by_importance"]:
                value = single(np.sum(self.m.omega_fixed[among][there])) / 2**30
        low, high = condition.get("at_least", -np.inf), condition.get("at_most", np.inf)
        return single(low) <= value <= single(high)

    def events(self, t):
        m = self.m
        self.base = {name: values.copy() for name, values in m.parameters.items()}
        for name, index, values in m.series:
            self.base[name].flat[index] = values[t]
        for e, event in enumerate(m.events):
            if self.fired[e] is None and self.luck[e] and event["first_step"] <= t <= event["last_step"]:
                # asked before anything changes: no state moves in this loop
                if all(self.holds(condition) for condition in event["when"]):
                    self.fired[e] = t
        active = []  # (changes, fires now)
        for e, event in enumerate(m.events):
            at = self.fired[e]
            if at is not None and t - at < event["duration"]:
                active.append((event["changes"], at == t))
        for b, body in enumerate(m.bodies):
            if self.yes[b]:
                active.append((body["changes"], not self.was_yes[b]))
        self.was_yes = list(self.yes)
        self.fold(active)
        self.pins = Pins(self.rungs.shape)
        self.policy_pins = Pins(self.policy.shape)
        self.held = []
        for changes, now in active:
            for change in changes:
                lasting = change["op"] in ("hold", "band")
                if lasting or now:
                    self.alter(change)
                if change["op"] == "hold":
                    self.held.append(change)

    def fold(self, active):
        self.p = self.base
        self.alignment, self.rivalry = self.m.alignment, self.m.rivalry
        edges = {"alignment": {}, "rivalry": {}}
        for changes, _ in active:
            for change in changes:
                for target in change.get("targets", []):
                    name = target["parameter"]
                    for index in target["indices"]:
                        value = operate(change, self.p[name].flat[index])
                        self.p[name].flat[index] = np.clip(value, *self.m.range[name])
                if change["space"] in edges:
                    table = edges[change["space"]]
                    for index in change["indices"]:
                        now = table.get(index, getattr(self.m, change["space"]).flat[index] / 2**15)
                        table[index] = np.clip(operate(change, now), 0, 1)
        for name, table in edges.items():
            if table:
                dense = getattr(self.m, name).copy()
                for index, value in table.items():
                    dense.flat[index] = int(np.floor(value * 2**15 + 0.5))
                setattr(self, name, dense)

    def alter(self, change):
        space = change["space"]
        if space in ("rung", "authority_rung"):
            rungs, pins = (
                (self.rungs, self.pins) if space == "rung" else (self.policy, self.policy_pins)
            )
            for index in change["indices"]:
                if change["op"] == "band":
                    low, high = int(change["value"]), int(change["high"])
                    rungs.flat[index] = np.clip(rungs.flat[index], low, high)
                else:
                    goal = operate(change, rungs.flat[index])
                    low = high = int(np.clip(goal, 0, self.top(space, index)))
                    rungs.flat[index] = low
                pins.set(index, low, high)
        else:
            self.alter_state(change)

    def top(self, space, index):
        if space == "rung":
            return len(self.m.ladders[index // self.m.actors % 3]["height"]) - 1
        rights = index % self.policy.shape[1] == 0
        return len((self.m.rights if rights else self.m.posture)["value"]) - 1

    def alter_state(self, change):
        for index in change.get("indices", []):
            if change["space"] == "authority_state":
                most = 10 if index % 4 == 3 else 1
                self.states.flat[index] = np.clip(operate(change, self.states.flat[index]), 0, most)
            elif change["space"] == "salience":
                cap = self.m.group["salience_cap"][index // self.m.actors]
                self.salience.flat[index] = np.clip(operate(change, self.salience.flat[index]), 0, cap)
            elif change["space"] == "activity":
                value = np.clip(operate(change, self.activity[index]), 1e-6, 1e6)
                self.activity[index], self.log_activity[index] = value, np.log(value)

    def hold(self):
        for change in self.held:
            if change["space"] in ("authority_state", "salience", "activity"):
                self.alter_state(change)

    # Stage 2: threats (section 3.2).

    def threats(self, t):
        m = self.m
        for g in range(m.groups):
            group = {name: values[g] for name, values in m.group.items()}
            self.log_activity[g] *= 1 - group["reversion"] * m.dt
            if group["volatility"]:
                n = NORMAL.inv_cdf(uniform(self.word(g, t, ACTIVITY)))
                self.log_activity[g] += group["volatility"] * np.sqrt(m.dt) * n
            self.activity[g] = np.exp(self.log_activity[g])
            posture = m.posture["value"][self.policy[int(group["host"]), 1 + g]]
            prevented = group["effect"] * max(0.0, posture)
            mean = m.dt * self.p["attack_rate"][g] * self.activity[g] * (1 - prevented)
            u = uniform(self.word(m.entity, t, ATTACKS, index=g))
            self.salience[g] *= 2 ** (-m.dt / group["halflife"])
            for i in range(m.actors):
                attacks = poisson_quantile(min(700.0, mean * self.p["exposure"][g, i]), u[i])
                self.salience[g, i] = min(group["salience_cap"], self.salience[g, i] + attacks)
        self.hold()

    # Stage 3: drivers (section 4).

    def height(self, k, d):
        return self.m.ladders[d]["height"][self.rungs[k, d]]

    def drivers(self, k):
        m, p = self.m, self.p
        hardliner, _, control, salience = self.states[k]
        security = p["border"][k] * (control - 0.5)
        for g in range(m.groups):
            threat = np.minimum(1, p["threat_floor"][g] + self.salience[g])
            security += p["exposure"][g] * threat * m.posture["value"][self.policy[k, 1 + g]]
        economic = np.zeros(m.actors)
        if m.sectors:
            economic = p["offer"][k] @ p["interest"] * (1 - p["dependence"] * p["sanctions"][k])
        looks = self.alignment.sum(axis=1)
        inverse = np.where(looks > 0, 1 / np.maximum(looks, 1), 0)
        recognises = m.ladders[R]["recognises"][self.rungs[k, R]]
        coercion, engagement = self.height(k, C), self.height(k, E)
        rival = self.rivalry @ coercion - self.rivalry.sum(axis=1) * coercion
        rival = rival + m.eta * (self.rivalry @ engagement)
        others = [other for other in range(m.authorities) if other != k]
        return {
            "security": security,
            "grievance": np.maximum(0, -security),
            "economic": economic,
            "rights": p["rights_sensitivity"]
            * (1 - m.rights["value"][self.policy[k, 0]])
            * (1 + salience),
            "alignment": [self.alignment @ self.height(k, d) * inverse for d in range(3)],
            "alignment_weight": np.where(looks > 0, p["alignment_weight"], 0),
            "cover": self.alignment @ recognises * inverse,
            "bandwagon": p["standing"][k] + np.sum(m.omega_fixed[recognises]) / 2**30,
            "rivalry": rival / 2**15,
            "confrontation": p["confrontation"][k],
            "pressure": p["dependence"] * p["opposition"][k],
            "need": p["need"][k],
            "trust": control * (1 - m.dynamics["incoherence"][k] * 4 * hardliner * (1 - hardliner)),
            "engagement": engagement,
            "coercion": coercion,
            "rival_claims": [sum(self.height(o, d) for o in others) for d in range(3)],
            "mediation": p["mediation"][k],
        }

    # Stage 4: actors decide (section 5).

    def utility(self, x, d, r, own):
        """V_i,d(r) seen from the present rung, for the rungs r of all actors."""
        m, p, terms = self.m, self.p, self.m.terms
        ladder = m.ladders[d]

        def th(term, field="coefficient"):
            return terms[term][field] if term in terms else 0.0

        def phi(profile):
            return ladder[profile][r]

        s = phi("height")
        v = th("baseline") * phi("baseline")
        v = v - th("alignment") * x["alignment_weight"] * (s - x["alignment"][d]) ** 2
        v = v - th("switching") * np.where(r > own, ladder["up"], 0)
        v = v - th("switching") * np.where(r < own, ladder["down"], 0)
        if d != C:
            v = v + th("security") * p["security_weight"] * x["trust"] * x["security"] * phi("security")
            v = v + th("economic") * p["economic_weight"] * x["trust"] * x["economic"] * phi("economic")
            relief = 1 - th("rights", "cover_effect") * x["cover"]
            v = v - th("rights") * p["rights_weight"] * x["rights"] * relief * phi("exposure")
            v = v + th("bandwagon") * x["bandwagon"] * phi("signal")
            v = v + th("rivalry") * x["rivalry"] * phi("economic")
            v = v + th("confrontation") * x["confrontation"] * phi("signal")
            v = v - th("pressure") * x["pressure"] * phi("exposure")
            v = v + th("need") * x["need"] * phi("security")
            v = v - th("exclusivity") * x["rival_claims"][d] * s
        if d == R:
            v = v + th("cross") * x["engagement"] * phi("recognises")
        if d == E:
            v = v - th("cross", "coercion") * x["coercion"] * s
        if d == C:
            v = v + th("grievance") * p["security_weight"] * x["grievance"] * p["capability"] * s
            v = v - th("embeddedness") * x["engagement"] * s
            v = v - th("mediation") * x["mediation"] * s
        for c, (coefficient, profile, ladders) in enumerate(m.covariates):
            if d in ladders:
                v = v + coefficient * p["covariate"][c] * phi(profile)
        return v

    def choose(self, own, top, up, down, opportunity, word, recorded):
        """Next rungs; where the draw lies next to a probability, the recorded ones."""
        above = np.where(own < top, np.exp(np.clip(up, -87, 88)), 0)
        below = np.where(own > 0, np.exp(np.clip(down, -87, 88)), 0)
        share = opportunity / (1 + below + above)
        zero, one = (word >> 1) / 2**31, (2**31 - 1 - (word >> 1)) / 2**31
        falls = zero < share * below
        rises = ~falls & (one < share * above)
        next_rung = own - falls + rises
        margin = np.minimum(np.abs(zero - share * below), np.abs(one - share * above))
        near = (margin < NEAR_TIE) & (next_rung != recorded)
        self.near_ties += int(np.sum(near))
        return np.where(near, recorded, next_rung)

    def decide(self, k, t, x):
        m = self.m
        for d in range(3):
            own = self.rungs[k, d]
            top = len(m.ladders[d]["height"]) - 1
            v = self.utility(x, d, own, own)
            up = (self.utility(x, d, np.minimum(own + 1, top), own) - v) / m.tau
            down = (self.utility(x, d, np.maximum(own - 1, 0), own) - v) / m.tau
            opportunity = 1 - np.exp(-m.ladders[d]["rate"] * m.dt * self.p["attention"])
            word = self.word(m.entity, t, CHOICE, authority=k, index=d)
            recorded = self.recorded.rungs[k, d, t]
            self.next[k, d] = self.choose(own, top, up, down, opportunity, word, recorded)

    # Stage 5: authorities decide (section 7).

    def authority(self, k, t, x):
        m, p = self.m, self.p
        c = {name: values[k] for name, values in m.dynamics.items()}
        hardliner, distress, control, salience = self.states[k]
        engagement, coercion = x["engagement"], x["coercion"]

        def world(values):
            return np.sum(m.omega * values)

        slope = c["inducement"] * world(p["rights_weight"] * p["rights_sensitivity"] * (1 - engagement))
        slope += c["relief"] * distress - c["doctrine"] * hardliner - c["rally"] * world(coercion)
        slopes = [slope]
        for g in range(m.groups):
            slope = c["posture_inducement"] * world(p["exposure"][g] * engagement)
            slope += c["deterrence"] * world(p["exposure"][g] * coercion)
            slope -= c["posture_rally"] * world(coercion)
            slopes.append(slope + p["enmity"][k, g] * self.activity[g] - p["kinship"][k, g])
        for index, slope in enumerate(slopes):
            ladder = m.posture if index else m.rights
            own, value = self.policy[k, index], ladder["value"]
            top = len(value) - 1
            up = slope * (value[min(own + 1, top)] - value[own]) - ladder["up"]
            down = slope * (value[max(own - 1, 0)] - value[own]) - ladder["down"]
            word = self.word(index, t, AUTHORITY, authority=k)
            opportunity = 1 - np.exp(-ladder["rate"] * m.dt)
            recorded = self.recorded.policy[k, index, t]
            self.next_policy[k, index] = self.choose(
                own, top, up / c["temperature"], down / c["temperature"], opportunity, word, recorded
            )
        change = c["pull"] * (c["hardliner_home"] - hardliner) + c["harden"] * world(coercion)
        hardliner += m.dt * (change - c["soften"] * world(engagement))
        if c["hardliner_noise"]:
            n = NORMAL.inv_cdf(uniform(self.word(k, t, HARDLINER)))
            hardliner += c["hardliner_noise"] * np.sqrt(m.dt) * n
        change = c["freeze"] * p["frozen"][k] + c["closure"] * world(p["trade"] * coercion)
        change -= c["relax"] * distress + c["dividend"] * world(x["economic"] * engagement)
        distress += m.dt * change
        change = c["recover"] * (c["control_home"] - control)
        change -= c["shake"] * world(p["capability"] * (coercion == 1))
        control += m.dt * change
        salience *= 2 ** (-m.dt / c["rights_salience_halflife"])
        self.states[k] = *np.clip([hardliner, distress, control], 0, 1), salience

    # Stage 7: bodies decide (section 6.5).

    def decide_bodies(self):
        for b, body in enumerate(self.m.bodies):
            row = self.rungs[body["authority"], LADDERS.index(body["ladder"])]
            members = np.array(body["members"], dtype=int)
            weight = self.m.omega_fixed[members] if body["by_importance"] else np.ones(len(members))
            whole, there = np.sum(weight), np.sum(weight[row[members] >= body["rung"]])
            share = np.float32(there) / np.float32(whole) if whole else 0.0
            if self.yes[b]:
                self.yes[b] = not share < single(body["reverse_below"])
            else:
                vetoed = any(row[i] < body["veto_rung"] for i in body["vetoes"])
                self.yes[b] = bool(share >= single(body["threshold"])) and not vetoed

    def step(self, t):
        m = self.m
        self.events(t)
        self.threats(t)
        self.next, self.next_policy = self.rungs.copy(), self.policy.copy()
        drivers = [self.drivers(k) for k in range(m.authorities)]
        for k in range(m.authorities):
            self.decide(k, t, drivers[k])
        for k in range(m.authorities):
            self.authority(k, t, drivers[k])
        self.hold()
        self.pins.apply(self.next)
        self.policy_pins.apply(self.next_policy)
        self.rungs, self.policy = self.next, self.next_policy
        self.decide_bodies()


def operate(change, before):
    value = single(change["value"])
    return {"add": before + value, "scale": before * value}.get(change["op"], value)
