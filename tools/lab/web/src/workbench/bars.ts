import type { Event, World } from '../contract';
import { words } from '../ui/format';
import { parseDuration, stepOf, stepsOf } from './calendar';
import type { ChangeForm, EventForm, Who } from './event_form';
import type { VariantEvent } from './event_text';
import type { Subject } from './subjects';

/** Events as bars on a timeline. */
export interface Bar {
  name: string; // id, or what stands for it
  what: string; // in words
  note: string;
  first: number | null; // step; null: its date is none of the scenario's
  steps: number; // how long it lasts, cut at the end of the scenario
  forever: boolean; // it does not end
  remarks: string; // probability, conditions
}

function remarks(probability: number, conditional: boolean): string {
  const parts: string[] = [];
  if (probability < 1) parts.push(`probability ${Math.round(probability * 100)} %`);
  if (conditional) parts.push('waits for conditions');
  return parts.join(', ');
}

export function scenarioBar(event: Event, steps: number): Bar {
  const left = steps - event.first_step;
  return {
    name: event.id,
    what: event.what,
    note: event.note,
    first: event.first_step,
    steps: event.duration === null ? left : Math.min(event.duration, left),
    forever: event.duration === null,
    remarks: remarks(event.probability, event.conditional),
  };
}

/** @param known  what events can change */
export function variantBar(
  event: VariantEvent, time: World['time'], known: readonly Subject[],
): Bar {
  const first = stepOf(time, event.date);
  const left = first === null ? 0 : time.labels.length - first;
  const duration = parseDuration(event.duration);
  const { form } = event;
  const once = form?.changes.every(({ operation, subject }) =>
    operation !== 'hold' && operation !== 'band' &&
    known.find(({ key }) => key === subject)?.lasts === false) ?? false;
  const length = duration && first !== null ? stepsOf(time, duration, first) : left;
  const lasting = once ? 1 : length;
  const probability = form?.probability ? Number(form.probability) : 1;
  return {
    name: event.id || event.date || 'event',
    what: form ? eventWords(form) : 'see the YAML',
    note: event.note,
    first,
    steps: Math.min(lasting, left),
    forever: duration === null && !once,
    remarks: remarks(probability, form?.conditional ?? false),
  };
}

export function whoWords({ all, ids, org, region, subregion, except }: Who): string {
  const parts = [...(all ? ['all'] : []), ...org, ...region, ...subregion, ...ids];
  const shown = parts.length > 6 ? [...parts.slice(0, 5), `${parts.length - 5} more`] : parts;
  const text = shown.join(', ');
  return except.length > 0 ? `${text} except ${except.join(', ')}` : text;
}

export function changeWords(change: ChangeForm): string {
  const { operation, subject, to, from, by } = change;
  const what = words(subject.replace(/^rung:/, ''));
  const does = {
    set: `${what} set to ${to}`,
    hold: `${what} held at ${to}`,
    band: `${what} between ${from} and ${to}`,
    add: `${what} ${Number(by) < 0 ? '−' : '+'}${by.replace('-', '')}`,
    scale: `${what} times ${by}`,
  }[operation];
  const of = change.of.length > 0 ? ` (${change.of.map(words).join(', ')})` : '';
  const who = change.who ? `${whoWords(change.who)}: ` : '';
  const towards = change.towards ? ` towards ${whoWords(change.towards)}` : '';
  return `${who}${does}${of}${towards}`;
}

export function eventWords(form: EventForm): string {
  return form.changes.map(changeWords).join('; ');
}

/** Where years begin on the axis: label and share of its length. */
export function ticks(labels: readonly string[]): { text: string; share: number }[] {
  const found: { text: string; share: number }[] = [];
  labels.forEach((label, step) => {
    const year = label.slice(0, 4);
    if (label.slice(0, 4) !== labels[step - 1]?.slice(0, 4)) {
      found.push({ text: year, share: step / labels.length });
    }
  });
  const every = Math.ceil(found.length / 8);
  return found.filter((_, n) => n % every === 0);
}
