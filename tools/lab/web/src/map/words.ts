import type { World } from '../contract';
import { dateText, percent, signed, words } from '../ui/format';
import type { Reading } from './reading';

/** A step in words that follow `at the end of`. A label is the first day or month of its step. */
export function stepText(time: World['time'], step: number): string {
  const text = dateText(time.labels[step] ?? '');
  return time.unit === 'day' || time.unit === 'month' ? text : `the ${time.unit} from ${text}`;
}

/** `at the end of July 2027`, `on 15 July 2027`. */
export function when(time: World['time'], step: number): string {
  const text = stepText(time, step);
  return time.unit === 'day' ? `on ${text}` : `at the end of ${text}`;
}

/** With its article: `the Islamic Emirate of Afghanistan`, but `Karst`. */
export function withArticle(name: string): string {
  return / of /.test(name) && !/^the /i.test(name) ? `the ${name}` : name;
}

/** `engagement with the Emirate`. */
export function topic(world: World, ladder: number, authority: number): string {
  const name = withArticle(world.authorities[authority]?.name ?? '');
  const { role = 'engagement', key = '' } = world.ladders[ladder] ?? {};
  const between = { engagement: 'with', recognition: 'of', coercion: 'against' }[role];
  return `${words(key)} ${between} ${name}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What the map shows, in one sentence without its full stop. */
export function sentence(reading: Reading, step: number): string {
  const { results, choice } = reading;
  const { world } = results;
  const about = topic(world, choice.ladder, choice.authority);
  const date = when(world.time, step);
  if (choice.recorded) return `${capital(about)} on record ${date}`;
  const outcome = results.outcomes[choice.outcome];
  const variant = choice.outcome === 0 ? '' : (outcome?.title ?? outcome?.name ?? '');
  const condition = variant ? `, variant “${variant}”` : '';
  if (choice.measure === 'rung') return `Most probable ${about} ${date}${condition}`;
  const chance = `chance of “${rungText(reading)}” in ${about}`;
  if (choice.measure === 'reach') return `${capital(chance)} ${date}${condition}`;
  return `What “${variant}” changes in the ${chance} ${date}`;
}

/** The rung of the measure: `mission or higher`; the highest alone. */
export function rungText(reading: Reading): string {
  const rungs = reading.results.world.ladders[reading.choice.ladder]?.rungs ?? [];
  const name = words(rungs[reading.rung] ?? '');
  return reading.rung === rungs.length - 1 ? name : `${name} or higher`;
}

/** The value of an actor in a few words: `4 ambassador, 72 %`. */
export function valueText(reading: Reading, step: number, actor: number): string {
  const shown = reading.classAt(step, actor);
  const mark = reading.recognises(step, actor) ? ', recognises' : '';
  if (reading.choice.recorded) {
    const label = reading.classes[shown]?.label;
    return label === undefined ? 'nothing on record' : `${shown} ${label}, on record${mark}`;
  }
  if (reading.choice.measure === 'rung') {
    const share = reading.shares(step, actor)[shown] ?? 0;
    return `${shown} ${reading.classes[shown]?.label ?? ''}, ${percent(share)}${mark}`;
  }
  if (reading.choice.measure === 'reach') {
    return `${rungText(reading)}: ${percent(reading.chance(step, actor))}${mark}`;
  }
  const points = signed(reading.difference(step, actor) / 10);
  return `${rungText(reading)}: ${points} points${mark}`;
}

/** A name in lines of at most so many letters; a longer word stays whole. */
export function lines(name: string, letters: number): string[] {
  const found: string[] = [];
  for (const word of name.split(' ')) {
    const last = found.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= letters) {
      found[found.length - 1] = `${last} ${word}`;
    } else {
      found.push(word);
    }
  }
  return found;
}
