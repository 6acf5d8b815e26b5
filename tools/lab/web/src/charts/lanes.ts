import type { Event, World } from '../contract';
import { dateText, percent } from '../ui/format';
import type { Table } from '../ui/table';

export type LaneKind = 'variant' | 'scenario' | 'chance' | 'conditional' | 'removed';

export interface TimelineItem {
  event: Event;
  kind: LaneKind;
  from: number; // first step it may fire in
  windowTo: number; // last step of it
  activeTo: number; // last step that it may act in
}

export interface Lane {
  kind: LaneKind;
  title: string;
  items: TimelineItem[];
}

const titles: Record<LaneKind, string> = {
  variant: 'Of the variant',
  scenario: 'Of the scenario',
  chance: 'By chance',
  conditional: 'On conditions',
  removed: 'Taken out by the variant',
};

function same(a: Event, b: Event): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function kindOf(event: Event, base: readonly Event[] | null): LaneKind {
  if (base && !base.some((other) => same(event, other))) return 'variant';
  if (event.conditional) return 'conditional';
  return event.probability < 1 ? 'chance' : 'scenario';
}

/**
 * Events by kind, in the order of time; those that the world does not have are left out.
 * @param base  events of the baseline where the world is a variant's, else null
 */
export function timelineLanes(
  events: readonly Event[], base: readonly Event[] | null, steps: number,
): Lane[] {
  const item = (event: Event, kind: LaneKind): TimelineItem => {
    const last = steps - 1;
    const windowTo = event.conditional ? Math.min(event.last_step ?? last, last) : event.first_step;
    const activeTo = event.duration === null ? last : Math.min(windowTo + event.duration - 1, last);
    return { event, kind, from: event.first_step, windowTo, activeTo };
  };
  const all = [
    ...events.map((event) => item(event, kindOf(event, base))),
    ...(base ?? [])
      .filter((event) => !events.some((other) => other.id === event.id))
      .map((event) => item(event, 'removed')),
  ].sort((a, b) => a.from - b.from);
  return (Object.keys(titles) as LaneKind[])
    .map((kind) => ({ kind, title: titles[kind], items: all.filter((one) => one.kind === kind) }))
    .filter(({ items }) => items.length > 0);
}

/** Rows on which boxes do not touch: each goes to the first row that has room for it. */
export function packRows(
  boxes: readonly { left: number; right: number }[], gap: number,
): number[] {
  const ends: number[] = [];
  return boxes.map(({ left, right }) => {
    const free = ends.findIndex((end) => end + gap <= left);
    const row = free < 0 ? ends.length : free;
    ends[row] = right;
    return row;
  });
}

export function eventName(event: Event): string {
  return event.id.replaceAll(/[-_]/g, ' ');
}

/** When it acts and how likely, such as `July 2026, for 12 months, with probability 30 %`. */
export function eventWhen(event: Event, world: World): string {
  const { labels, unit } = world.time;
  const at = (step: number): string => dateText(labels[step] ?? 'after the end');
  const start = at(event.first_step);
  const until = event.last_step === null || event.last_step >= labels.length
    ? ''
    : ` and ${at(event.last_step)}`;
  const when = !event.conditional
    ? start
    : until && event.last_step !== event.first_step
      ? `Between ${start}${until}, once its conditions hold`
      : `From ${start} on, once its conditions hold`;
  const lasts =
    event.duration === null
      ? ''
      : `, for ${event.duration} ${unit}${event.duration === 1 ? '' : 's'}`;
  const chance =
    event.probability < 1 ? `, with probability ${percent(event.probability * 1000)}` : '';
  return `${when}${lasts}${chance}`;
}

export function eventTable(lanes: readonly Lane[], world: World): Table {
  const label = (step: number | null): string | null =>
    step === null ? null : (world.time.labels[step] ?? null);
  return {
    columns: [
      'event', 'kind', 'first date', 'last date', 'duration in steps', 'probability',
      'conditional', 'what', 'why',
    ],
    rows: lanes.flatMap(({ title, items }) =>
      items.map(({ event }) => [
        event.id, title.toLowerCase(), label(event.first_step), label(event.last_step),
        event.duration, event.probability, event.conditional ? 'yes' : 'no', event.what, event.note,
      ]),
    ),
  };
}
