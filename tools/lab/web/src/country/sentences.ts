import type { Decision, Enough, Outcome, Results } from '../contract';
import { dateOf, listed } from '../charts/words';
import { mostProbable, observed, reach, shares } from '../results';
import { decimal, percent, words } from '../ui/format';

/** How sure the outcome is: 0 on one rung, 1 spread evenly over two or more. In bits. */
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

/** Where an actor stands on a ladder, with what probability, and what was observed. */
export function standingSentence(
  results: Results, outcome: number, authority: number, ladder: number, step: number,
  actor: number,
): string {
  const rungs = results.world.ladders[ladder]?.rungs ?? [];
  const parts = shares(results, outcome, authority, ladder, step, actor);
  const best = mostProbable(parts);
  const share = parts[best] ?? 0;
  const next = parts.findIndex((part, rung) => rung !== best && part === Math.max(
    ...parts.filter((_, other) => other !== best)));
  const other = (parts[next] ?? 0) > 0
    ? `, ${rungs[next] ?? ''} in ${percent(parts[next] ?? 0)}`
    : '';
  const seen = observed(results, authority, ladder, step, actor);
  const record = seen === null ? '' : ` On record: ${rungs[seen] ?? ''}.`;
  const stands = share >= 1000
    ? `stands on ${rungs[best] ?? ''} in all replicates`
    : `stands on ${rungs[best] ?? ''} in ${percent(share)} of replicates${other}`;
  const name = results.world.actors[actor]?.name ?? '';
  return `${dateOf(results.world, step)}: ${name} ${stands}.${record}`;
}

/** What the variant changes for an actor at a step, against the baseline. */
export function changeSentence(
  results: Results, outcome: number, authority: number, ladder: number, step: number,
  actor: number, rung: number,
): string {
  const now = reach(results, outcome, authority, ladder, step, actor, rung);
  const before = reach(results, 0, authority, ladder, step, actor, rung);
  const name = results.world.ladders[ladder]?.rungs[rung] ?? '';
  const difference = results.differences.find((one) => one.outcome === outcome);
  const part = difference?.authorities[authority]?.ladders[ladder];
  const forced = part?.forced[actor] ? ' The variant moves it itself on this ladder.' : '';
  const changed = part?.changed[actor] ?? 0;
  const pairs = changed > 0 ? ` Its path differs in ${percent(changed)} of pairs.` : '';
  if (now === before) {
    return `At ${name} or higher in ${percent(now)} of replicates, as in the baseline.${pairs}${forced}`;
  }
  return (
    `At ${name} or higher in ${percent(now)} of replicates; in the baseline in ` +
    `${percent(before)}.${pairs}${forced}`
  );
}

/** One line of what would have been enough. */
export function enoughLine(one: Enough): string {
  const now = `${words(one.driver)} (now ${decimal(one.value)})`;
  if (one.needed === null) return `${now}: no value that it may have would do, all else the same`;
  const rung = one.rung === null ? '' : `, as at ${one.rung}`;
  return `${now}: ${decimal(one.needed)}${rung} would have been enough`;
}

/** What others would have had to do; empty where nothing is known of them. */
export function othersLine(decision: Decision, rungs: readonly string[]): string {
  const { enough } = decision;
  if (!enough || enough.others.length === 0) return '';
  const rung = rungs[enough.rung] ?? '';
  const who = listed(enough.others);
  return enough.others_enough
    ? `${who} standing on ${rung} would have been enough`
    : `${who} standing on ${rung} would not have been enough, even together`;
}

export function worldOf(outcome: Outcome, place: number): string {
  return place === 0 ? 'Baseline' : outcome.title || outcome.name;
}
