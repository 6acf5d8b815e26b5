import type { Ladder, LadderOutcome, Results } from './contract';

/** Reading numbers out of results: the one place that knows the layout of flat arrays. */

export function ladderOf(results: Results, ladder: number): Ladder {
  const found = results.world.ladders[ladder];
  if (!found) throw new RangeError(`no ladder ${ladder}`);
  return found;
}

export function ladderOutcome(
  results: Results, outcome: number, authority: number, ladder: number,
): LadderOutcome {
  const found = results.outcomes[outcome]?.authorities[authority]?.ladders[ladder];
  if (!found) throw new RangeError(`no ladder ${ladder} of authority ${authority}`);
  return found;
}

/** Chance that an actor stands at or above a rung at the end of a step, per mille. */
export function reach(
  results: Results, outcome: number, authority: number, ladder: number,
  step: number, actor: number, rung: number,
): number {
  if (rung <= 0) return 1000;
  const above = ladderOf(results, ladder).rungs.length - 1;
  if (rung > above) return 0;
  const place = (step * results.world.actors.length + actor) * above + rung - 1;
  return ladderOutcome(results, outcome, authority, ladder).reach[place] ?? 0;
}

/** Chance of each rung, per mille; lowest first. */
export function shares(
  results: Results, outcome: number, authority: number, ladder: number,
  step: number, actor: number,
): number[] {
  return ladderOf(results, ladder).rungs.map(
    (_, rung) =>
      reach(results, outcome, authority, ladder, step, actor, rung) -
      reach(results, outcome, authority, ladder, step, actor, rung + 1),
  );
}

/** The rung with the greatest share; of equals the lowest. */
export function mostProbable(parts: readonly number[]): number {
  let best = 0;
  parts.forEach((share, rung) => {
    if (share > (parts[best] ?? 0)) best = rung;
  });
  return best;
}

/** The rung that history has for an actor at the end of a step; null: not on record. */
export function observed(
  results: Results, authority: number, ladder: number, step: number, actor: number,
): number | null {
  let rung: number | null = null;
  let latest = -1;
  for (const row of results.world.observations) {
    if (row.actor !== actor || row.authority !== authority || row.ladder !== ladder) continue;
    if (row.step <= step && row.step >= latest) {
      latest = row.step;
      rung = row.rung;
    }
  }
  return rung;
}
