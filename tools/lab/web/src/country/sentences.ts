import type { Decision, Enough, Results } from '../contract';
import { dateOf, listed, percentages } from '../charts/words';
import { mostProbable, observed, reach, shares } from '../results';
import { decimal, percent, words } from '../ui/format';

/** How uncertain shares are, in bits: 0 where all is on one rung. */
export function uncertainty(parts: readonly number[]): number {
  return parts.reduce((sum, part) => {
    const share = part / 1000;
    return share > 0 ? sum - share * Math.log2(share) : sum;
  }, 0);
}

/** Actors worth a look: the most important, and the most uncertain at a step. */
export function telling(
  results: Results, outcome: number, authority: number, ladder: number, step: number, most: number,
): { important: number[]; uncertain: number[] } {
  const { actors } = results.world;
  const places = actors.map((_, actor) => actor);
  const weight = (actor: number): number => actors[actor]?.importance ?? 0;
  const doubt = places.map((actor) =>
    uncertainty(shares(results, outcome, authority, ladder, step, actor)));
  const important = [...places].sort((a, b) => weight(b) - weight(a) || a - b).slice(0, most);
  const uncertain = [...places]
    .filter((actor) => (doubt[actor] ?? 0) > 0.05 && !important.includes(actor))
    .sort((a, b) => (doubt[b] ?? 0) - (doubt[a] ?? 0) || a - b)
    .slice(0, most);
  return { important, uncertain };
}

/** `mission 65 %, ambassador 35 %`, the greatest share first. */
export function shareText(parts: readonly number[], rungs: readonly string[], most = 3): string {
  const texts = percentages(parts);
  return parts
    .map((share, rung) => ({ share, rung }))
    .filter(({ share }) => share > 0)
    .sort((a, b) => b.share - a.share || a.rung - b.rung)
    .slice(0, most)
    .map(({ rung }) => `${rungs[rung] ?? ''} ${texts[rung] ?? ''}`)
    .join(', ');
}

/** Where an actor stands on a ladder, with what probability, and what was observed. */
export function standingSentence(
  results: Results, outcome: number, authority: number, ladder: number, step: number,
  actor: number,
): string {
  const rungs = results.world.ladders[ladder]?.rungs ?? [];
  const parts = shares(results, outcome, authority, ladder, step, actor);
  const best = mostProbable(parts);
  const share = parts[best] ?? 0;
  const texts = percentages(parts);
  const how = share >= 1000 ? 'in all replicates' : `in ${texts[best] ?? ''} of replicates`;
  const seen = observed(results, authority, ladder, step, actor);
  const record =
    seen === null
      ? ''
      : seen === best
        ? ' So it is on record.'
        : ` On record: ${rungs[seen] ?? ''}, which has ${texts[seen] ?? ''}.`;
  const name = results.world.actors[actor]?.name ?? '';
  return `At the end of ${dateOf(results.world, step)} ${name} stands on ${rungs[best] ?? ''} ` +
    `${how}.${record}`;
}

/** What the variant changes for an actor, against the baseline. @param name  of the rung */
export function changeSentence(
  results: Results,
  at: { outcome: number; authority: number; ladder: number; step: number; actor: number;
    rung: number },
  name: string,
): string {
  const { outcome, authority, ladder, step, actor, rung } = at;
  const now = reach(results, outcome, authority, ladder, step, actor, rung);
  const before = reach(results, 0, authority, ladder, step, actor, rung);
  const difference = results.differences.find((one) => one.outcome === outcome);
  const part = difference?.authorities[authority]?.ladders[ladder];
  const forced = part?.forced[actor] ? ' The variant moves it itself on this ladder.' : '';
  const changed = part?.changed[actor] ?? 0;
  const pairs = changed > 0 ? ` Its path differs in ${percent(changed)} of pairs.` : '';
  const compared =
    now === before ? ', as in the baseline' : `; in the baseline in ${percent(before)}`;
  return `At ${name} in ${percent(now)} of replicates${compared}.${pairs}${forced}`;
}

/** One line of what would have been enough, after the name of the driver. */
export function enoughLine(one: Enough): string {
  const now = `now ${decimal(one.value)}`;
  if (one.needed === null) return `${now}: no value that it may have would do`;
  const rung = one.rung === null ? '' : ` (${one.rung})`;
  return `${now}; ${decimal(one.needed)}${rung} would have been enough`;
}

/** What others would have had to do; empty where nothing is known of them. */
export function othersLine(decision: Decision, results: Results): string {
  const { enough } = decision;
  if (!enough || enough.others.length === 0) return '';
  const { world } = results;
  const rung = world.ladders[decision.question.ladder]?.rungs[enough.rung] ?? '';
  const names = enough.others.map(
    (id) => world.actors.find((actor) => actor.id === id)?.name ?? words(id));
  const who = listed(names);
  if (enough.others_enough) return `${who} on ${rung} would have been enough`;
  return `${who} on ${rung} would not have been enough${names.length > 1 ? ', even together' : ''}`;
}
