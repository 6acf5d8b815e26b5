import type { World } from '../contract';
import { fill, h, svg } from '../ui/dom';
import { dateText } from '../ui/format';
import { scenarioBar, ticks, variantBar } from './bars';
import type { Bar } from './bars';
import type { Workbench } from './bench';
import { dateOf } from './calendar';
import { eventEditor } from './event_editor';
import {
  eventsOf, movedEvent, withScenarioEvent, withoutEvent,
} from './event_text';
import type { VariantEvent } from './event_text';
import { numbersOf } from './turns';
import { subjects } from './subjects';
import { track } from './track';

/** Events of the scenario and of the variant on a timeline, and the form for one of them. */
export function timeline(
  bench: Workbench,
): { element: HTMLElement; begin(subject: string): void } {
  const editor = eventEditor(bench);
  const own = h('ul', { class: 'bench-events' });
  const theirs = h('ul', { class: 'bench-events' });
  const summary = h('summary', {}, '');
  const scenario = h('details', {}, summary, theirs);
  const axis = h('div', { class: 'bench-axis', 'aria-hidden': 'true' });
  const hint = h('p', { class: 'note' });
  const add = h(
    'button', { type: 'button', class: 'primary', click: () => editor.open(null) }, 'New event',
  );
  const element = h(
    'div', { class: 'bench-timeline' },
    h('div', { class: 'bench-line' }, add), editor.element, hint, axis, own, scenario,
  );

  const show = (): void => {
    const { world } = bench;
    if (!world) return;
    const key = (document.activeElement as HTMLElement | null)?.dataset.key;
    const yaml = bench.variant?.yaml ?? '';
    const { events, removed, replaced } = eventsOf(yaml);
    const readable = numbersOf(bench).readable;
    fill(
      axis,
      h('span', {}),
      svg(
        'svg', { height: 18, width: '100%' },
        ...ticks(world.time.labels).map(({ text, share }) =>
          svg('text', { x: `${share * 100}%`, y: 14 }, text)),
      ),
    );
    add.disabled = !readable;
    hint.textContent = events.length > 0
      ? 'Drag a bar to another date, or use the arrow keys on it.'
      : 'This variant has no events of its own yet.';
    const known = subjects(world);
    fill(own, ...events.map((event) => {
      const bar = variantBar(event, world.time, known);
      return ownRow(bench, world, event, bar, editor.open);
    }));
    summary.textContent = `Events of the scenario (${world.events.length})`;
    scenario.hidden = world.events.length === 0;
    fill(theirs, ...world.events.map((event) => {
      const out = replaced || removed.includes(event.id);
      const bar = scenarioBar(event, world.time.labels.length);
      const toggle = h(
        'button',
        {
          type: 'button', class: 'quiet', disabled: replaced || !readable,
          'data-key': `scenario:${event.id}`,
          'aria-label': out ? `Put back ${event.id}` : `Take out ${event.id}`,
          click: () => bench.editVariant((text) => withScenarioEvent(text, event.id, out)),
        },
        out ? 'Put back' : 'Take out',
      );
      const { labels } = world.time;
      const picture = track({ bar, labels, key: '', moved: null, faded: out });
      return eventRow(world, bar, picture, out, toggle);
    }));
    if (key) element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)?.focus();
  };
  bench.on(['scenario', 'workspace'], show);
  return { element, begin: (subject) => editor.open(null, subject) };
}

function ownRow(
  bench: Workbench, world: World, event: VariantEvent, bar: Bar,
  open: (event: VariantEvent) => void,
): HTMLElement {
  const key = `own:${event.path.join('.')}`;
  const move = (step: number): void => {
    const date = dateOf(world.time, step);
    bench.editVariant((text) => movedEvent(text, event.path, date), key);
  };
  const { labels } = world.time;
  const edit = h(
    'button',
    {
      type: 'button', class: 'quiet', disabled: !event.form, 'aria-label': `Edit ${bar.name}`,
      'data-key': `edit:${key}`, click: () => open(event),
    },
    'Edit',
  );
  const remove = h(
    'button',
    {
      type: 'button', class: 'quiet', 'aria-label': `Remove ${bar.name}`, 'data-key': `out:${key}`,
      click: () => bench.editVariant((text) => withoutEvent(text, event.path)),
    },
    'Remove',
  );
  const picture = track({ bar, labels, key, moved: move, faded: false });
  return eventRow(world, bar, picture, false, edit, remove);
}

function eventRow(
  world: World, bar: Bar, picture: SVGSVGElement, out: boolean, ...buttons: HTMLElement[]
): HTMLElement {
  const { labels } = world.time;
  const from = bar.first === null ? 'outside the scenario' : dateText(labels[bar.first] ?? '');
  const end = bar.first === null ? labels.length : bar.first + bar.steps;
  const open = bar.forever || bar.steps === 1 || end >= labels.length;
  const until = open ? '' : ` to ${dateText(labels[end - 1] ?? '')}`;
  const remarks = [bar.remarks, out ? 'taken out' : ''].filter((text) => text !== '').join(', ');
  return h(
    'li',
    { class: out ? 'is-out' : '' },
    h(
      'div', { class: 'bench-event', title: bar.note },
      h('strong', {}, bar.name),
      h('span', {}, bar.what),
      h('span', { class: 'note' }, `${from}${until}${remarks === '' ? '' : `; ${remarks}`}`),
    ),
    picture,
    h('div', { class: 'buttons' }, ...buttons),
  );
}
