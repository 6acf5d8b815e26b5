"""The model of docs/model.md for many replicates at once, as vectorised NumPy in single precision.

The competitor of the benchmarks: what a researcher who knows NumPy well would run instead of the
engine. State arrays have the replicate as last axis. What follows from parameters is shared by all
replicates with the same values (a last axis of 1) and computed again only when a series, an event
or a body changes them. How actors decide is left to numpy_screened.py, which computes as little as
it can, and numpy_plain.py, which computes everything in whole arrays.
"""

import numpy as np

from numpy_events import Agenda
from numpy_setting import pick
from recompute_draws import ACTIVITY, ATTACKS, AUTHORITY, HARDLINER
from recompute_inputs import STATES, C, E, R

single = np.float32


def poisson(mean, u):
    """The smallest counts whose distribution functions exceed u."""
    mean = mean.astype(float)
    count = np.zeros(len(mean), dtype=single)
    term = np.exp(-mean)
    total = term.copy()
    for n in range(1, int(10 * mean.max(initial=0)) + 100):
        more = u >= total
        if not more.any():
            break
        count += more
        term *= mean / n
        total += term
    return count


def screen(word, own, tail):
    """Who may move: places with draws near 0 that may fall, followed by those near 1.

    Returns the places, how many may fall and the distances of the draws from their ends.
    """
    falls = np.flatnonzero((word < tail) & (own > 0))
    rises = np.flatnonzero(word > ~tail)
    end = np.concatenate((word.take(falls), ~word.take(rises)))
    return np.concatenate((falls, rises)), len(falls), end


