import type { Ladder, Results } from '../contract';
import { decimal, signed } from '../ui/format';

/** The answer of a world in a few numbers, for its card. */
export interface Headline {
  what: string; // `recognised`
  value: string; // `4.6`, of a variant `+1.6`
  margin: string; // of a variant `± 0.2`, half of its 95 % interval; empty: none
}

/** The rung that tells most: recognition, else `mission` or the one above the middle. */
function tellingRung(ladder: Ladder): number {
  if (ladder.recognises_from !== null) return ladder.recognises_from;
  const mission = ladder.rungs.indexOf('mission');
  return mission > 0 ? mission : Math.ceil(ladder.rungs.length / 2);
}

/** Recognition and engagement at the end: counts of the baseline, differences of a variant. */
export function headlines(results: Results, outcome: number, authority: number): Headline[] {
  const last = results.world.time.labels.length - 1;
  const found: Headline[] = [];
  for (const role of ['recognition', 'engagement'] as const) {
    const place = results.world.ladders.findIndex((ladder) => ladder.role === role);
    const ladder = results.world.ladders[place];
    if (!ladder || ladder.rungs.length < 2) continue;
    const rung = tellingRung(ladder);
    const above = rung < ladder.rungs.length - 1 ? ' or higher' : '';
    const what = `${ladder.rungs[rung]}${above}`;
    if (outcome === 0) {
      const counts = results.outcomes[0]?.authorities[authority]?.ladders[place]?.counts[rung - 1];
      const mean = counts?.mean[last];
      if (mean !== undefined) found.push({ what, value: decimal(mean, 1), margin: '' });
      continue;
    }
    const difference = results.differences.find((other) => other.outcome === outcome);
    const counts = difference?.authorities[authority]?.ladders[place]?.counts[rung - 1];
    const mean = counts?.difference[last];
    if (mean === undefined) continue;
    const [low, high] = [counts?.low[last] ?? null, counts?.high[last] ?? null];
    const margin = low === null || high === null ? '' : `± ${decimal((high - low) / 2, 1)}`;
    found.push({ what, value: signed(mean), margin });
  }
  return found;
}
