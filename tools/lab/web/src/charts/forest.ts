import type { Results } from '../contract';
import type { Table } from '../ui/table';

/** Differences of all variants to the baseline, one row each. */
export interface ForestRow {
  outcome: number;
  name: string;
  difference: number;
  low: number | null;
  high: number | null;
  followers: number;
}

/** Greatest difference first; of equals in the order of the run. */
export function forestRows(
  results: Results, authority: number, ladder: number, rung: number, step: number,
): ForestRow[] {
  const rows = results.differences.flatMap((one): ForestRow[] => {
    const found = one.authorities[authority]?.ladders[ladder]?.counts[rung - 1];
    const outcome = results.outcomes[one.outcome];
    if (!found || !outcome) return [];
    return [
      {
        outcome: one.outcome,
        name: outcome.title || outcome.name,
        difference: found.difference[step] ?? 0,
        low: found.low[step] ?? null,
        high: found.high[step] ?? null,
        followers: found.followers[step] ?? 0,
      },
    ];
  });
  return rows.sort((a, b) => b.difference - a.difference || a.outcome - b.outcome);
}

/** Bounds of an axis that shows all rows and 0. */
export function forestBounds(rows: readonly ForestRow[]): [number, number] {
  const values = rows.flatMap((row) => [
    row.difference, row.low ?? row.difference, row.high ?? row.difference,
  ]);
  const low = Math.min(0, ...values);
  const high = Math.max(0, ...values);
  return low === high ? [-1, 1] : [low, high];
}

export function forestTable(rows: readonly ForestRow[], date: string): Table {
  return {
    columns: [
      'variant', `difference, ${date}`, '95 % interval from', '95 % interval to',
      'of it those not moved by the variant itself',
    ],
    rows: rows.map((row) => [row.name, row.difference, row.low, row.high, row.followers]),
  };
}
