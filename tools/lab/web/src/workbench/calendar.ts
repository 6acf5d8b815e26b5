import type { World } from '../contract';

/** Dates and steps of a scenario, as docs/scenario-format.md counts them. */

export type Time = World['time'];

export const durationUnits = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type DurationUnit = (typeof durationUnits)[number];
export interface Duration {
  number: number;
  unit: DurationUnit;
}

const daysOf: Partial<Record<DurationUnit, number>> = { day: 1, week: 7 };
const monthsOf: Partial<Record<DurationUnit, number>> = { month: 1, quarter: 3, year: 12 };
const day = 86_400_000;

/** First day of `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; null: no date. */
export function parseDate(text: string): Date | null {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/.exec(text);
  if (!found) return null;
  const [year, month, date] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const parsed = new Date(Date.UTC(year, month - 1, date));
  parsed.setUTCFullYear(year, month - 1, date); // years below 100, too
  return parsed.getUTCMonth() === month - 1 && parsed.getUTCDate() === date ? parsed : null;
}

/** `number` units later; the end of a month stays within it. */
export function advance(from: Date, { number, unit }: Duration): Date {
  const days = daysOf[unit];
  if (days !== undefined) return new Date(from.getTime() + number * days * day);
  const months = number * (monthsOf[unit] ?? 0);
  const first = new Date(Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0));
  first.setUTCDate(Math.min(from.getUTCDate(), last.getUTCDate()));
  return first;
}

export function firstDay(time: Time, step: number): Date {
  const start = parseDate(time.start) ?? new Date(0);
  return advance(start, { number: step, unit: time.unit });
}

/** The step that contains a date; null: none of the scenario. */
export function stepOf(time: Time, text: string): number | null {
  const date = parseDate(text);
  const steps = time.labels.length;
  if (!date || date < firstDay(time, 0) || date >= firstDay(time, steps)) return null;
  let [low, high] = [0, steps - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (firstDay(time, middle) <= date) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** A date that falls into the step, as short as the calendar allows. */
export function dateOf(time: Time, step: number): string {
  const text = firstDay(time, step).toISOString().slice(0, 10);
  const whole = monthsOf[time.unit] !== undefined && text.endsWith('-01');
  return whole ? text.slice(0, 7) : text;
}

/** Reads `6 months`; null: no duration. */
export function parseDuration(text: string): Duration | null {
  const found = /^(\d+) (day|week|month|quarter|year)s?$/.exec(text.trim());
  return found ? { number: Number(found[1]), unit: found[2] as DurationUnit } : null;
}

export function durationText({ number, unit }: Duration): string {
  return `${number} ${unit}${number === 1 ? '' : 's'}`;
}

/** How many steps a duration takes that begins with step `first`, rounded up. */
export function stepsOf(time: Time, duration: Duration, first: number): number {
  const end = advance(firstDay(time, first), duration);
  const steps = time.labels.length;
  let last = first + 1;
  while (last < steps && firstDay(time, last) < end) last += 1;
  return last - first;
}
