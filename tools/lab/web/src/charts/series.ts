import type { Band, Results, World } from '../contract';
import { ladderOf, ladderOutcome, reach } from '../results';
import type { Cell, Table } from '../ui/table';

/** Numbers over time, read out of results. */

export interface ObservedCount {
  /** States on record that stand at or above the rung; null: nobody is on record. */
  count: (number | null)[];
  onRecord: number[];
}

/** What history has: how many of those on record stand at or above a rung, by step. */
export function observedCounts(
  world: World, authority: number, ladder: number, rung: number,
): ObservedCount {
  const rows = world.observations
    .filter((row) => row.authority === authority && row.ladder === ladder)
    .sort((a, b) => a.step - b.step);
  const standing = new Map<number, number>();
  const count: (number | null)[] = [];
  const onRecord: number[] = [];
  let next = 0;
  world.time.labels.forEach((_, step) => {
    for (let row = rows[next]; row && row.step <= step; row = rows[next]) {
      if (row.rung === null) standing.delete(row.actor);
      else standing.set(row.actor, row.rung);
      next += 1;
    }
    let above = 0;
    for (const held of standing.values()) if (held >= rung) above += 1;
    count.push(standing.size === 0 ? null : above);
    onRecord.push(standing.size);
  });
  return { count, onRecord };
}

export interface CountSeries {
  rung: number;
  name: string; // of the rung
  world: Band;
  baseline: Band | null; // beside a variant
  observed: ObservedCount | null; // null: no record of this ladder at all
}

/** By rung of a ladder, the lowest left out. */
export function countSeries(
  results: Results, outcome: number, authority: number, ladder: number,
): CountSeries[] {
  const { rungs } = ladderOf(results, ladder);
  const counts = ladderOutcome(results, outcome, authority, ladder).counts;
  const base = outcome === 0 ? null : ladderOutcome(results, 0, authority, ladder).counts;
  return counts.map((world, place) => {
    const observed = observedCounts(results.world, authority, ladder, place + 1);
    return {
      rung: place + 1,
      name: rungs[place + 1] ?? '',
      world,
      baseline: base?.[place] ?? null,
      observed: observed.onRecord.some((n) => n > 0) ? observed : null,
    };
  });
}

const bandNames = (of: string): string[] => [
  `${of} mean`, `${of} 5 %`, `${of} 25 %`, `${of} 75 %`, `${of} 95 %`,
];

export function bandCells(band: Band, step: number): Cell[] {
  return [
    band.mean[step] ?? null,
    band.low[step] ?? null,
    band.inner_low?.[step] ?? null,
    band.inner_high?.[step] ?? null,
    band.high[step] ?? null,
  ];
}

/** A table of bands: a row per step and thing, the worlds beside each other. */
export function bandTable(
  labels: readonly string[], what: string,
  things: readonly { name: string; worlds: { name: string; band: Band }[] }[],
): Table {
  const names = things[0]?.worlds.map(({ name }) => name) ?? [];
  const rows = labels.flatMap((label, step) =>
    things.map((thing): Cell[] => [
      label,
      thing.name,
      ...thing.worlds.flatMap(({ band }) => bandCells(band, step)),
    ]),
  );
  return { columns: ['date', what, ...names.flatMap(bandNames)], rows };
}

export function countTable(series: readonly CountSeries[], labels: readonly string[]): Table {
  const variant = series.some(({ baseline }) => baseline !== null);
  const table = bandTable(
    labels,
    'at or above',
    series.map((one) => ({
      name: one.name,
      worlds: [
        { name: variant ? 'variant' : 'baseline', band: one.world },
        ...(one.baseline ? [{ name: 'baseline', band: one.baseline }] : []),
      ],
    })),
  );
  if (!series.some(({ observed }) => observed)) return table;
  return {
    columns: [...table.columns, 'on record at or above', 'states on record'],
    rows: table.rows.map((row, place) => {
      const one = series[place % series.length]?.observed;
      const step = Math.floor(place / series.length);
      return [...row, one?.count[step] ?? null, one?.onRecord[step] ?? null];
    }),
  };
}

/** Share of replicates of an actor on each rung, [steps][rungs] per mille, flat. */
export function shareSeries(
  results: Results, outcome: number, authority: number, ladder: number, actor: number,
): number[] {
  const rungs = ladderOf(results, ladder).rungs.length;
  return results.world.time.labels.flatMap((_, step) => {
    const at = (rung: number): number =>
      reach(results, outcome, authority, ladder, step, actor, rung);
    return Array.from({ length: rungs }, (_unused, rung) => at(rung) - at(rung + 1));
  });
}
