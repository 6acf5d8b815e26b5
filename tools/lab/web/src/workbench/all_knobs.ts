import type { Knob, World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { countries } from './countries';
import type { KnobRow } from './knob_row';
import { groupNames, search } from './knobs';
import { row } from './turns';

const order: Knob['group'][] = ['coefficients', 'authority', 'groups', 'ladders'];
const mostFound = 40; // rows that a search shows

/** Every number of the scenario, by group, with a search. */
export function allKnobs(bench: Workbench): HTMLElement {
  const id = uniqueId('search');
  const input = h('input', {
    type: 'search', id, placeholder: 'such as attack rate, doctrine, noise',
    input: () => list(),
  });
  const place = h('div', {});
  const found = h('p', { class: 'note', role: 'status' });
  let rows: KnobRow[] = [];

  const rowsOf = (knobs: Knob[]): HTMLElement => {
    const made = knobs.map((knob) => row(bench, knob));
    rows.push(...made);
    return h('div', { class: 'bench-knobs' }, ...made.map(({ element }) => element));
  };
  const folder = (name: string, fillIn: () => HTMLElement, open = false): HTMLElement => {
    const inside = h('div', {});
    const details = h(
      'details',
      {
        open,
        toggle: () => {
          if (details.open && inside.childElementCount === 0) inside.append(fillIn());
        },
      },
      h('summary', {}, name),
      inside,
    );
    return details;
  };
  const everything = (world: World): void => {
    found.textContent = '';
    fill(
      place,
      folder('Countries and blocs', () => {
        const part = countries(bench, world);
        rows.push(part);
        return part.element;
      }),
      ...order.flatMap((group) => {
        const knobs = world.knobs.filter((knob) => knob.group === group);
        return knobs.length === 0
          ? []
          : [folder(`${groupNames[group]} (${knobs.length})`, () => rowsOf(knobs))];
      }),
    );
  };
  const list = (): void => {
    rows = [];
    const { world } = bench;
    if (!world) return fill(place);
    if (input.value.trim() === '') return everything(world);
    const general = search(world.knobs.filter(({ actor }) => actor === null), input.value);
    const all = [...general, ...ofCountry(world, input.value)];
    found.textContent =
      all.length === 0
        ? 'Nothing is called so.'
        : all.length > mostFound ? `${all.length} found; the first ${mostFound} are shown.` : '';
    fill(place, rowsOf(all.slice(0, mostFound)));
  };
  bench.on(['scenario'], list);
  bench.on(['workspace'], () => {
    for (const { update } of rows) update();
  });
  return h(
    'div',
    {},
    h('div', { class: 'bench-field' }, h('label', { for: id }, 'Find a number'), input),
    found,
    place,
  );
}

/** Numbers of countries, where the text names a country: `Pakistan need`. */
function ofCountry(world: World, text: string): Knob[] {
  const wanted = text.toLowerCase();
  const actor = world.actors.find(
    ({ id, name }) =>
      wanted.split(/\s+/).includes(id.toLowerCase()) || wanted.includes(name.toLowerCase()),
  );
  if (!actor) return [];
  const rest = wanted.replace(actor.name.toLowerCase(), '').replace(
    new RegExp(`\\b${actor.id.toLowerCase()}\\b`), '',
  );
  const knobs = world.knobs.filter((knob) => knob.actor === actor.id);
  return search(knobs, rest).map((knob) => ({ ...knob, label: `${actor.name}: ${knob.label}` }));
}
