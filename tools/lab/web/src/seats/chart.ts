import type { Results } from '../contract';
import { svg } from '../ui/dom';
import { figure } from '../ui/figure';
import { words } from '../ui/format';
import { countAt } from './worlds';

const [width, height, left, bottom] = [400, 170, 30, 24];

/** A line that holds its value from one step to the next. */
function path(values: number[], x: (step: number) => number, y: (value: number) => number): string {
  return values
    .map((value, step) => {
      const [across, up] = [x(step).toFixed(1), y(value).toFixed(1)];
      return step === 0 ? `M${across} ${up}` : `H${across}V${up}`;
    })
    .join('');
}

/** Two histories of one luck: how many stand at or above a rung, with the class and without. */
export function countsFigure(
  results: Results, authority: number, ladder: number, rung: number,
): HTMLElement {
  const { labels } = results.world.time;
  const own = results.world.ladders[ladder];
  const name = words(own?.rungs[rung] ?? '');
  const [without, withThem] = [0, 1].map((o) => countAt(results, o, authority, ladder, rung));
  const top = Math.max(1, ...(without ?? []), ...(withThem ?? []));
  const x = (step: number): number =>
    left + (step / Math.max(labels.length - 1, 1)) * (width - left - 8);
  const y = (value: number): number => height - bottom - (value / top) * (height - bottom - 12);
  const ticks = [...new Set([0, Math.round(top / 2), top])];
  const picture = svg(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, class: 'class-chart', 'aria-hidden': 'true' },
    ...ticks.flatMap((tick) => [
      svg('line', { x1: left, x2: width - 8, y1: y(tick), y2: y(tick), class: 'grid' }),
      svg('text', { x: left - 6, y: y(tick) + 4, 'text-anchor': 'end' }, tick),
    ]),
    svg('text', { x: left, y: height - 5 }, labels[0] ?? ''),
    svg('text', { x: width - 8, y: height - 5, 'text-anchor': 'end' }, labels.at(-1) ?? ''),
    svg('path', { d: path(without ?? [], x, y), class: 'without' }),
    svg('path', { d: path(withThem ?? [], x, y), class: 'with' }),
  );
  return figure({
    title: `States at ${name}${rung + 1 < (own?.rungs.length ?? 0) ? ' or higher' : ''}`,
    note: 'Full line: with your decisions. Broken line: the same luck without them.',
    picture,
    table: () => ({
      columns: ['date', 'with your decisions', 'without them'],
      rows: labels.map((label, step) => [label, withThem?.[step] ?? 0, without?.[step] ?? 0]),
    }),
  }).element;
}
