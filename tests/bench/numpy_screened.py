"""Stages 3 and 4 of docs/model.md as an expert would write them: for those only who may move.

- Few actors reconsider in a step. All uniforms of a ladder are drawn at once, and utilities are
  computed only where the uniform lies so near to either end that the actor might move.
- Few of those move, so that sums over the relations are brought up to date by the moves. In units
  of relations and heights they are whole numbers below 2^24, so that floats hold them exactly.
"""

import numpy as np

from numpy_model import Ensemble, screen
from numpy_setting import pick
from recompute_draws import CHOICE
from recompute_inputs import C, E, R

single = np.float32


class Screened(Ensemble):
    """Gathers what decides the few who may move."""

    BATCH = 2048

    def relate(self):
        m, ladders = self.m, self.m.ladders
        rungs = m.inputs.rungs

        def start(heights, matrix):  # (authority, replicate, column): a move adds whole rows
            total = (heights @ matrix)[:, None]
            return np.repeat(total, self.replicates, axis=1)

        units = [ladders[d].units[rungs[:, d]] for d in range(3)]
        self.friends = [start(x, m.alignment) for x in units]
        self.cover = start(ladders[R].recognises[rungs[:, R]] * 240, m.alignment)
        eta = single(m.inputs.eta)
        self.rivals = start(units[C], m.rivalry) + start(eta * units[E], m.rivalry)
        # What a move on each ladder changes: sums by the matrix, in units of the value of a rung.
        self.followed = [[(self.friends[d], m.alignment, ladders[d].units)] for d in range(3)]
        self.followed[E].append((self.rivals, m.rivalry, eta * ladders[E].units))
        self.followed[C].append((self.rivals, m.rivalry, ladders[C].units))
        if np.array_equal(ladders[R].units, 240 * ladders[R].recognises):
            self.cover = self.friends[R]
        else:
            self.followed[R].append((self.cover, m.alignment, 240 * ladders[R].recognises))

    def follow(self, k, d, actor, replicate, old, new):
        """Brings the sums up to date."""
        order = np.argsort(replicate, kind="stable")
        actor, replicate, new, old = (x[order] for x in (actor, replicate, new, old))
        # Fancy indexing adds once to each row: first moves of all replicates, second moves, ...
        first = np.flatnonzero(np.diff(replicate, prepend=-1))
        rank = np.arange(len(order)) - np.repeat(first, np.diff(first, append=len(order)))
        turns = [np.flatnonzero(rank == x) for x in range(rank.max(initial=-1) + 1)]
        for sums, matrix, value in self.followed[d]:
            change = (value[new] - value[old])[:, None]
            for turn in turns:
                where = replicate[turn]
                more = matrix.take(actor[turn], axis=0)
                more *= change[turn]
                more += sums[k].take(where, axis=0)
                sums[k, where] = more

    def decide(self, k, t, views):
        for d in range(3):
            yield k, d, *self.climb(k, d, t, views)

    def climb(self, k, d, t, views):
        """Actors, replicates and new rungs of those who move on a ladder."""
        m, s, ladder = self.m, self.setting, self.m.ladders[d]
        word = self.draws.words(CHOICE, t, m.inputs.entity, authority=k, index=d)
        own = self.rungs[k, d]
        at, falls, end = screen(word, own, s.tail[d])
        actor = at // self.replicates
        replicate = at - actor * self.replicates
        own = own.take(at).astype(np.intp)
        up, down = (pick(x, own * m.actors + actor, replicate) for x in s.move[k][d])
        for profile, slope in self.slopes(k, d, at, actor, replicate, views):
            if profile in ladder.gain:
                rise, fall = ladder.gain[profile]
                up += slope * rise.take(own)
                down += slope * fall.take(own)
        chance = pick(s.chance[d], actor, replicate)
        moved, new = self.outcome((k, d, t), at, own, falls, end, chance, up, down)
        return actor.take(moved), replicate.take(moved), new

    def slopes(self, k, d, at, actor, replicate, views):
        """Pairs of profile and what it is multiplied by, but for what Setting.moves knows."""
        m, s, th = self.m, self.setting, self.m.coefficient

        def view(name):
            return views[name].take(replicate)

        place = replicate * m.actors + actor
        stand = self.friends[d][k].take(place)
        yield "height", pick(s.alignment, actor, replicate) * stand
        if d == C:
            anger = pick(s.grievance, actor, replicate)
            anger = anger * np.maximum(0, -self.security(k, at, actor, replicate, view))
            calm = single(th("embeddedness")) * self.levels[E][k].take(at)
            yield "height", anger - calm - view("mediation")
            return
        trust = view("trust")
        if "security" in m.ladders[d].gain:
            weight = pick(s.security, actor, replicate)
            yield "security", weight * trust * self.security(k, at, actor, replicate, view)
        gain, taken = (pick(x, actor, replicate) for x in s.economic[k])
        yield "economic", trust * (gain - view("sanctions") * taken)
        if "rivalry" in m.inputs.terms and m.rivals:
            column = replicate * (m.rivals + 1) + m.rivalry_column.take(actor)
            rival = self.rivals[k].take(column) * single(1 / 240 / 2**15)
            rival -= m.rivalry_whole.take(actor) * self.levels[C][k].take(at)
            yield "economic", single(th("rivalry")) * rival
        cover = self.cover[k].take(place) * m.per_look.take(actor)
        relief = 1 - single(th("rights", "cover_effect") / 240) * cover
        blame = pick(s.rights, actor, replicate) * view("record") * relief
        yield "exposure", -blame - pick(s.pressure, actor, replicate) * view("opposition")
        yield "signal", view("bandwagon")
        if d == R:
            yield "recognises", single(th("cross")) * self.levels[E][k].take(at)
        else:
            yield "height", -single(th("cross", "coercion")) * self.levels[C][k].take(at)
        if "exclusivity" in m.inputs.terms:
            others = [x for x in range(m.authorities) if x != k]
            claims = sum(m.ladders[d].height[self.rungs[o, d].take(at)] for o in others)
            yield "height", -single(th("exclusivity")) * claims

    def security(self, k, at, actor, replicate, view):
        m, p = self.m, self.setting.p
        total = pick(p["border"][k], actor, replicate) * view("control")
        some = np.flatnonzero(m.singled_out.take(actor))
        actor_there, replicate_there = actor.take(some), replicate.take(some)
        for g in range(m.groups):
            if m.threatens_all[g]:
                total += self.threat(k, g, m.row[g].take(actor), replicate)
            else:
                row = m.row[g].take(actor_there)
                here = np.flatnonzero(row >= 0)
                threat = self.threat(k, g, row.take(here), replicate_there.take(here))
                total[some.take(here)] += threat
        return total

    def threat(self, k, g, row, replicate):
        s = self.setting
        salience = self.salience.take(row * self.replicates + replicate)
        felt = np.minimum(1, salience + pick(s.floor, row, replicate))
        return pick(s.exposure, row, replicate) * felt * self.posture[k, g].take(replicate)
