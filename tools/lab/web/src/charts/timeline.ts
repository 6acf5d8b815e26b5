import type { World } from '../contract';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { figure } from '../ui/figure';
import { percent } from '../ui/format';
import { dateTicks, scale } from './axis';
import { eventName, eventTable, eventWhen, packRows, timelineLanes } from './lanes';
import type { Lane, TimelineItem } from './lanes';
import { listed } from './words';

const rowHeight = 30;
const letter = 7.2;

function detailsOf(item: TimelineItem, world: World): (HTMLElement | string)[] {
  const { event } = item;
  const names = event.actors.map((actor) => world.actors[actor]?.name ?? '');
  const shown = names.length > 10 ? [...names.slice(0, 9), `${names.length - 9} others`] : names;
  return [
    h('strong', {}, eventName(event)),
    `: ${eventWhen(event, world)}. ${event.what}.`,
    shown.length > 0 ? ` Acts on ${listed(shown)}.` : '',
    event.note ? ` ${event.note}.` : '',
  ];
}

interface Boxed {
  item: TimelineItem;
  x: number;
  left: number;
  right: number;
  text: string;
  before: boolean;
}

function boxOf(item: TimelineItem, x: (step: number) => number, width: number): Boxed {
  const { event } = item;
  const chance = event.probability < 1 ? ` ${percent(event.probability * 1000)}` : '';
  const text = `${eventName(event)}${chance}`;
  const room = text.length * letter + 12;
  const at = x(item.from);
  const before = at + room > width && at > room; // the name stands left of the pin
  const left = before ? at - room - 8 : Math.max(at - 8, 0);
  const bar = event.duration !== null || event.conditional ? x(item.activeTo) : at;
  return { item, x: at, left, right: Math.max(before ? at + 8 : at + room, bar), text, before };
}

function barStyle(from: number, to: number): string {
  return `left:${from}px;width:${Math.max(to - from, 4)}px`;
}

/** What happens when: the scenario's events, chance, conditions, and what the variant adds. */
export function timelineSection(app: App): HTMLElement {
  const { store } = app;
  const lanesBox = h('div', { class: 'lanes' });
  const cursor = h('div', { class: 'lane-cursor' });
  const axis = h('div', { class: 'lane-axis', 'aria-hidden': 'true' });
  const picture = h('div', { class: 'timeline' }, lanesBox, axis, cursor);
  const details = h('p', { class: 'event-details' });
  let lanes: Lane[] = [];
  let width = 0;
  let x = scale(0, 1, 0, 1);
  const chart = figure({
    title: 'Events',
    picture: h('div', {}, picture, details),
    table: () => {
      const { results } = store.view;
      return results ? eventTable(lanes, results.world) : { columns: [], rows: [] };
    },
  });
  const section = h('section', { class: 'part' },
    h('h2', {}, 'What happens when'), chart.element);
  const say = (item: TimelineItem | null): void => {
    const world = store.view.results?.world;
    if (item && world) fill(details, ...detailsOf(item, world));
    else fill(details, 'Point at an event, or choose it, to read what it does and why.');
  };

  const button = (box: Boxed, row: number): HTMLElement => {
    const { item } = box;
    const { event } = item;
    const world = store.view.results?.world;
    const sure = x(item.windowTo) - box.left;
    const end = x(item.activeTo) - box.left;
    const start = box.x - box.left;
    return h(
      'button',
      {
        type: 'button',
        class: `event ${item.kind}`,
        style: `left:${box.left}px;top:${row * rowHeight}px;width:${box.right - box.left}px`,
        'aria-label': world ? `${box.text}: ${eventWhen(event, world)}` : box.text,
        click: () => {
          const last = (world?.time.labels.length ?? 1) - 1;
          store.set({ step: Math.min(item.from, last), playing: false });
          say(item);
          app.announce(details.textContent ?? '');
        },
        pointerenter: () => say(item),
        focus: () => say(item),
      },
      event.conditional &&
        h('span', { class: 'window', style: barStyle(start, sure) }),
      event.duration !== null && !event.conditional &&
        h('span', { class: 'active', style: barStyle(start, end) }),
      h('span', { class: 'pin', style: `left:${start}px` }),
      h('span', { class: box.before ? 'event-name before' : 'event-name' }, box.text),
    );
  };

  const point = (): void => {
    cursor.style.left = `${x(store.view.step)}px`;
  };
  const render = (): void => {
    const { results } = store.view;
    if (!results || width < 60) return;
    const { labels } = results.world.time;
    x = scale(0, Math.max(labels.length - 1, 1), 10, width - 10);
    fill(
      lanesBox,
      ...lanes.map(({ title, items, kind }) => {
        const boxes = items.map((item) => boxOf(item, x, width)).sort((a, b) => a.left - b.left);
        const rows = packRows(boxes, 4);
        const height = (Math.max(0, ...rows) + 1) * rowHeight;
        return h(
          'div',
          { class: `lane ${kind}`, role: 'group', 'aria-label': title },
          h('div', { class: 'lane-title' }, title),
          h('div', { class: 'lane-rows', style: `height:${height}px` },
            ...boxes.map((box, place) => button(box, rows[place] ?? 0))),
        );
      }),
    );
    fill(
      axis,
      ...dateTicks(labels, width).map(({ step, text }) =>
        h('span', x(step) < 24 ? { class: 'first' } : { style: `left:${x(step)}px` }, text),
      ),
    );
    point();
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now === width) return;
    width = now;
    render();
  }).observe(picture);
  picture.addEventListener('pointerleave', () => say(null));
  store.watch(['results', 'outcome'], (view) => {
    const { results } = view;
    const world = results?.outcomes[view.outcome];
    if (!results || !world) return;
    const base = view.outcome === 0 ? null : (results.outcomes[0]?.events ?? null);
    lanes = timelineLanes(world.events, base, results.world.time.labels.length);
    section.hidden = lanes.length === 0;
    chart.refresh(
      view.outcome === 0 ? 'Events' : `Events: ${world.title || world.name}`,
      'A pin stands where an event may first happen. Solid bar: how long it acts; hatched: the ' +
        'time in which it waits for its conditions. A percentage is the probability that it ' +
        'ever happens.',
    );
    say(null);
    render();
  });
  store.watch(['step'], point);
  return section;
}
