import type { CountDifference, Results } from '../contract';
import type { App, View } from '../store';
import { h } from '../ui/dom';
import { figure } from '../ui/figure';
import { dateText, signed, words } from '../ui/format';
import type { Cell, Table } from '../ui/table';
import { worldName } from './controls';
import { forestFigure } from './forest-picture';
import type { Layer } from './layers';
import { plotGrid } from './plot';
import type { PlotSpec } from './plot';
import { dateOf, differenceSentence, orHigher } from './words';

function differencesOf(results: Results, view: Readonly<View>): CountDifference[] {
  const found = results.differences.find(({ outcome }) => outcome === view.outcome);
  return found?.authorities[view.authority]?.ladders[view.ladder]?.counts ?? [];
}

function specOf(
  one: CountDifference, title: string, labels: readonly string[], chosen: boolean,
): PlotSpec {
  const layers: Layer[] = [
    { kind: 'band', low: one.low, high: one.high, look: 'world' },
    { kind: 'line', values: labels.map(() => 0), look: 'quiet' },
    { kind: 'line', values: one.followers, look: 'follow', label: 'followers' },
    { kind: 'line', values: one.difference, look: 'world', label: 'all' },
  ];
  return {
    title,
    labels,
    layers,
    chosen,
    format: (value) => signed(value, Number.isInteger(value) ? 0 : Math.abs(value) < 0.1 ? 2 : 1),
    readout: (step) => {
      const low = one.low[step] ?? null;
      const high = one.high[step] ?? null;
      const interval =
        low === null || high === null ? '' : ` (95 %: ${signed(low, 2)} to ${signed(high, 2)})`;
      return (
        `${dateText(labels[step] ?? '')}: ${signed(one.difference[step] ?? 0, 2)}${interval}, ` +
        `followers ${signed(one.followers[step] ?? 0, 2)}`
      );
    },
  };
}

function tableOf(all: CountDifference[], rungs: string[], labels: readonly string[]): Table {
  const rows = labels.flatMap((label, step) =>
    all.map((one, place): Cell[] => [
      label,
      rungs[place + 1] ?? '',
      one.difference[step] ?? null,
      one.low[step] ?? null,
      one.high[step] ?? null,
      one.followers[step] ?? null,
    ]),
  );
  return {
    columns: [
      'date', 'at or above', 'difference', '95 % interval from', '95 % interval to',
      'of it those not moved by the variant itself',
    ],
    rows,
  };
}

function pairing(): HTMLElement {
  return h(
    'details',
    {},
    h('summary', {}, 'What “paired” means, and who the followers are'),
    h(
      'p',
      { class: 'note' },
      'Each replicate of the variant meets the same luck as that of the baseline with the same ' +
        'number: the same draw decides the same choice, attack or event in both. What differs ' +
        'between the two comes from what the variant changed, so far fewer replicates are ' +
        'needed to see a difference than with independent luck.',
    ),
    h(
      'p',
      { class: 'note' },
      'Some states are moved by the variant itself: one of its events sets or holds their rung. ' +
        'Followers are all others. Where a variant moves states alone, their part is what the ' +
        'first movers drew after them; where it changes circumstances, everybody who answers ' +
        'counts as a follower.',
    ),
  );
}

/** The chosen variant less the baseline, and all variants beside each other. */
export function differenceSection(app: App): HTMLElement {
  const grid = plotGrid(app);
  const sentence = h('p', { class: 'lead' });
  const first = h('p', { class: 'note' });
  let table: Table = { columns: [], rows: [] };
  const chart = figure({ title: 'Difference', picture: grid.element, table: () => table });
  const invite = h('p', { class: 'note' },
    'Choose a variant to see its difference over time: above, or by a row of this picture.');
  const forest = forestFigure(app);
  const heading = h('h2', {}, 'What the variants change');
  const section = h(
    'section', { class: 'part' },
    heading, sentence, first, invite, chart.element, forest.element, pairing(),
  );
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'rung', 'step'], (view) => {
    const { results } = view;
    section.hidden = !results || results.differences.length === 0;
    if (!results || section.hidden) return;
    const one = differencesOf(results, view)[view.rung - 1];
    const rung = orHigher(results.world.ladders[view.ladder]?.rungs ?? [], view.rung);
    sentence.hidden = !one;
    if (one) {
      const date = dateOf(results.world, view.step);
      sentence.textContent = differenceSentence(one, view.step, date, rung);
    }
  });
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'rung'], (view) => {
    const { results } = view;
    if (!results) return;
    const all = differencesOf(results, view);
    const { labels } = results.world.time;
    const rungs = results.world.ladders[view.ladder]?.rungs ?? [];
    const outcome = results.outcomes[view.outcome];
    chart.element.hidden = all.length === 0;
    invite.hidden = all.length > 0;
    first.hidden = all.length === 0;
    if (!outcome || all.length === 0) return;
    table = tableOf(all, rungs, labels);
    grid.draw(
      all.map((one, place) =>
        specOf(one, orHigher(rungs, place + 1), labels, all.length > 1 && place + 1 === view.rung),
      ),
    );
    const start = results.differences.find((d) => d.outcome === view.outcome)?.first_difference;
    first.textContent =
      start === null || start === undefined
        ? 'The two worlds never differ.'
        : `The two worlds first differ in ${dateOf(results.world, start)}.`;
    const ladder = words(results.world.ladders[view.ladder]?.key ?? '');
    chart.refresh(
      `${worldName(outcome, view.outcome)} less the baseline: ${ladder}`,
      'Mean difference in the number of states over pairs of replicates, with its 95 % interval; ' +
        'dotted: the part of those whom the variant does not move itself.',
    );
  });
  return section;
}