class Ensemble:
    """A batch of replicates; `draws` gives their luck, `referee` may overrule near ties.

    Methods of deciding derive from it: `decide` yields authority, ladder, actors, replicates and
    new rungs of those who move, `relate` prepares sums over relations, `follow` learns of moves.
    """

    def __init__(self, m, draws, replicates, referee=None):
        self.m, self.draws, self.replicates, self.referee = m, draws, replicates, referee
        full = (m.authorities, 3, m.actors, replicates)
        self.rungs = np.broadcast_to(m.inputs.rungs[..., None], full).astype(np.uint8)
        d = m.dynamics
        policy = [d["initial_rights"], *d.get("initial_posture", np.zeros((m.authorities, 0))).T]
        self.policy = self.repeat(np.stack(policy, axis=1)).astype(np.uint8)
        self.states = self.repeat(np.stack([d["initial_" + name] for name in STATES], axis=1))
        if m.groups:
            self.activity = self.repeat(m.group["initial_activity"][:, 0])
            self.log_activity = np.log(self.activity)
            self.salience = self.repeat(m.inputs.salience[m.row_group, m.row_actor]).astype(single)
        self.count()
        self.relate()
        self.agenda = Agenda(self)

    def repeat(self, values):
        return np.repeat(values[..., None], self.replicates, axis=-1)

    # Sums over actors.

    def leveled(self):
        """Names of what is kept for every actor, with the ladder and a value for each rung."""
        ladders = self.m.ladders
        yield from ((d, d, ladders[d].height) for d in (E, C))
        yield "force", C, ladders[C].force

    def count(self):
        """Heights and sums at the start; `move` keeps them."""
        m = self.m
        rungs = m.inputs.rungs
        self.levels = {x: self.repeat(values[rungs[:, d]]) for x, d, values in self.leveled()}
        self.tallies = []
        self.recognition = [
            self.tally(k, R, np.argmax(np.append(m.ladders[R].recognises, 1)), m.inputs.omega_fixed)
            for k in range(m.authorities)
        ]

    def tally(self, k, d, rung, weights):
        """The sum of whole weights at or above a rung, one per replicate, kept from now on."""
        total = (weights[:, None] * (self.rungs[k, d] >= rung)).sum(axis=0, dtype=float)
        self.tallies.append((k, d, rung, weights, total))
        return total

    def move(self, k, d, actor, replicate, new):
        """Puts the actors on new rungs, with everything that counts rungs."""
        old = self.rungs[k, d, actor, replicate]
        self.rungs[k, d, actor, replicate] = new
        for name, ladder, values in self.leveled():
            if ladder == d:
                self.levels[name][k, actor, replicate] = values[new]
        for kk, dd, rung, weights, total in self.tallies:
            if (kk, dd) == (k, d):
                change = weights[actor] * ((new >= rung).astype(int) - (old >= rung))
                total += np.bincount(replicate, change, self.replicates)
        self.follow(k, d, actor, replicate, old, new)

    def world(self, rows, level):
        """Importance-weighted sums over actors of weights times a level, one row each."""
        rows = [row * self.m.omega[:, None] for row in rows]
        if all(row.shape[1] == 1 for row in rows):
            return np.concatenate(rows, axis=1).T @ level
        return np.stack([np.sum(row * level, axis=0) for row in rows])

    # A step (docs/model.md, section 3).

    def step(self, t):
        m = self.m
        self.agenda.begin(t)
        self.setting = self.agenda.setting
        if m.groups:
            self.threats(t)
        self.agenda.hold()
        moves = []
        policy = self.policy.copy()
        before = self.states.copy()
        self.posture = np.take(m.inputs.posture["value"].astype(single), self.policy[:, 1:])
        for k in range(m.authorities):
            views = self.views(k)
            moves += self.decide(k, t, views)
            policy[k] = self.authority(k, t, before[k])
        self.agenda.hold()
        for k, d, actor, replicate, new in moves:
            self.move(k, d, *self.agenda.pinned(k, d, actor, replicate, new))
        self.policy = self.agenda.pinned_policy(policy)
        self.agenda.bodies()

    # Stage 2: threats (section 3.2).

    def threats(self, t):
        m, group, p = self.m, self.m.group, self.setting.p
        self.log_activity *= 1 - group["reversion"] * single(m.dt)
        luck = self.draws.normals(ACTIVITY, t, m.groups)
        self.log_activity += group["volatility"] * single(np.sqrt(m.dt)) * luck
        np.exp(self.log_activity, out=self.activity)
        posture = self.policy[group["host"][:, 0], 1 + np.arange(m.groups)]
        prevented = group["effect"] * m.inputs.posture["value"].clip(0).astype(single)[posture]
        mean = single(m.dt) * p["attack_rate"] * self.activity * (1 - prevented)
        self.salience *= (2 ** (-single(m.dt) / group["halflife"]))[m.row_group]
        # Only draws above the smallest probability of no attack need a closer look.
        exposure = self.setting.exposure
        most = np.minimum(700, mean.max(axis=1)[m.row_group] * exposure.max(axis=1))
        quiet = np.clip(np.exp(-most.astype(float)) * 2.0**32 - 2**10, 0, 2**32 - 1)
        words = self.draws.words(ATTACKS, t, m.inputs.entity[m.row_actor], index=m.row_group)
        hit = np.flatnonzero(words >= quiet.astype(np.uint32)[:, None])
        row, replicate = np.divmod(hit, self.replicates)
        expected = mean[m.row_group[row], replicate] * pick(exposure, row, replicate)
        attacks = poisson(np.minimum(700, expected), (words.take(hit) + 0.5) / 2.0**32)
        cap = group["salience_cap"][m.row_group[row], 0]
        self.salience[row, replicate] = np.minimum(cap, self.salience[row, replicate] + attacks)

    # Stage 3: drivers (section 4).

    def views(self, k):
        """Drivers that are the same for all actors."""
        m, p = self.m, self.setting.p
        hardliner, _, control, salience = self.states[k]
        split = single(m.inputs.dynamics["incoherence"][k]) * 4 * hardliner * (1 - hardliner)
        rights = m.inputs.rights["value"].astype(single)[self.policy[k, 0]]
        world = p["standing"][k] + (self.recognition[k] / 2.0**30).astype(single)
        zero = np.zeros(self.replicates, dtype=single)
        return {
            "trust": control * (1 - split),
            "control": control - single(0.5),
            "record": (1 - rights) * (1 + salience),
            "bandwagon": single(m.coefficient("bandwagon")) * world + zero,
            "opposition": p["opposition"][k] + zero,
            "sanctions": p["sanctions"][k] + zero,
            "mediation": single(m.coefficient("mediation")) * p["mediation"][k] + zero,
        }

    # Stages 4 and 5: the choice (section 5), and the authority, which decides alike (section 7).

    def outcome(self, which, at, own, falls, end, chance, up, down):
        """Which of the screened move, and to which rungs."""
        above, below = np.exp(np.minimum(up, 88)), np.exp(np.minimum(down, 88))
        bound = np.concatenate((below[:falls], above[falls:])) * (chance / (1 + below + above))
        distance = (end >> 1) * single(2.0**-31)
        moves = distance < bound
        if self.referee:
            moves = self.referee.settle(which, at, own, moves, np.abs(distance - bound))
        moved = np.flatnonzero(moves)
        return moved, own.take(moved) + np.where(moved < falls, -1, 1)

    def authority(self, k, t, before):
        """Moves the states and returns the new rungs of rights and postures."""
        m, s, p = self.m, self.setting, self.setting.p
        c = {name: x[k] for name, x in m.dynamics.items()}
        hardliner, distress, control, salience = before
        one = np.ones((m.actors, 1), dtype=single)
        care = p["rights_weight"] * p["rights_sensitivity"]
        exposed = list(p["exposure"]) if m.groups else []
        dealt, unlocked, income, lost, *near = self.world(
            [one, care, s.gain[k], s.taken[k], *exposed], self.levels[E][k]
        )
        pressed, closed, *struck = self.world([one, p["trade"], *exposed], self.levels[C][k])
        (force,) = self.world([p["capability"]], self.levels["force"][k])
        whole = np.sum(care * m.omega[:, None], axis=0)

        slope = c["inducement"] * (whole - unlocked) + c["relief"] * distress
        slope += -c["doctrine"] * hardliner - c["rally"] * pressed
        slopes = [slope[None]]
        if m.groups:
            slope = c["posture_inducement"] * np.stack(near) + c["deterrence"] * np.stack(struck)
            slope += p["enmity"][k] * self.activity - c["posture_rally"] * pressed - p["kinship"][k]
            slopes.append(slope)
        rungs = self.adopt(k, t, np.concatenate(slopes) / c["temperature"], c["temperature"])

        dt = single(m.dt)
        drift = c["pull"] * (c["hardliner_home"] - hardliner) + c["harden"] * pressed
        luck = self.draws.normals(HARDLINER, t, m.authorities)[k]
        noise = c["hardliner_noise"] * single(np.sqrt(m.dt)) * luck
        self.states[k, 0] = hardliner + dt * (drift - c["soften"] * dealt) + noise
        drift = c["freeze"] * p["frozen"][k] + c["closure"] * closed - c["relax"] * distress
        income = income - p["sanctions"][k] * lost
        self.states[k, 1] = distress + dt * (drift - c["dividend"] * income)
        drift = c["recover"] * (c["control_home"] - control) - c["shake"] * force
        self.states[k, 2] = control + dt * drift
        np.clip(self.states[k, :3], 0, 1, out=self.states[k, :3])
        self.states[k, 3] = salience * 2 ** (-dt / c["rights_salience_halflife"])
        return rungs

    def adopt(self, k, t, slopes, temperature):
        """New rungs of the authority on all of its ladders."""
        policy = self.m.policy
        own = self.policy[k]
        word = self.draws.words(AUTHORITY, t, np.arange(len(own)), authority=k)
        at, falls, end = screen(word, own, policy.tail)
        ladder = at // self.replicates
        rungs = own.take(at)
        cell = ladder * policy.width + rungs
        slope = slopes.take(at)
        up = slope * policy.rise.take(cell) - policy.up.take(cell) / temperature
        down = slope * policy.fall.take(cell) - policy.down.take(cell) / temperature
        chance = policy.chance.take(ladder)
        moved, new = self.outcome((k, t), at, rungs, falls, end, chance, up, down)
        own = own.copy()
        own.flat[at.take(moved)] = new
        return own
