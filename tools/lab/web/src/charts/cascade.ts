import { area, curveBumpX } from 'd3-shape';
import type { Cascade, World } from '../contract';
import type { App } from '../store';
import { fill, h, svg } from '../ui/dom';
import { figure } from '../ui/figure';
import { decimal } from '../ui/format';
import { spread } from './axis';
import { worldName } from './controls';
import { pivotal, tieLayout, tieTable } from './ties';
import type { Tie, TieNode } from './ties';
import { cascadeSentences } from './words';

const shownTies = 24;
const shownStates = 12;

function ribbon(tie: Tie, x0: number, x1: number, y: (share: number) => number): string {
  const draw = area<readonly [x: number, top: number, bottom: number]>()
    .x(([x]) => x)
    .y0(([, , bottom]) => y(bottom))
    .y1(([, top]) => y(top))
    .curve(curveBumpX)
    .digits(1);
  return draw([[x0, tie.fromTop, tie.fromBottom], [x1, tie.toTop, tie.toBottom]]) ?? '';
}

function picture(cascade: Cascade, world: World, width: number, actor: number | null): SVGElement {
  const layout = tieLayout(cascade, shownTies, 0.03);
  const rows = Math.max(layout.left.length, layout.right.length);
  const height = Math.max(120, rows * 22 + 30);
  const margin = Math.min(190, width * 0.34);
  const y = (share: number): number => Math.round((26 + share * (height - 34)) * 10) / 10;
  const name = (node: TieNode): string => {
    const most = Math.floor((margin - 14) / 6.4);
    const full = world.actors[node.actor]?.name ?? '';
    return full.length > most ? `${full.slice(0, most - 1)}…` : full;
  };
  const side = (nodes: TieNode[], right: boolean): SVGElement[] => {
    const x = right ? width - margin : margin;
    const middle = nodes.map(({ top, bottom }) => y((top + bottom) / 2));
    const places = spread(middle, 15, 30, height - 6);
    return nodes.flatMap((node, place) => [
      svg('rect', {
        class: 'node', x: right ? x : x - 5, y: y(node.top), width: 5,
        height: Math.max(y(node.bottom) - y(node.top), 1),
      }),
      svg('text', {
        class: `label${node.actor === actor ? ' here' : ''}`,
        x: right ? x + 10 : x - 10, y: (places[place] ?? 0) + 4,
        'text-anchor': right ? 'start' : 'end',
      }, name(node)),
    ]);
  };
  const touches = (tie: Tie): boolean =>
    layout.left[tie.from]?.actor === actor || layout.right[tie.to]?.actor === actor;
  return svg(
    'svg',
    { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', class: 'ties' },
    svg('text', { class: 'tick', x: margin, y: 14, 'text-anchor': 'end' }, 'had gone ahead'),
    svg('text', { class: 'tick', x: width - margin, y: 14 }, 'followed'),
    ...layout.ties.map((tie) =>
      svg('path', {
        class: `tie${touches(tie) ? ' here' : ''}`, d: ribbon(tie, margin, width - margin, y),
      }),
    ),
    ...side(layout.left, false),
    ...side(layout.right, true),
  );
}

function ranking(app: App, cascade: Cascade, world: World): HTMLElement {
  const best = pivotal(cascade, shownStates);
  const most = best[0]?.with_chains ?? 1;
  const rows = best.map((one) =>
    h(
      'tr',
      {},
      h('th', { scope: 'row' },
        h('button', {
          type: 'button', class: 'link', click: () => app.store.set({ actor: one.actor }),
        }, world.actors[one.actor]?.name ?? ''),
        one.from_start ? h('span', { class: 'quiet' }, ' there from the start') : null),
      h('td', { class: 'number' }, one.from_start ? '–' : decimal(one.moves)),
      h('td', { class: 'number' }, decimal(one.direct)),
      h('td', { class: 'number with-bar' },
        h('span', { class: 'bar', style: `width:${(one.with_chains / most) * 100}%` }),
        h('span', {}, decimal(one.with_chains))),
    ),
  );
  return h(
    'div',
    {
      class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'States that brought others',
    },
    h('table', { class: 'ranking' },
      h('caption', { class: 'visually-hidden' }, 'States that brought others, most first'),
      h('thead', {}, h('tr', {},
        h('th', { scope: 'col' }, 'State'),
        h('th', { scope: 'col', class: 'number' }, 'Own moves'),
        h('th', { scope: 'col', class: 'number' }, 'Brought directly'),
        h('th', { scope: 'col', class: 'number' }, 'With chains'))),
      h('tbody', {}, ...rows)),
  );
}

const help = (): HTMLElement =>
  h('details', {},
    h('summary', {}, 'How a move is credited'),
    h('p', { class: 'note' },
      'When a state moves by its own choice, the model is asked how likely the same move would ' +
      'have been had nobody stood there before. The part that would be absent is divided among ' +
      'those who had gone ahead, by what each added to the odds. “Brought directly” sums these ' +
      'parts; “with chains” adds what the followers brought in turn, so its numbers overlap. ' +
      'Values are moves per replicate. A credit says how the model works, not what causes a ' +
      'move in the world.'));

/** Who drew whom: worked out on demand where that takes a simulation. */
export function cascadeSection(app: App): HTMLElement {
  const { store, engine } = app;
  const lead = h('p', { class: 'lead' });
  const box = h('div', { class: 'ties-box' });
  const table = h('div', {});
  let cascade: Cascade | null = null;
  let width = 0;
  let asked = 0;
  const chart = figure({
    title: 'The strongest ties',
    note: `The ${shownTies} strongest; a ribbon is the wider the more moves are credited.`,
    picture: box,
    table: () => {
      const world = store.view.results?.world;
      return cascade && world ? tieTable(cascade, world) : { columns: [], rows: [] };
    },
  });
  const ask = h('button', { type: 'button', click: () => void work() }, 'Work it out');
  const content = h('div', { class: 'cascade' }, table, chart.element);
  const section = h('section', { class: 'part' },
    h('h2', {}, 'Who drew whom'), lead, ask, content, help());

  const draw = (): void => {
    const world = store.view.results?.world;
    if (!cascade || !world || width < 60 || cascade.edges.length === 0) return;
    fill(box, picture(cascade, world, width, store.view.actor));
  };
  const show = (): void => {
    const { results, outcome } = store.view;
    const now = results?.outcomes[outcome];
    content.hidden = !cascade;
    if (!cascade || !results || !now) return;
    const none = cascade.edges.length === 0;
    lead.textContent = cascadeSentences(cascade, results.world, worldName(now, outcome)) +
      (none ? ' Nobody is credited with the move of another.' : '');
    fill(table, ...(none ? [] : [ranking(app, cascade, results.world)]));
    chart.element.hidden = none;
    chart.refresh();
    draw();
  };
  const work = async (): Promise<void> => {
    const { results, outcome, authority } = store.view;
    if (!results) return;
    asked += 1;
    const mine = asked;
    ask.disabled = true;
    if (engine.live) lead.textContent = 'Simulating, with every decision kept …';
    try {
      const answer = await engine.cascade(results, outcome, authority);
      if (mine !== asked) return;
      cascade = answer;
      ask.hidden = answer !== null || !engine.live;
      if (!answer) {
        lead.textContent = outcome === 0
          ? 'Not worked out in this report; the command “entente cascade” does.'
          : 'Not worked out for this variant in this report; choose the baseline, or use the ' +
            'command “entente cascade”.';
      }
      show();
      if (answer && engine.live) app.announce(lead.textContent ?? '');
    } catch (error) {
      if (mine === asked) lead.textContent = error instanceof Error ? error.message : String(error);
    } finally {
      if (mine === asked) ask.disabled = false;
    }
  };
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now === width) return;
    width = now;
    draw();
  }).observe(box);
  store.watch(['results', 'outcome', 'authority'], (view) => {
    section.hidden = !view.results;
    asked += 1;
    cascade = null;
    content.hidden = true;
    ask.hidden = !engine.live;
    ask.disabled = false;
    lead.textContent = engine.live
      ? 'Credits every move to those who had gone ahead and made it more likely. It takes a ' +
        'simulation of its own.'
      : '';
    if (!engine.live && view.results) void work();
  });
  store.watch(['actor'], draw);
  return section;
}
