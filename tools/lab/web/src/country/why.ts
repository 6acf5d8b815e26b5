import type { Decision, Results } from '../contract';
import { dateOf } from '../charts/words';
import type { App, View } from '../store';
import { fill, h } from '../ui/dom';
import { figure } from '../ui/figure';
import { dateText, percent, words } from '../ui/format';
import type { Table } from '../ui/table';
import { barName, waterfallPicture } from './picture';
import { enoughLine, othersLine } from './sentences';
import { nearest, sides, waterfall } from './waterfall';
import type { Bar, Side } from './waterfall';

type Place = Pick<View, 'outcome' | 'authority' | 'ladder' | 'actor' | 'step'>;

function odds(decision: Decision, rungs: readonly string[]): HTMLElement {
  const { rung, probability } = decision;
  const [below, stay, above] = probability;
  const parts: { name: string; share: number; kind: string }[] = [];
  if (rung > 0) parts.push({ name: `down to ${rungs[rung - 1] ?? ''}`, share: below, kind: 'down' });
  parts.push({ name: `stay on ${rungs[rung] ?? ''}`, share: stay, kind: 'stay' });
  if (rung + 1 < rungs.length) {
    parts.push({ name: `up to ${rungs[rung + 1] ?? ''}`, share: above, kind: 'up' });
  }
  return h('ul', { class: 'odds' }, ...parts.map(({ name, share, kind }) =>
    h('li', { class: kind },
      h('span', { class: 'bar', style: `width:${Math.max(share * 100, 0.5)}%` }),
      h('span', { class: 'what' }, name),
      h('span', { class: 'value' }, percent(share * 1000)))));
}

function enoughList(decision: Decision, rungs: readonly string[]): HTMLElement | null {
  const { enough } = decision;
  if (!enough) return null;
  const others = othersLine(decision, rungs);
  const possible = enough.drivers.filter(({ needed }) => needed !== null);
  const hopeless = enough.drivers.filter(({ needed }) => needed === null);
  return h('div', { class: 'enough' },
    h('h4', {}, `What would have been enough for ${rungs[enough.rung] ?? ''}`),
    h('p', { class: 'note' }, 'One thing changed at a time, all else as it was, for odds that turn.'),
    h('ul', {},
      ...possible.map((one) => h('li', {}, enoughLine(one))),
      others ? h('li', {}, others) : null),
    hopeless.length > 0
      ? h('p', { class: 'note' }, 'No value that they may have would do alone: ' +
        `${hopeless.map(({ driver }) => words(driver)).join(', ')}.`)
      : null);
}

