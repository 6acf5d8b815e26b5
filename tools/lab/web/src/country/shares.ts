import { worldName } from '../charts/controls';
import { plotGrid } from '../charts/plot';
import { shareSeries } from '../charts/series';
import { stackSpec, stackTable } from '../charts/stack-spec';
import { observed } from '../results';
import type { App, View } from '../store';
import { isDark, rungColour } from '../ui/colours';
import { figure } from '../ui/figure';
import { words } from '../ui/format';
import type { Table } from '../ui/table';

function withRecord(table: Table, worlds: number, seen: readonly (string | null)[]): Table {
  return {
    columns: [...table.columns, 'on record'],
    rows: table.rows.map((row, place) => [...row, seen[Math.floor(place / worlds)] ?? null]),
  };
}

/** Chance of each rung over time, with what was observed above it. */
export function sharesFigure(app: App): HTMLElement {
  const grid = plotGrid(app);
  let table: Table = { columns: [], rows: [] };
  const chart = figure({ title: '', picture: grid.element, table: () => table });
  const draw = (view: Readonly<View>): void => {
    const { results, actor } = view;
    const ladder = results?.world.ladders[view.ladder];
    chart.element.hidden = !ladder || actor === null;
    if (!results || actor === null || !ladder) return;
    const { rungs } = ladder;
    const { labels } = results.world.time;
    const seen = labels.map((_, step) =>
      observed(results, view.authority, view.ladder, step, actor));
    const onRecord = seen.some((rung) => rung !== null);
    const dark = isDark();
    const track = {
      values: seen,
      label: 'on record',
      fill: (rung: number): string => rungColour(rung, rungs.length, dark),
    };
    const all = (view.outcome === 0 ? [0] : [view.outcome, 0]).flatMap((place) => {
      const outcome = results.outcomes[place];
      const shares = shareSeries(results, place, view.authority, view.ladder, actor);
      return outcome ? [{ name: worldName(outcome, place), shares }] : [];
    });
    grid.draw(all.map(({ name, shares }) => ({
      ...stackSpec(shares, rungs, labels, all.length > 1 ? name : '', 190),
      ...(onRecord ? { track } : {}),
    })));
    const names = seen.map((rung) => (rung === null ? null : (rungs[rung] ?? null)));
    const base = stackTable(all, ladder, labels, 'world');
    table = onRecord ? withRecord(base, all.length, names) : base;
    chart.refresh(
      `${words(ladder.key)} over time`.replace(/^./, (first) => first.toUpperCase()),
      'Share of replicates on each rung, the lowest at the bottom.' +
        (onRecord ? ' The track above is what is on record, in the same colours.' : ''),
    );
  };
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'actor', 'theme'], draw);
  return chart.element;
}
