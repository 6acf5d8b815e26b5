import { niceTicks, scale } from '../charts/axis';
import { svg } from '../ui/dom';
import { decimal, signed, words } from '../ui/format';
import { reached } from './waterfall';
import type { Bar } from './waterfall';

const rowHeight = 26;
const letter = 6.8;

export function barName(bar: Bar): string {
  if (bar.kind === 'sum') return 'together';
  if (bar.kind === 'others') return `${bar.terms.length} others`;
  return words(bar.term ?? '');
}

/** Bars from 0 to the sum, each starting where the one before ended. */
export function waterfallPicture(bars: readonly Bar[], width: number): SVGElement {
  const longest = Math.max(...bars.map((bar) => barName(bar).length));
  const left = Math.min(longest * letter + 10, width * 0.42);
  const [low, high] = reached(bars);
  const ticks = niceTicks(low, high, width < 420 ? 3 : 5);
  const x = scale(ticks[0] ?? 0, ticks[ticks.length - 1] ?? 1, left + 50, width - 48);
  const bottom = bars.length * rowHeight + 4;
  const parts: SVGElement[] = [];
  for (const tick of ticks) {
    const at = Math.round(x(tick)) + 0.5;
    parts.push(
      svg('line', { class: tick === 0 ? 'zero' : 'grid', x1: at, x2: at, y1: 0, y2: bottom }),
      svg('text', { class: 'tick', x: at, y: bottom + 16, 'text-anchor': 'middle' },
        decimal(tick, Number.isInteger(tick) ? 0 : 1)),
    );
  }
  bars.forEach((bar, row) => {
    const y = row * rowHeight + 4;
    const start = Math.min(x(bar.from), x(bar.to));
    const wide = Math.max(Math.abs(x(bar.to) - x(bar.from)), 1.5);
    const side = bar.kind === 'sum' ? 'sum' : bar.value < 0 ? 'against' : 'for';
    const right = bar.value >= 0;
    const place = right ? start + wide + 5 : start - 5;
    parts.push(
      svg('text', { class: `name ${bar.kind}`, x: left, y: y + 14, 'text-anchor': 'end' },
        barName(bar)),
      svg('rect', { class: side, x: start, y: y + 1, width: wide, height: rowHeight - 8, rx: 2 }),
      svg('text', { class: `value ${bar.kind}`, x: place, y: y + 14,
        'text-anchor': right ? 'start' : 'end' }, signed(bar.value, 2)),
    );
    if (bar.kind !== 'sum' && row + 1 < bars.length) {
      const at = Math.round(x(bar.to)) + 0.5;
      parts.push(svg('line', {
        class: 'link', x1: at, x2: at, y1: y + rowHeight - 7, y2: y + rowHeight + 1,
      }));
    }
  });
  return svg(
    'svg',
    {
      class: 'bars', width, height: bottom + 22, viewBox: `0 0 ${width} ${bottom + 22}`,
      'aria-hidden': 'true',
    },
    ...parts,
  );
}

/** All actors as strokes along a line, one of them marked. */
export function strip(
  all: readonly number[], value: number, low: number, high: number,
): SVGElement {
  const x = scale(low, high, 4, 116);
  const at = (one: number): number => Math.round(x(one) * 10) / 10;
  const strokes = [...new Set(all.map(at))].map((place) => `M${place} 5V15`).join('');
  return svg(
    'svg',
    { class: 'strip', width: 120, height: 20, viewBox: '0 0 120 20', 'aria-hidden': 'true' },
    svg('line', { class: 'base', x1: 2, x2: 118, y1: 15.5, y2: 15.5 }),
    svg('path', { class: 'others', d: strokes }),
    svg('path', { class: 'this', d: `M${at(value)} 17L${at(value) - 4} 2H${at(value) + 4}Z` }),
  );
}
