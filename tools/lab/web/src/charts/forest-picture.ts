import type { App } from '../store';
import { fill, h, svg } from '../ui/dom';
import { figure } from '../ui/figure';
import type { Figure } from '../ui/figure';
import { signed, words } from '../ui/format';
import { niceTicks, scale } from './axis';
import { forestBounds, forestRows, forestTable } from './forest';
import type { ForestRow } from './forest';
import { dateOf, orHigher } from './words';

const wide = 400; // units of the picture of a row; it is stretched to its column

function interval(row: ForestRow, x: (value: number) => number): SVGElement {
  const low = x(row.low ?? row.difference);
  const high = x(row.high ?? row.difference);
  const at = `${(x(row.difference) / wide) * 100}%`;
  const zero = `${(x(0) / wide) * 100}%`;
  return svg(
    'svg',
    { class: 'forest-bar', height: 24, width: '100%', 'aria-hidden': 'true' },
    svg('line', { class: 'zero', x1: zero, x2: zero, y1: 0, y2: 24 }),
    svg('line', { class: 'range', x1: `${(low / wide) * 100}%`, x2: `${(high / wide) * 100}%`,
      y1: 12, y2: 12 }),
    svg('circle', { class: 'dot world', cx: at, cy: 12, r: 5 }),
  );
}

function axis(bounds: readonly number[], x: (value: number) => number): SVGElement {
  return svg(
    'svg',
    { class: 'forest-bar', height: 18, width: '100%', 'aria-hidden': 'true' },
    ...bounds.map((tick) =>
      svg('text', {
        class: 'tick', x: `${(x(tick) / wide) * 100}%`, y: 13, 'text-anchor': 'middle',
      }, signed(tick, Number.isInteger(tick) ? 0 : 1)),
    ),
  );
}

function rowOf(app: App, row: ForestRow, x: (value: number) => number): HTMLElement {
  const numbers =
    row.low === null || row.high === null
      ? signed(row.difference, 2)
      : `${signed(row.difference, 2)} (${signed(row.low, 2)} to ${signed(row.high, 2)})`;
  const chosen = app.store.view.outcome === row.outcome;
  return h(
    'button',
    {
      type: 'button',
      class: 'forest-row',
      'aria-pressed': String(chosen),
      click: () => app.store.set({ outcome: row.outcome }),
    },
    h('span', { class: 'name' }, row.name),
    interval(row, x),
    h('span', { class: 'value' }, numbers),
  );
}

/** All variants beside each other at the end; a row chooses its variant. */
export function forestFigure(app: App): Figure {
  const picture = h('div', { class: 'forest' });
  let rows: ForestRow[] = [];
  let date = '';
  const chart = figure({
    title: 'All variants at the end',
    picture,
    table: () => forestTable(rows, date),
  });
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'rung'], (view) => {
    const { results } = view;
    if (!results) return;
    const last = results.world.time.labels.length - 1;
    rows = forestRows(results, view.authority, view.ladder, view.rung, last);
    date = dateOf(results.world, last);
    chart.element.hidden = rows.length === 0;
    const ticks = niceTicks(...forestBounds(rows), 4);
    const x = scale(ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1, 0.05 * wide, 0.95 * wide);
    const had = picture.contains(document.activeElement) ? view.outcome : null;
    fill(
      picture,
      ...rows.map((row) => rowOf(app, row, x)),
      h('div', { class: 'forest-row axis', 'aria-hidden': 'true' }, h('span', {}), axis(ticks, x),
        h('span', {})),
    );
    if (had !== null) {
      picture.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    }
    const ladder = results.world.ladders[view.ladder];
    chart.refresh(
      `All variants, ${date}: ${words(ladder?.key ?? '')}, ` +
        orHigher(ladder?.rungs ?? [], view.rung),
      'More or fewer states than in the baseline: mean over pairs and its 95 % interval. ' +
        'A row chooses the variant for the whole page.',
    );
  });
  return chart;
}
