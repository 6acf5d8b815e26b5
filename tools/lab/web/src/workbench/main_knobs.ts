import type { World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import { dateText, words } from '../ui/format';
import type { Workbench } from './bench';
import { dateOf, stepOf } from './calendar';
import { nobody } from './event_form';
import type { EventForm } from './event_form';
import { changedEvent, eventsOf, freeId, withEvent, withoutEvent } from './event_text';
import type { KnobRow } from './knob_row';
import { acts, movedBySeries, tellingKnobs } from './knobs';
import { row, numbersOf } from './turns';
import { countryOf } from './who';

const rightsId = 'rights-policy';
const none = (): null => null;

const blank: EventForm = {
  id: '', date: '', until: '', duration: '', probability: '', conditional: false, note: '',
  changes: [],
};
const change = {
  operation: 'hold' as const, from: '', by: '', who: null, towards: null, of: [], note: '',
};

/** The few things that tell most, for a start. */
export function mainKnobs(
  bench: Workbench, beginEvent: (subject: string) => void,
): HTMLElement {
  const place = h('div', {});
  let rows: { update(): void }[] = [];
  bench.on(['scenario'], () => {
    const { world } = bench;
    rows = [];
    fill(place);
    if (!world) return;
    const knobs: KnobRow[] = tellingKnobs(world).map((knob) => row(bench, knob));
    const rights = acts(world, 'rights') ? rightsPolicy(bench, world) : null;
    rows = [...knobs, ...(rights ? [rights] : [])];
    fill(
      place,
      h('div', { class: 'bench-asks' }, recognises(bench, world), rights?.element),
      h('div', { class: 'bench-knobs' }, ...knobs.map(({ element }) => element)),
      courses(world, beginEvent),
    );
  });
  bench.on(['workspace'], () => {
    for (const { update } of rows) update();
  });
  return place;
}

/** Numbers that the scenario moves itself, so that only an event changes them. */
function courses(world: World, beginEvent: (subject: string) => void): HTMLElement | null {
  const moved = movedBySeries(world);
  if (moved.length === 0) return null;
  return h(
    'div', { class: 'bench-courses' },
    h('p', { class: 'note' }, 'In this scenario these follow a course; an event changes it:'),
    h(
      'div', { class: 'buttons' },
      ...moved.map((key) =>
        h('button', { type: 'button', click: () => beginEvent(key) }, `${words(key)} …`)),
    ),
  );
}

/** Dates of the scenario to choose from. */
export function dates(world: World, label: string, step: number): HTMLSelectElement {
  const select = h(
    'select', { 'aria-label': label },
    ...world.time.labels.map((text, n) => h('option', { value: n }, dateText(text))),
  );
  select.value = String(Math.min(step, world.time.labels.length - 1));
  return select;
}

/** "X recognises in MONTH": an event with one press of a button. */
function recognises(bench: Workbench, world: World): HTMLElement | null {
  const ladder = world.ladders.find(({ role }) => role === 'recognition');
  const rung = ladder?.rungs[ladder.recognises_from ?? -1];
  if (rung === undefined) return null;
  const id = uniqueId('recognises');
  const names = h(
    'datalist', { id: `${id}-names` },
    ...world.actors.map((actor) => h('option', { value: actor.name }, actor.id)),
  );
  const input = h('input', {
    list: names.id, placeholder: 'Country', 'aria-label': 'Country that recognises', size: 14,
    autocomplete: 'off',
  });
  const date = dates(world, 'Date of the recognition', Math.floor(world.time.labels.length / 10));
  const whom = h(
    'select', { 'aria-label': 'Whom' },
    ...world.authorities.map((authority) => h('option', { value: authority.id }, authority.name)),
  );
  const said = h('span', { class: 'note', role: 'status' });
  const add = (): void => {
    const country = countryOf(world, input.value);
    if (country === null) {
      said.textContent =
        input.value.trim() === '' ? 'Choose a country.' : 'No country of this scenario.';
      input.focus();
      return;
    }
    said.textContent = '';
    input.value = '';
    bench.editVariant((yaml) => {
      const { events } = eventsOf(yaml);
      const taken = [...events, ...world.events].map((event) => event.id);
      const who = { ...nobody(), ids: [country] };
      const authority = world.authorities.length > 1 ? whom.value : '';
      const form: EventForm = {
        ...blank,
        id: freeId(`${country}-recognises`, taken),
        date: dateOf(world.time, Number(date.value)),
        changes: [{ ...change, subject: 'rung:recognition', to: rung, who, authority }],
      };
      return withEvent(yaml, form, none);
    });
  };
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    add();
  });
  return h(
    'div',
    { class: 'bench-ask', role: 'group', 'aria-label': 'A country recognises' },
    h('strong', {}, 'What if …'),
    h(
      'div', { class: 'bench-line' },
      input, names, ' recognises', world.authorities.length > 1 && whom, ' in ', date,
      h('button', { type: 'button', click: add }, 'Add'),
    ),
    h('p', { class: 'note' },
      'It keeps to it, and others see it. Events changes or removes it.'),
    said,
  );
}

/** Rights policy held at a rung from a date on: one event of the variant. */
function rightsPolicy(
  bench: Workbench, world: World,
): { element: HTMLElement; update(): void } {
  const id = uniqueId('rights');
  const authority = world.authorities.length > 1 ? (world.authorities[0]?.id ?? '') : '';
  const rung = h(
    'select', { id, change: () => write() },
    h('option', { value: '' }, 'as it comes'),
    ...world.rights.rungs.map((name) => h('option', { value: name }, name)),
  );
  const date = dates(world, 'From which date', 0);
  date.addEventListener('change', () => write());
  const present = (yaml: string) => eventsOf(yaml).events.find((event) => event.id === rightsId);
  const write = (): void => {
    const there = present(bench.variant?.yaml ?? '');
    if (!there && rung.value === '') return;
    bench.editVariant((yaml) => {
      if (there && rung.value === '') return withoutEvent(yaml, there.path);
      const form: EventForm = {
        ...blank,
        id: rightsId,
        date: dateOf(world.time, Number(date.value)),
        changes: [{ ...change, subject: 'rights', to: rung.value, authority }],
      };
      return there ? changedEvent(yaml, there.path, form, none) : withEvent(yaml, form, none);
    }, rightsId);
  };
  const update = (): void => {
    const there = present(bench.variant?.yaml ?? '');
    rung.value = there?.form?.changes[0]?.to ?? '';
    const step = there ? stepOf(world.time, there.date) : null;
    if (step !== null) date.value = String(step);
    const enabled = numbersOf(bench).readable;
    rung.disabled = date.disabled = !enabled;
  };
  update();
  const element = h(
    'div',
    { class: 'bench-ask', role: 'group', 'aria-label': 'Rights policy' },
    h('strong', {}, 'Rights policy'),
    h(
      'div', { class: 'bench-line' },
      h('label', { for: id, class: 'visually-hidden' }, 'Rights policy'), rung, ' from ', date,
    ),
    h('p', { class: 'note' }, 'How the authority treats rights, those of women above all.'),
  );
  return { element, update };
}
