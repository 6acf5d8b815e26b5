import type { World } from '../contract';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { figure } from '../ui/figure';
import { decimal, words } from '../ui/format';
import type { Table } from '../ui/table';
import { strip } from './picture';
import { standing, valueGroups } from './values';
import type { ValueGroup, ValueRow } from './values';

function number(value: number): string {
  if (Number.isInteger(value)) return decimal(value, 0);
  return decimal(value, Math.abs(value) < 0.1 ? 3 : 2);
}

function rowOf(row: ValueRow, grouped: boolean): HTMLElement {
  return h('tr', {},
    h('th', { scope: 'row' }, row.label,
      grouped ? null : h('span', { class: 'meaning' }, row.meaning)),
    h('td', { class: 'number' }, number(row.value), row.unit ? ` ${row.unit}` : ''),
    h('td', { class: 'strip-cell' },
      row.equal >= 1 ? '' : strip(row.all, row.value, row.low, row.high)),
    h('td', { class: 'quiet standing' }, standing(row)));
}

function groupOf(group: ValueGroup): HTMLElement {
  return h('div', {},
    h('h4', {}, group.title),
    group.note ? h('p', { class: 'note' }, group.note) : null,
    h('table', { class: 'values' },
      h('caption', { class: 'visually-hidden' }, group.title),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col' }, 'Parameter'),
        h('th', { scope: 'col', class: 'number' }, 'Value'),
        h('th', { scope: 'col', class: 'strip-cell' }, 'Among all'),
        h('th', { scope: 'col', class: 'standing' }, 'It has'))),
      h('tbody', {}, ...group.rows.map((row) => rowOf(row, group.single)))));
}

function tableOf(groups: readonly ValueGroup[]): Table {
  return {
    columns: ['kind', 'parameter', 'value', 'unit', 'least of all', 'greatest of all',
      'states with less, %', 'meaning'],
    rows: groups.flatMap(({ title, rows }) => rows.map((row) => [
      title, row.label, row.value, row.unit, Math.min(...row.all), Math.max(...row.all),
      Math.round(row.less * 100), row.meaning,
    ])),
  };
}

function sources(world: World, actor: number): HTMLElement {
  const replaced = world.actors[actor]?.replaced ?? [];
  return h('div', {},
    h('h4', {}, 'Where the numbers come from'),
    h('p', { class: 'note' }, 'Made by the rules of the scenario from these files: ',
      world.files.map((file) => file.replace(/^(\.\.\/)+/, '')).join(', '), '.'),
    replaced.length === 0
      ? h('p', { class: 'note' }, 'No cell of the tables was missing for this state.')
      : h('ul', { class: 'note' }, ...replaced.map(({ column, rule }) =>
        h('li', {}, `${words(column)} was missing, replaced by ${rule}`))));
}

/** Weights, exposures and the rest, beside those of all other states. */
export function valuesSection(app: App): HTMLElement {
  const body = h('div', { class: 'values-grid' });
  const origin = h('div', {});
  let groups: ValueGroup[] = [];
  const chart = figure({
    title: 'Beside all other states',
    note: 'Values at the start. Each stroke is a state of this world; the marker is this one.',
    picture: body,
    table: () => tableOf(groups),
  });
  const wide = matchMedia('(min-width: 1000px)').matches;
  const details = h('details', { class: 'part', open: wide },
    h('summary', {}, h('h2', {}, 'Weights, ties, exposures, and where they come from')),
    chart.element, origin);
  const draw = (): void => {
    const { results, actor, authority } = app.store.view;
    const who = actor === null ? undefined : results?.world.actors[actor];
    if (!results || actor === null || !who || !details.open) return;
    groups = valueGroups(results.world, who, results.world.authorities[authority]?.id ?? '');
    fill(body, ...groups.map(groupOf));
    fill(origin, sources(results.world, actor));
    chart.refresh();
  };
  details.addEventListener('toggle', draw);
  app.store.watch(['results', 'actor', 'authority'], draw);
  return details;
}
