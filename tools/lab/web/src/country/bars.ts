import type { Decision, Results } from '../contract';
import { fill, h } from '../ui/dom';
import { figure } from '../ui/figure';
import { words } from '../ui/format';
import type { Table } from '../ui/table';
import { waterfallPicture } from './picture';
import { sides, waterfall } from './waterfall';
import type { Bar, Side } from './waterfall';

export interface BarsFigure {
  element: HTMLElement;
  show(decision: Decision, results: Results): void;
}

function tableOf(decision: Decision | null): Table {
  const rows = (decision?.terms ?? []).map(({ term, below, above }) => [words(term), below, above]);
  const [below, above] = decision?.utility ?? [null, null];
  return {
    columns: ['term', 'utility of the rung below', 'utility of the rung above'],
    rows: [...rows, ['together', below, above]],
  };
}

function meaningsOf(bars: readonly Bar[], results: Results): HTMLElement[] {
  return bars.flatMap(({ terms }) => terms).flatMap((key) => {
    const info = results.world.terms.find((term) => term.key === key);
    return [h('dt', {}, words(key)), h('dd', {}, info?.meaning ?? '')];
  });
}

/** The terms of a choice as bars that add up, for the rung above or the one below. */
export function barsFigure(): BarsFigure {
  const meanings = h('dl', { class: 'terms' });
  const switcher = h('div', { class: 'buttons no-print', role: 'group', 'aria-label': 'Option' });
  const box = h('div', { class: 'bars-box' });
  let bars: Bar[] = [];
  let decision: Decision | null = null;
  let side: Side = 'above';
  let width = 0;
  const chart = figure({
    title: '', picture: h('div', {}, switcher, box), table: () => tableOf(decision),
  });
  const paint = (): void => {
    if (bars.length > 0 && width >= 60) fill(box, waterfallPicture(bars, width));
  };
  const render = (found: Decision, results: Results): void => {
    const rungs = results.world.ladders[found.question.ladder]?.rungs ?? [];
    const options = sides(found);
    if (!options.includes(side)) side = options[0] ?? 'above';
    const to = (one: Side): string => rungs[found.rung + (one === 'above' ? 1 : -1)] ?? '';
    const choose = (one: Side): void => {
      side = one;
      render(found, results);
      switcher.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    };
    fill(switcher, ...options.map((one) =>
      h('button', {
        type: 'button', class: 'quiet', 'aria-pressed': String(one === side),
        click: () => choose(one),
      }, `${one === 'above' ? 'Up' : 'Down'} to ${to(one)}`)));
    switcher.hidden = options.length < 2;
    bars = waterfall(found, side);
    chart.element.hidden = options.length === 0;
    chart.refresh(
      `What speaks for and against ${to(side)}`,
      `Utility of ${to(side)} against staying on ${rungs[found.rung] ?? ''}. Each bar starts ` +
        'where the one before ended; the last is their sum. Right speaks for it, left against ' +
        'it; at 0 both are as likely once it reconsiders.',
    );
    fill(meanings, ...meaningsOf(bars, results));
    paint();
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now === width) return;
    width = now;
    paint();
  }).observe(box);
  const help = h('details', {}, h('summary', {}, 'What the terms mean'), meanings);
  return {
    element: h('div', {}, chart.element, help),
    show(found, results) {
      decision = found;
      render(found, results);
    },
  };
}