/** Why it moved or did not: the terms of the choice at a date. */
export function whySection(app: App): HTMLElement {
  const { store, engine } = app;
  const status = h('p', { class: 'note', role: 'status' });
  const summary = h('p', {});
  const chances = h('div', {});
  const enough = h('div', {});
  const meanings = h('dl', { class: 'terms' });
  const dates = h('div', { class: 'dates', role: 'group', 'aria-label': 'Dates that were worked out' });
  const switcher = h('div', { class: 'buttons', role: 'group', 'aria-label': 'Option' });
  const box = h('div', { class: 'bars-box' });
  let bars: Bar[] = [];
  let decision: Decision | null = null;
  let side: Side = 'above';
  let width = 0;
  let asked = 0;
  let timer = 0;
  const table = (): Table => ({
    columns: ['term', 'below', 'above'],
    rows: [
      ...(decision?.terms ?? []).map(({ term, below, above }) => [words(term), below, above]),
      ['together', decision?.utility[0] ?? null, decision?.utility[1] ?? null],
    ],
  });
  const chart = figure({ title: '', picture: h('div', {}, switcher, box), table });
  const answer = h('div', { class: 'answer' },
    chances, chart.element,
    h('details', {}, h('summary', {}, 'What the terms mean'), meanings), summary, enough);
  const section = h('section', { class: 'part' }, h('h3', {}, 'Why it moves or stays'),
    dates, status, answer);

  const drawBars = (): void => {
    const { results, ladder } = store.view;
    if (!decision || !results) return;
    const rungs = results.world.ladders[ladder]?.rungs ?? [];
    const options = sides(decision);
    if (!options.includes(side)) side = options[0] ?? 'above';
    const to = (one: Side): string =>
      rungs[(decision?.rung ?? 0) + (one === 'above' ? 1 : -1)] ?? '';
    fill(switcher, ...(options.length < 2 ? [] : options.map((one) =>
      h('button', {
        type: 'button', class: 'quiet', 'aria-pressed': String(one === side),
        click: () => {
          side = one;
          drawBars();
        },
      }, `${one === 'above' ? 'Up' : 'Down'} to ${to(one)}`))));
    bars = waterfall(decision, side);
    chart.element.hidden = options.length === 0;
    chart.refresh(
      `What speaks for and against ${to(side)}`,
      `Utility of ${to(side)} against staying on ${rungs[decision.rung] ?? ''}; each bar starts ` +
        'where the one before ended. Above 0 the move is more likely than staying, given that ' +
        'the state reconsiders.',
    );
    if (width >= 60) fill(box, waterfallPicture(bars, width));
    const small = bars.find(({ kind }) => kind === 'others');
    const named = [...bars.filter(({ kind }) => kind === 'term').flatMap(({ terms }) => terms),
      ...(small?.terms ?? [])];
    fill(meanings, ...named.flatMap((key) => {
      const info = results.world.terms.find((term) => term.key === key);
      return [h('dt', {}, words(key)), h('dd', {}, info?.meaning ?? '')];
    }), ...(small ? [h('dt', {}, barName(small)), h('dd', {}, `Small: ${small.terms.map(words).join(', ')}`)] : []));
  };

  const show = (found: Decision, results: Results): void => {
    decision = found;
    const { step, ladder } = found.question;
    const rungs = results.world.ladders[ladder]?.rungs ?? [];
    const from = found.share >= 1000
      ? `In all replicates it stood on ${rungs[found.rung] ?? ''}`
      : `Of the replicates in which it stood on ${rungs[found.rung] ?? ''} (${percent(found.share)}), the mean`;
    const held = found.held
      ? ' An event or a body set or held its rung: the choice had no effect.'
      : '';
    status.textContent = `${dateOf(results.world, step)}. ${from}. It reconsiders with probability ` +
      `${percent(found.reconsiders * 1000)} in this step.${held}`;
    fill(chances, odds(found, rungs));
    summary.textContent = found.summary;
    fill(enough, enoughList(found, rungs));
    answer.hidden = false;
    drawBars();
  };

  const fail = (text: string): void => {
    decision = null;
    answer.hidden = true;
    status.textContent = text;
  };

  const work = async (place: Place, results: Results): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { outcome, authority, ladder } = place;
    const actor = place.actor as number;
    const fresh = (): boolean => mine === asked;
    try {
      const where = { outcome, authority, ladder, actor, replicate: null };
      const steps = await engine.explained(results, where);
      if (!fresh()) return;
      const step = steps === null ? place.step : nearest(steps, place.step);
      fill(dates, ...(steps ?? []).map((one) => h('button', {
        type: 'button', class: 'quiet', 'aria-pressed': String(one === step),
        click: () => store.set({ step: one, playing: false }),
      }, dateText(results.world.time.labels[one] ?? ''))));
      dates.hidden = steps === null || steps.length === 0;
      if (step === null) {
        fail('Not worked out in this report; `entente explain` does, and so does `entente lab`.');
        return;
      }
      const found = await engine.explain(results, { ...where, step });
      if (!fresh()) return;
      if (found) show(found, results);
      else fail('Not worked out.');
    } catch (error) {
      if (fresh()) fail(error instanceof Error ? error.message : String(error));
    }
  };

  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now === width) return;
    width = now;
    if (decision && width >= 60) fill(box, waterfallPicture(bars, width));
  }).observe(box);
  store.watch(['results', 'outcome', 'authority', 'ladder', 'actor', 'step'], (view) => {
    clearTimeout(timer);
    const { results, actor } = view;
    section.hidden = !results || actor === null;
    asked += 1;
    if (!results || actor === null) return;
    const place: Place = view;
    if (!engine.live) {
      void work(place, results);
      return;
    }
    status.textContent = 'Working it out …';
    timer = window.setTimeout(() => void work(place, results), 250);
  });
  return section;
}
