import type { Band, LadderOutcome, Outcome, Results, World } from '../contract';
import { ladderOutcome } from '../results';

/** Reading single histories: runs of one replicate. */

/** The rung at the end of a step; before the first step, where the actor starts. */
export function rungAt(
  results: Results, outcome: number, authority: number, ladder: number, step: number, actor: number,
): number {
  const { actors, ladders } = results.world;
  if (step < 0) {
    return actors[actor]?.initial[authority * ladders.length + ladder] ?? 0;
  }
  const above = (ladders[ladder]?.rungs.length ?? 1) - 1;
  const { reach } = ladderOutcome(results, outcome, authority, ladder);
  const place = (step * actors.length + actor) * above;
  let rung = 0;
  while (rung < above && (reach[place + rung] ?? 0) >= 500) rung += 1;
  return rung;
}

/** Number of actors at or above a rung, by step. */
export function countAt(
  results: Results, outcome: number, authority: number, ladder: number, rung: number,
): number[] {
  return ladderOutcome(results, outcome, authority, ladder).counts[rung - 1]?.mean ?? [];
}

/** Places of those at or above a rung at the end of a step. */
export function thoseAt(
  results: Results, outcome: number, authority: number, ladder: number, rung: number, step: number,
): number[] {
  return results.world.actors.flatMap((_, actor) =>
    rungAt(results, outcome, authority, ladder, step, actor) >= rung ? [actor] : [],
  );
}

/** A move of a country, as the news would tell it. */
export interface News {
  actor: number;
  ladder: number;
  from: number;
  to: number;
  step: number; // of the last change
}

/** Who stands elsewhere at the end of step `to` than at the end of step `from`. */
export function newsBetween(
  results: Results, outcome: number, authority: number, from: number, to: number,
): News[] {
  const { actors, ladders } = results.world;
  return ladders.flatMap((_, ladder) =>
    actors.flatMap((__, actor) => {
      const rung = (step: number): number =>
        rungAt(results, outcome, authority, ladder, step, actor);
      if (rung(from) === rung(to)) return [];
      let step = to;
      while (step > from + 1 && rung(step - 1) === rung(to)) step -= 1;
      return [{ actor, ladder, from: rung(from), to: rung(to), step }];
    }),
  );
}

/** Where a country takes another way in one world than in another. */
export interface Divergence {
  actor: number;
  ladder: number;
  first: number; // step at whose end the two differ first
  here: number; // rung at the end in the first world
  there: number; // in the second
}

/** Paths that differ between two outcomes. */
export function divergences(
  results: Results, authority: number, here: number, there: number,
): Divergence[] {
  const { actors, ladders, time } = results.world;
  const last = time.labels.length - 1;
  return ladders.flatMap((_, ladder) =>
    actors.flatMap((__, actor) => {
      const rung = (outcome: number, step: number): number =>
        rungAt(results, outcome, authority, ladder, step, actor);
      for (let step = 0; step <= last; step += 1) {
        if (rung(here, step) === rung(there, step)) continue;
        return [{ actor, ladder, first: step, here: rung(here, last), there: rung(there, last) }];
      }
      return [];
    }),
  );
}

const cutBand = (band: Band, steps: number): Band => ({
  mean: band.mean.slice(0, steps),
  low: band.low.slice(0, steps),
  high: band.high.slice(0, steps),
  inner_low: band.inner_low?.slice(0, steps) ?? null,
  inner_high: band.inner_high?.slice(0, steps) ?? null,
});

/** The state before the first step, as results of one step. */
function startOf(world: World, authority: number, ladder: number): LadderOutcome {
  const above = (world.ladders[ladder]?.rungs.length ?? 1) - 1;
  const rungs = world.actors.map(
    (actor) => actor.initial[authority * world.ladders.length + ladder] ?? 0,
  );
  const reach = rungs.flatMap((rung) =>
    Array.from({ length: above }, (_, r) => (rung > r ? 1000 : 0)),
  );
  const counts = Array.from({ length: above }, (_, r): Band => {
    const mean = [rungs.filter((rung) => rung > r).length];
    return { mean, low: mean, high: mean, inner_low: null, inner_high: null };
  });
  return { reach, counts };
}

/** What the step before the first would be called. */
export function labelBefore({ time }: World): string {
  const [year, month, day] = time.start.split('-').map(Number);
  const back = { day: 1, week: 7, month: 1, quarter: 3, year: 12 }[time.unit];
  const days = time.unit === 'day' || time.unit === 'week';
  const date = new Date(
    Date.UTC(year ?? 0, (month ?? 1) - 1 - (days ? 0 : back), days ? (day ?? 1) - back : 1),
  );
  return date.toISOString().slice(0, (time.labels[0] ?? '').length);
}

/**
 * One outcome as far as it is known at the start of a step, for pictures that must not show what is
 * to come. Before the first step it is the start, as if a step had ended there.
 */
export function upTo(results: Results, outcome: number, step: number): Results {
  const { world } = results;
  const steps = Math.max(step, 1);
  const whole = results.outcomes[outcome];
  if (!whole) throw new RangeError(`no outcome ${outcome}`);
  const cut: Outcome = {
    ...whole,
    authorities: whole.authorities.map((own, authority) => ({
      ladders: own.ladders.map((ladder, d) => {
        if (step <= 0) return startOf(world, authority, d);
        const row = world.actors.length * ((world.ladders[d]?.rungs.length ?? 1) - 1);
        return {
          reach: ladder.reach.slice(0, steps * row),
          counts: ladder.counts.map((band) => cutBand(band, steps)),
        };
      }),
      rights: own.rights?.slice(0, steps * world.rights.rungs.length) ?? null,
      postures:
        own.postures?.map((p) => p.slice(0, steps * world.posture.rungs.length)) ?? null,
      states: own.states?.map((band) => cutBand(band, steps)) ?? null,
    })),
    activity: whole.activity?.map((band) => cutBand(band, steps)) ?? null,
    bodies: whole.bodies?.map((yes) => yes.slice(0, steps)) ?? null,
  };
  const labels = step <= 0 ? [labelBefore(world)] : world.time.labels.slice(0, steps);
  return {
    ...results,
    world: { ...world, time: { ...world.time, labels }, events: [], observations: [] },
    outcomes: [cut],
    differences: [],
  };
}
