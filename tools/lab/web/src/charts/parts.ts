import type { AuthorityLadder, Band } from '../contract';
import type { App } from '../store';
import { figure } from '../ui/figure';
import { dateText, decimal, percent } from '../ui/format';
import type { Cell, Table } from '../ui/table';
import { fan, fanText } from './bands';
import { plotGrid } from './plot';
import type { PlotSpec } from './plot';
import { bandTable } from './series';
import { stackSpec, stackTable } from './stack-spec';
import type { Named } from './stack-spec';

/** What a figure of several pictures shows. */
export interface Content {
  title: string;
  note: string;
  specs: PlotSpec[];
  table: Table;
}

/** A figure of pictures beside each other; without any it hides itself. */
export function pictures(app: App): { element: HTMLElement; draw(content: Content): void } {
  const grid = plotGrid(app);
  let table: Table = { columns: [], rows: [] };
  const chart = figure({ title: '', picture: grid.element, table: () => table });
  return {
    element: chart.element,
    draw(content) {
      table = content.table;
      chart.element.hidden = content.specs.length === 0;
      grid.draw(content.specs);
      chart.refresh(content.title, content.note);
    },
  };
}

/** A number with its spread, and that of the baseline beside a variant. */
export interface Fan {
  name: string;
  band: Band;
  base: Band | null;
}

/** Whether it never changes and is the same in every replicate. */
export function constant({ band, base }: Fan): boolean {
  const first = band.mean[0] ?? 0;
  const bands = base ? [band, base] : [band];
  return bands.every(({ mean, low, high }) =>
    [...mean, ...low, ...high].every((value) => value === first));
}

/** @param whole  values are shares of a whole: the axis goes to 1 */
export function fans(
  all: readonly Fan[], labels: readonly string[], what: string, whole: boolean,
): Pick<Content, 'specs' | 'table'> {
  const moving = all.filter((one) => !constant(one));
  const specs = moving.map(({ name, band, base }): PlotSpec => ({
    title: name,
    labels,
    height: 150,
    layers: fan(band, base, base ? 'variant' : 'mean'),
    low: 0,
    ...(whole && Math.max(...band.high) <= 1 ? { high: 1 } : {}),
    format: (value) => String(value),
    readout: (step) =>
      `${dateText(labels[step] ?? '')}: ${fanText(band, step, 2)}` +
      (base ? `; baseline ${decimal(base.mean[step] ?? 0)}` : ''),
  }));
  const table = bandTable(labels, what, all.map(({ name, band, base }) => ({
    name,
    worlds: [
      { name: base ? 'variant' : 'all replicates', band },
      ...(base ? [{ name: 'baseline', band: base }] : []),
    ],
  })));
  return { specs, table };
}

/** `Control stays at 1.` for what never changes; empty where all does. */
export function constants(all: readonly Fan[]): string {
  const still = all.filter(constant);
  if (still.length === 0) return '';
  const parts = still.map(({ name, band }) => `${name.toLowerCase()} ${decimal(band.mean[0] ?? 0)}`);
  return ` The same at all times: ${parts.join(', ')}.`;
}

/** Shares of rungs; a ladder of one rung has nothing to show. */
export function stacks(
  all: readonly Named[], ladder: AuthorityLadder, labels: readonly string[], what: string,
): Pick<Content, 'specs' | 'table'> {
  const shown = ladder.rungs.length > 1 ? all : [];
  return {
    specs: shown.map(({ name, shares }) => stackSpec(shares, ladder.rungs, labels, name, 150)),
    table: stackTable(shown, ladder, labels, what),
  };
}

/** Decisions of one body, by world: per mille that say yes. */
export interface Said {
  name: string;
  worlds: Named[];
}

function saidSpec({ name, worlds }: Said, labels: readonly string[]): PlotSpec {
  const several = worlds.length > 1;
  return {
    title: name,
    labels,
    height: 130,
    low: 0,
    high: 1,
    layers: worlds.map(({ shares }, place) => ({
      kind: 'line',
      values: shares.map((value) => value / 1000),
      stepped: true,
      look: place === 1 ? 'world' : 'baseline',
      dashed: place === 0 && several,
      ...(several ? { label: place === 0 ? 'baseline' : 'variant' } : {}),
    })),
    format: (value) => `${Math.round(value * 100)} %`,
    readout: (step) => {
      const parts = worlds.map(({ name: world, shares }) =>
        `${several ? `${world} ` : ''}${percent(shares[step] ?? 0)}`);
      return `${dateText(labels[step] ?? '')}: ${parts.join('; ')}`;
    },
  };
}

export function decisions(
  all: readonly Said[], labels: readonly string[],
): Pick<Content, 'specs' | 'table'> {
  const names = all[0]?.worlds.map(({ name }) => `${name}, % yes`) ?? [];
  const rows = labels.flatMap((label, step) =>
    all.map(({ name, worlds }): Cell[] => [
      label, name, ...worlds.map(({ shares }) => (shares[step] ?? 0) / 10),
    ]));
  return {
    specs: all.map((one) => saidSpec(one, labels)),
    table: { columns: ['date', 'body', ...names], rows },
  };
}
