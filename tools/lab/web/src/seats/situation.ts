import type { Results, World } from '../contract';
import { dateText, words } from '../ui/format';
import type { Play } from './play';
import { listWords } from './words';
import { eventStem } from './yaml';
import { newsBetween, rungAt, thoseAt } from './worlds';
import type { News } from './worlds';

/** Ladder by its role; -1: none. */
export const ladderOf = (world: World, role: string): number =>
  world.ladders.findIndex((ladder) => ladder.role === role);

const levels = ['hardly any', 'little', 'middling', 'much', 'very much'];
const level = (value: number): string => levels[Math.min(Math.floor(value * 5), 4)] ?? '';

const stateNames: Record<string, string> = {
  hardliner: 'weight of hardliners',
  distress: 'want of money',
  control: 'control',
};

/** The authority's own state at the end of a step, in sentences. */
export function authorityWords(results: Results, authority: number, step: number): string[] {
  const { world } = results;
  const own = results.outcomes[1]?.authorities[authority];
  const name = world.authorities[authority]?.name ?? '';
  if (step < 0 || !own) return [];
  const out: string[] = [];
  if (own.rights) {
    const rungs = world.rights.rungs.length;
    const row = own.rights.slice(step * rungs, (step + 1) * rungs);
    const rung = row.indexOf(Math.max(...row));
    out.push(`Rights policy of ${name}: ${words(world.rights.rungs[rung] ?? '')}.`);
  }
  const states = Object.keys(stateNames).flatMap((key) => {
    const value = own.states?.[world.states.indexOf(key)]?.mean[step];
    if (value === undefined) return [];
    return [`${stateNames[key] ?? words(key)}: ${level(value)} (${value.toFixed(2)})`];
  });
  if (states.length > 0) {
    const text = states.join(', ');
    out.push(`${text.charAt(0).toUpperCase()}${text.slice(1)}.`);
  }
  return out;
}

/** Who stands where before a step, in sentences. */
export function standingWords(play: Play): string[] {
  const { world, known, turn } = play;
  const { authority } = play.game.setup;
  const step = (turn?.first ?? world.time.labels.length) - 1;
  const names = (ladder: number, rung: number): string[] =>
    thoseAt(known, 1, authority, ladder, rung, step).map((a) => world.actors[a]?.name ?? '');
  const out: string[] = [];
  const recognition = ladderOf(world, 'recognition');
  const first = world.ladders[recognition]?.recognises_from ?? 1;
  if (recognition >= 0) out.push(`Recognise: ${listWords(names(recognition, first))}.`);
  const engagement = ladderOf(world, 'engagement');
  const top = (world.ladders[engagement]?.rungs.length ?? 1) - 1;
  for (const rung of [top, top - 1].filter((r) => r > 0)) {
    const who = names(engagement, rung);
    const label = words(world.ladders[engagement]?.rungs[rung] ?? '');
    const higher = rung < top ? ' or higher' : '';
    out.push(`At ${label}${higher}: ${who.length} of ${world.actors.length} states.`);
  }
  const coercion = ladderOf(world, 'coercion');
  if (coercion >= 0 && (world.ladders[coercion]?.rungs.length ?? 1) > 1) {
    out.push(`Coerce: ${listWords(names(coercion, 1))}.`);
  }
  return [...out, ...authorityWords(known, authority, step)];
}

/** `China: recognition withheld → recognised (June 2026)`. */
export function newsWords(world: World, news: News): string {
  const ladder = world.ladders[news.ladder];
  const rung = (r: number): string => words(ladder?.rungs[r] ?? '');
  const date = dateText(world.time.labels[news.step] ?? '');
  const who = world.actors[news.actor]?.name ?? '';
  return `${who}: ${words(ladder?.role ?? '')} ${rung(news.from)} → ${rung(news.to)} (${date})`;
}

/** What the last turn brought, moves of seats first, then the weightiest states. */
export function lastNews(play: Play): string[] {
  const { world, known, turn } = play;
  const { authority, stepsPerTurn } = play.game.setup;
  const to = (turn?.first ?? world.time.labels.length) - 1;
  const from = Math.floor(to / stepsPerTurn) * stepsPerTurn - 1;
  if (to < 0) return [];
  const seats = new Set(play.game.setup.seats.map((_, seat) => play.actorOf(seat)));
  const weight = ({ actor }: News): number =>
    (seats.has(actor) ? 10 : 0) + (world.actors[actor]?.importance ?? 0);
  return newsBetween(known, 1, authority, from, to)
    .sort((a, b) => weight(b) - weight(a))
    .map((news) => newsWords(world, news));
}

/**
 * Events of the scenario since the last turn began, and those of the first step of this one, which
 * everybody meets before deciding. Where the engine does not say what happened in this history,
 * only events that are sure are told.
 */
export function eventWords(play: Play): string[] {
  const { world, known, turn } = play;
  const to = turn?.first ?? world.time.labels.length - 1;
  const from = to === 0 ? 0 : to - play.game.setup.stepsPerTurn + 1;
  const outcome = known.outcomes[1];
  return (outcome?.events ?? [])
    .map((event, n): [string, number | null] => {
      const sure = event.probability >= 1 && !event.conditional ? event.first_step : null;
      const own = event.id.startsWith(eventStem); // what the class decided is no news to it
      const step = own ? null : outcome?.fired ? outcome.fired[n] : sure;
      return [event.note || event.what, step ?? null];
    })
    .filter(([, step]) => step !== null && step >= from && step <= to)
    .sort((a, b) => (a[1] ?? 0) - (b[1] ?? 0))
    .map(([what, step]) => `${dateText(world.time.labels[step ?? 0] ?? '')}: ${what}`);
}

/** Where a seat stands now. */
export function ownWords(play: Play, seat: number): string {
  const { world, known, turn } = play;
  const actor = play.actorOf(seat);
  const step = (turn?.first ?? world.time.labels.length) - 1;
  return world.ladders
    .map((ladder, d) => {
      const rung = rungAt(known, 1, play.game.setup.authority, d, step, actor);
      return `${words(ladder.role)}: ${words(ladder.rungs[rung] ?? '')}`;
    })
    .join(', ');
}
