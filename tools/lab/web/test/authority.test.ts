import { describe, expect, test } from 'vitest';
import { climbable, ladderView } from '../src/charts/controls';
import { constant, constants, decisions, fans, stacks } from '../src/charts/parts';
import { stackTable, stackText } from '../src/charts/stack-spec';
import { engagement, flat, world } from './worlds';

const labels = ['2026-01', '2026-02'];
const rising = { ...flat(0, 2), mean: [0, 0.5], high: [0, 0.8] };

describe('states over time', () => {
  const still = { name: 'Control', band: flat(1, 2), base: null };
  const moving = { name: 'Distress', band: rising, base: null };
  test('are drawn where they change, and named where they do not', () => {
    expect([constant(still), constant(moving)]).toEqual([true, false]);
    const { specs, table } = fans([still, moving], labels, 'state', true);
    expect(specs.map(({ title, low, high }) => [title, low, high])).toEqual([['Distress', 0, 1]]);
    expect(table.rows).toHaveLength(4); // the table has all
    expect(constants([still, moving])).toBe(' The same at all times: control 1.00.');
  });
  test('differ where the baseline does', () => {
    expect(constant({ ...still, base: flat(0.5, 2) })).toBe(false);
  });
  test('are read out with their spread', () => {
    const { specs } = fans([moving], labels, 'state', true);
    expect(specs[0]?.readout(1)).toBe('February 2026: 0.50 (90 %: 0.00 to 0.80)');
  });
});

describe('rungs of the authority', () => {
  const ladder = { key: 'rights', rungs: ['closed', 'open'] };
  const shares = [1000, 0, 215, 785];
  test('are read out, and never add up to more than all', () => {
    expect(stackText(shares, ladder.rungs, 1)).toBe('closed 21 %, open 79 %');
    expect(stackText(shares, ladder.rungs, 0)).toBe('closed 100 %');
  });
  test('come as a table in per cent', () => {
    const table = stackTable([{ name: 'Baseline', shares }], ladder, labels, 'world');
    expect(table).toEqual({
      columns: ['date', 'world', 'closed, %', 'open, %'],
      rows: [['2026-01', 'Baseline', 100, 0], ['2026-02', 'Baseline', 21.5, 78.5]],
    });
  });
  test('of a ladder of one rung are not shown', () => {
    const one = { key: 'rights', rungs: ['unmodelled'] };
    expect(stacks([{ name: 'Baseline', shares: [1000, 1000] }], one, labels, 'world').specs)
      .toEqual([]);
  });
});

test('a body is read out for both worlds', () => {
  const { specs, table } = decisions(
    [{ name: 'Council', worlds: [
      { name: 'Baseline', shares: [0, 100] }, { name: 'Reform', shares: [0, 550] },
    ] }],
    labels,
  );
  expect(specs[0]?.readout(1)).toBe('February 2026: Baseline 10 %; Reform 55 %');
  expect(table.rows[1]).toEqual(['2026-02', 'Council', 10, 55]);
});

test('ladders of one rung are no choice; a ladder comes with a rung that it has', () => {
  const recognition = {
    role: 'recognition' as const, key: 'recognition', rungs: ['withheld', 'recognised'],
    recognises_from: 1,
  };
  const single = { ...engagement, rungs: ['unmodelled'] };
  const at = world({ ladders: [single, recognition, engagement] });
  expect(climbable(at)).toEqual([1, 2]);
  expect(ladderView(at, 1, 4)).toEqual({ ladder: 1, rung: 1 });
  expect(ladderView(at, 2, 4)).toEqual({ ladder: 2, rung: 2 });
});
