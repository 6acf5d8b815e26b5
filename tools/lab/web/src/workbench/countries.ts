import type { World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { nobody } from './event_form';
import type { KnobRow } from './knob_row';
import { knobRow } from './knob_row';
import { countryKnobs } from './knobs';
import { levelTurn, scaleTurn } from './turns';
import { picker } from './who';

/** Numbers of one country, or the same for a bloc. */
export function countries(bench: Workbench, world: World): KnobRow {
  const kinds = countryKnobs(world.knobs);
  const id = uniqueId('kind');
  let ids: readonly string[] = [];
  let rows: KnobRow[] = [];
  const who = picker({
    label: 'Countries',
    world,
    selectors: false,
    changed: (chosen) => {
      ids = chosen.ids;
      show();
    },
  });
  const mode = h(
    'select', { id, change: () => show() },
    h('option', { value: 'level' }, 'to the same value for all'),
    h('option', { value: 'scale' }, 'each country’s own value times a factor'),
  );
  const modeField = h('div', { class: 'bench-field' }, h('label', { for: id }, 'Set'), mode);
  const place = h('div', { class: 'bench-knobs' });
  const hint = h('p', { class: 'note' });
  const show = (): void => {
    modeField.hidden = ids.length < 2;
    const turn = mode.value === 'scale' && ids.length > 1 ? scaleTurn : levelTurn;
    const own = kinds.filter((kind) => ids.some((country) => kind.knobs.has(country)));
    rows = own.map((kind) => knobRow(turn(bench, kind, () => ids)));
    hint.textContent =
      ids.length === 0
        ? 'Choose a country, several, a region or an organisation. The country that is looked at ' +
          'on the map is chosen when you open this.'
        : '';
    fill(place, ...rows.map(({ element }) => element));
  };
  const { results, actor } = bench.view;
  const looked = actor === null ? undefined : results?.world.actors[actor]?.id;
  if (looked !== undefined) {
    ids = [looked];
    who.show({ ...nobody(), ids: [looked] });
  }
  show();
  return {
    element: h('div', { class: 'bench-countries' }, who.element, modeField, hint, place),
    update: () => {
      for (const { update } of rows) update();
    },
  };
}
