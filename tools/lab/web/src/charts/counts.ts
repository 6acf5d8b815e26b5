import type { Results } from '../contract';
import type { App } from '../store';
import { figure } from '../ui/figure';
import { dateText, words } from '../ui/format';
import { fan, fanText } from './bands';
import { plotGrid } from './plot';
import type { PlotSpec } from './plot';
import { countSeries, countTable } from './series';
import type { CountSeries } from './series';
import { orHigher } from './words';

function specOf(
  series: CountSeries, results: Results, ladder: number, chosen: boolean,
): PlotSpec {
  const { labels } = results.world.time;
  const { observed } = series;
  const rungs = results.world.ladders[ladder]?.rungs ?? [];
  const layers = fan(series.world, series.baseline, series.baseline ? 'variant' : 'mean');
  if (observed) {
    layers.push({
      kind: 'line', values: observed.count, look: 'observed', label: 'on record', stepped: true,
    });
  }
  return {
    title: orHigher(rungs, series.rung),
    labels,
    layers,
    low: 0,
    chosen,
    format: (value) => String(value),
    readout: (step) => {
      const base = series.baseline ? `; baseline ${fanText(series.baseline, step, 0)}` : '';
      const seen = observed?.count[step] ?? null;
      const record = seen === null ? '' : `; on record ${seen}`;
      return `${dateText(labels[step] ?? '')}: ${fanText(series.world, step, 0)}${base}${record}`;
    },
  };
}

/** How much of the world the record covers, in a sentence; empty where there is none. */
export function recordSentence(series: readonly CountSeries[], actors: number): string {
  const covered = series.flatMap(({ observed }) => observed?.onRecord ?? []);
  const most = Math.max(0, ...covered);
  if (most === 0) return '';
  if (most >= actors) return ' “On record” is what was observed.';
  return (
    ` “On record” counts the ${most} of ${actors} states on which there is a record; ` +
    'the mean counts all.'
  );
}

/** Number of states at or above each rung, over time. */
export function countsFigure(app: App): HTMLElement {
  const grid = plotGrid(app);
  let series: CountSeries[] = [];
  const element = figure({
    title: 'States at or above each rung',
    picture: grid.element,
    table: () => countTable(series, app.store.view.results?.world.time.labels ?? []),
  });
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'rung'], (view) => {
    const { results } = view;
    if (!results) return;
    series = countSeries(results, view.outcome, view.authority, view.ladder);
    const many = series.length > 1;
    grid.draw(
      series.map((one) => specOf(one, results, view.ladder, many && one.rung === view.rung)),
    );
    const ladder = words(results.world.ladders[view.ladder]?.key ?? '');
    const replicates = results.outcomes[view.outcome]?.replicates ?? 0;
    element.refresh(
      `States at or above each rung: ${ladder}`,
      `Line: mean over ${replicates} replicates. Shaded: the middle 50 % and 90 % of them.` +
        recordSentence(series, results.world.actors.length) +
        (many ? ' Each picture has its own scale.' : '') +
        ' Press or drag in a picture to move the date of the whole page.',
    );
  });
  return element.element;
}
