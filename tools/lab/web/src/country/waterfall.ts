import type { Decision } from '../contract';

/** The terms of a utility as steps from 0 to their sum. */

export interface Bar {
  term: string | null; // null: the others together, or the sum
  kind: 'term' | 'others' | 'sum';
  value: number;
  from: number;
  to: number;
  terms: string[]; // what `others` holds
}

export type Side = 'below' | 'above';

/** Which options the choice had, the rung above first. */
export function sides(decision: Decision): Side[] {
  const found: Side[] = [];
  if (decision.utility[1] !== null) found.push('above');
  if (decision.utility[0] !== null) found.push('below');
  return found;
}

/**
 * Bars that add up: what speaks for the option, greatest first; what speaks against it, greatest
 * first; then small ones together, and the sum.
 * @param most  bars of single terms at most
 */
export function waterfall(decision: Decision, side: Side, most = 9): Bar[] {
  const parts = decision.terms
    .map((one) => ({ term: one.term, value: one[side] ?? 0 }))
    .filter(({ value }) => value !== 0)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value));
  const greatest = Math.abs(parts[0]?.value ?? 0);
  let large = parts.filter(
    ({ value }, place) => place < most && Math.abs(value) >= greatest * 0.02,
  );
  if (parts.length - large.length === 1) large = parts;
  const small = parts.slice(large.length);
  const order = [
    ...large.filter(({ value }) => value > 0),
    ...large.filter(({ value }) => value < 0),
  ];
  const bars: Bar[] = [];
  let level = 0;
  const push = (term: string | null, kind: Bar['kind'], value: number, terms: string[]): void => {
    bars.push({ term, kind, value, from: level, to: level + value, terms });
    level += value;
  };
  for (const { term, value } of order) push(term, 'term', value, [term]);
  if (small.length > 0) {
    const value = small.reduce((sum, part) => sum + part.value, 0);
    push(null, 'others', value, small.map(({ term }) => term));
  }
  const sum = (side === 'above' ? decision.utility[1] : decision.utility[0]) ?? level;
  bars.push({ term: null, kind: 'sum', value: sum, from: 0, to: sum, terms: [] });
  return bars;
}

/** Least and greatest level that the bars reach; 0 is among them. */
export function reached(bars: readonly Bar[]): [number, number] {
  const levels = bars.flatMap(({ from, to }) => [from, to]);
  return [Math.min(0, ...levels), Math.max(0, ...levels)];
}
