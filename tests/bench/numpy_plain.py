"""Stages 3 and 4 of docs/model.md as most would write them: whole arrays of actors by replicates.

Every driver and every utility is computed for everyone, reconsidering or not; sums over the
relations are matrix products. Tuned without changing that:

- Actors are taken a few at a time, so that what lies between their drivers and their choice stays
  in the cache, in buffers that are used again. Batches may then be large, and whatever is done once
  per step counts little.
- Utilities are linear in the profiles: the gains of all steps of a ladder are one small matrix
  product. Drivers on profiles that two ladders share are computed once.
"""

import numpy as np

from numpy_model import Ensemble
from recompute_draws import CHOICE
from recompute_inputs import C, E, R

single = np.float32
# In an order in which what a ladder uses is next to each other; coercion has heights alone.
SLOPES = ("security", "economic", "exposure", "signal", "height", "recognises")
HEIGHT = SLOPES.index("height")
USED = {E: slice(0, HEIGHT + 1), R: slice(1, HEIGHT + 2), C: slice(HEIGHT, HEIGHT + 1)}
# Draws are compared as numbers of 24 bits, which floats hold exactly.
WHOLE = single(2**24)


class Plain(Ensemble):
    """Computes everything for everyone."""

    BATCH = 2048
    CELLS = 32768  # actors times replicates that are computed together

    def leveled(self):
        yield from super().leveled()
        ladder = self.m.ladders[R]
        yield R, R, ladder.height
        if not np.array_equal(ladder.height, ladder.recognises):
            yield "recognises", R, ladder.recognises

    # Tables and buffers.

    def relate(self):
        m = self.m
        share = m.alignment * m.per_look
        self.alignment = np.ascontiguousarray(share.T)
        self.friends = np.empty((3, m.actors, self.replicates), dtype=single)
        self.cover = self.friends[R]
        if "recognises" in self.levels:
            self.cover = np.empty_like(self.cover)
        self.meets = "rivalry" in m.inputs.terms and m.rivals > 0
        self.rivalry = np.ascontiguousarray(m.rivalry[:, : m.rivals].T)
        self.rivalry *= single(m.coefficient("rivalry") / 2**15)
        self.rivaled = np.flatnonzero(m.rivalry_column < m.rivals)
        self.quarrel = single(m.coefficient("rivalry")) * m.rivalry_whole[self.rivaled, None]
        self.singled_out = np.flatnonzero(m.singled_out)
        self.gains = [self.gains_of(d) for d in range(3)]
        # What a step back costs beside the gain of the step: switching, there and back.
        self.both = [x.fixed[0][0] + x.fixed[1][1] if x.top else single(0) for x in m.ladders]
        self.allot()

    def gains_of(self, d):
        """What each step up gains by each profile."""
        ladder = self.m.ladders[d]
        flat = [np.zeros(ladder.top + 1)]
        rows = [ladder.gain.get(profile, flat)[0][: ladder.top] for profile in SLOPES[USED[d]]]
        return np.array(rows, dtype=single).T.copy()

    def allot(self):
        """Buffers for a block of actors."""
        self.rows = max(1, min(self.m.actors, self.CELLS // self.replicates))
        block = (self.rows, self.replicates)
        self.size = self.rows * self.replicates
        self.slopes = np.empty((len(SLOPES), *block), dtype=single)
        self.secure, self.other, self.share, self.uniform = np.empty((4, *block), dtype=single)
        self.ends = np.empty((2, *block), dtype=single)
        self.one, self.most = np.ones(block, dtype=single), np.full((2, *block), 88, dtype=single)
        # Gains of the step that leads to each rung; none leads to the lowest or beyond the highest.
        self.steps = [np.empty((x.top + 2, *block), dtype=single) for x in self.m.ladders]
        for steps in self.steps:
            steps[0], steps[-1] = np.inf, -np.inf
        # Where in a block's gains those of each actor's present rung are.
        cell = np.arange(self.m.actors * self.replicates) % self.size
        self.place = self.rungs.astype(np.intp) * self.size + cell.reshape(self.m.actors, -1)

    def follow(self, k, d, actor, replicate, old, new):
        """Nothing but places is kept: sums are computed anew in every step."""
        self.place[k, d, actor, replicate] += (new.astype(np.intp) - old) * self.size

    # A step.

    def decide(self, k, t, views):
        found = [[], [], []]
        m, s = self.m, self.setting
        self.sums(k)
        self.slopes[SLOPES.index("signal")] = views["bandwagon"]
        self.attraction = single(2 * m.coefficient("alignment")) * s.p["alignment_weight"]
        self.chance = [x * WHOLE for x in s.chance]
        # The rest of what a step up gains, less the cost of switching.
        self.fixed = [
            up.reshape(x.top + 1, m.actors, -1)[:-1] for x, (up, _) in zip(m.ladders, s.move[k])
        ]
        for first in range(0, m.actors, self.rows):
            rows = slice(first, min(first + self.rows, m.actors))
            shared = self.drivers(k, rows, views)
            for d in (E, R, C):
                self.slope(k, d, rows, views, *shared)
                found[d].append(self.choose(k, d, t, rows))
        for d, blocks in enumerate(found):
            at, new = (np.concatenate(x) for x in zip(*blocks))
            yield k, d, *np.divmod(at, self.replicates), new

    def sums(self, k):
        """Sums over friends, rivals and groups that threaten few."""
        m, levels = self.m, self.levels
        for d in range(3):
            np.matmul(self.alignment, levels[d][k], out=self.friends[d])
        if "recognises" in levels:
            np.matmul(self.alignment, levels["recognises"][k], out=self.cover)
        if self.meets:
            presence = levels[C][k]
            if m.inputs.eta:
                presence = presence + single(m.inputs.eta) * levels[E][k]
            self.rivals = self.rivalry @ presence
            self.rivals -= self.quarrel * levels[C][k, self.rivaled]
        self.few = np.zeros((len(self.singled_out), self.replicates), dtype=single)
        for g in range(m.groups):
            if not m.threatens_all[g]:
                rows = slice(*np.searchsorted(m.row_group, (g, g + 1)))
                felt = self.felt(rows, np.empty_like(self.salience[rows]), single(1))
                felt *= self.posture[k, g]
                self.few[np.searchsorted(self.singled_out, m.row_actor[rows])] += felt

    def felt(self, rows, out, most):
        """How much a group is felt by the actors behind some rows of salience."""
        np.add(self.salience[rows], self.setting.floor[rows], out=out)
        np.minimum(out, most, out=out)
        out *= self.setting.exposure[rows]
        return out

    @staticmethod
    def add_some(total, rows, actors, values):
        """Adds the values of some actors to a block."""
        first, last = np.searchsorted(actors, (rows.start, rows.stop))
        if first < last:
            total[actors[first:last] - rows.start] += values[first:last]

    def drivers(self, k, rows, views):
        """What ladders share: fills slopes and returns security and a buffer."""
        m, s, th, p = self.m, self.setting, self.m.coefficient, self.setting.p
        n = rows.stop - rows.start
        secure, other = self.secure[:n], self.other[:n]
        security, economic, exposure = self.slopes[:3, :n]
        np.multiply(p["border"][k][rows], views["control"], out=secure)
        for g in np.flatnonzero(m.threatens_all):
            first = m.row[g, 0]
            felt = self.felt(slice(first + rows.start, first + rows.stop), other, self.one[:n])
            felt *= self.posture[k, g]
            secure += felt
        self.add_some(secure, rows, self.singled_out, self.few)
        np.multiply(secure, s.security[rows], out=security)
        security *= views["trust"]

        gain, taken = (x[rows] for x in s.economic[k])
        np.multiply(gain, views["trust"], out=economic)
        economic -= np.multiply(taken, views["trust"] * views["sanctions"], out=other)
        if self.meets:
            self.add_some(economic, rows, self.rivaled, self.rivals)

        np.multiply(self.cover[rows], single(th("rights", "cover_effect")), out=exposure)
        exposure -= 1
        exposure *= s.rights[rows]
        exposure *= views["record"]
        exposure -= np.multiply(s.pressure[rows], views["opposition"], out=other)
        return secure, other

    def slope(self, k, d, rows, views, secure, other):
        """What one ladder alone is driven by."""
        m, s, th, levels = self.m, self.setting, self.m.coefficient, self.levels
        n = rows.stop - rows.start
        height, recognises = self.slopes[HEIGHT : HEIGHT + 2, :n]
        np.multiply(self.friends[d][rows], self.attraction[rows], out=height)
        if d == C:
            np.minimum(secure, 0, out=secure)
            height -= np.multiply(secure, s.grievance[rows], out=secure)
            height -= np.multiply(levels[E][k, rows], single(th("embeddedness")), out=other)
            height -= views["mediation"]
            return
        if d == R:
            np.multiply(levels[E][k, rows], single(th("cross")), out=recognises)
        else:
            height -= np.multiply(levels[C][k, rows], single(th("cross", "coercion")), out=other)
        if "exclusivity" in m.inputs.terms:
            for o in range(m.authorities):
                if o != k:
                    height -= single(th("exclusivity")) * levels[d][o, rows]

    def choose(self, k, d, t, rows):
        """Places and new rungs of the block's actors who move."""
        n = rows.stop - rows.start
        steps, slopes = self.steps[d], self.slopes[USED[d], :n]
        ways = steps[1:-1, :n]
        if len(slopes) == 1:
            np.multiply(self.gains[d][..., None], slopes, out=ways)
        else:
            flat = slopes.reshape(len(slopes), -1), ways.reshape(len(ways), -1)
            np.matmul(self.gains[d], flat[0], out=flat[1])
        ways += self.fixed[d][:, rows]
        place = self.place[k, d, rows]
        ends = below, above = self.ends[:, :n]
        np.take(steps, place, out=below, mode="clip")
        np.take(steps[1:], place, out=above, mode="clip")
        np.subtract(self.both[d], below, out=below)
        np.minimum(ends, self.most[:, :n], out=ends)
        np.exp(ends, out=ends)
        share = np.add(below, above, out=self.share[:n])
        share += 1
        np.divide(self.chance[d][rows], share, out=share)
        ends *= share
        np.subtract(WHOLE, above, out=above)
        word = self.draws.words(CHOICE, t, self.m.inputs.entity[rows], authority=k, index=d)
        np.right_shift(word, 8, out=word)
        u = self.uniform[:n]
        np.copyto(u, word.view(np.int32))
        rises = u >= above
        moves = (u < below) | rises
        first, own = rows.start * self.replicates, self.rungs[k, d, rows].ravel()
        if self.referee:
            margin = np.minimum(np.abs(u - below), np.abs(u - above)) / WHOLE
            at = np.arange(first, first + own.size)
            moves = self.referee.settle((k, d, t), at, own, moves.ravel(), margin.ravel())
            rises = u - below > above - u  # whichever is next
        moved = np.flatnonzero(moves)
        return first + moved, own.take(moved) + np.where(rises.take(moved), 1, -1)
