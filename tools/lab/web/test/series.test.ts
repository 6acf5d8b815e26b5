import { describe, expect, test } from 'vitest';
import { bandPath, extent, linePath } from '../src/charts/layers';
import { countSeries, countTable, observedCounts, shareSeries } from '../src/charts/series';
import { stackLayers, visible } from '../src/charts/stack';
import { recordSentence } from '../src/charts/counts';
import { csvText } from '../src/ui/table';
import { flat, outcome, results, world } from './worlds';

const row = (actor: number, step: number, rung: number | null, ladder = 0) =>
  ({ actor, authority: 0, ladder, step, rung });

describe('what is on record', () => {
  const known = world({
    observations: [row(1, 1, 2), row(0, 0, 1), row(1, 0, 0), row(0, 1, null), row(2, 0, 2, 1)],
  });
  test('counts those at or above a rung among those with a record, step by step', () => {
    expect(observedCounts(known, 0, 0, 1)).toEqual({ count: [1, 1], onRecord: [2, 1] });
    expect(observedCounts(known, 0, 0, 2)).toEqual({ count: [0, 1], onRecord: [2, 1] });
  });
  test('is nothing, not nobody, where no record is', () => {
    expect(observedCounts(world(), 0, 0, 1)).toEqual({ count: [null, null], onRecord: [0, 0] });
  });
});

describe('counts', () => {
  const bands = [flat(2, 2), flat(1, 2)];
  const all = results([outcome('baseline', [], bands), outcome('v', [], [flat(3, 2), flat(1, 2)])]);
  test('of a baseline have nothing beside them', () => {
    const series = countSeries(all, 0, 0, 0);
    expect(series.map(({ name, baseline, observed }) => [name, baseline, observed])).toEqual([
      ['contact', null, null], ['mission', null, null],
    ]);
  });
  test('of a variant have the baseline, in the table, too', () => {
    const table = countTable(countSeries(all, 1, 0, 0), all.world.time.labels);
    expect(table.columns.slice(0, 4)).toEqual(
      ['date', 'at or above', 'variant mean', 'variant 5 %']);
    expect(table.rows[0]).toEqual(
      ['2026-01', 'contact', 3, 3, null, null, 3, 2, 2, null, null, 2]);
    expect(csvText(table).split('\r\n')).toHaveLength(1 + 2 * 2 + 1);
  });
  test('say how much of the world the record covers', () => {
    const seen = { ...all, world: world({ observations: [row(0, 0, 2)] }) };
    const series = countSeries(seen, 0, 0, 0);
    expect(recordSentence(series, 3)).toContain('the 1 of 3 states');
    expect(recordSentence(countSeries(all, 0, 0, 0), 3)).toBe('');
    const table = countTable(series, seen.world.time.labels);
    expect(table.columns.slice(-2)).toEqual(['on record at or above', 'states on record']);
    expect(table.rows.map((cells) => cells.slice(-2))).toEqual([[1, 1], [1, 1], [1, 1], [1, 1]]);
  });
});

describe('shares', () => {
  // Actor 1: 70 % at contact or higher, 20 % at mission.
  const reach = [0, 0, 700, 200, 0, 0, 0, 0, 1000, 1000, 0, 0];
  test('of an actor by step add up to all replicates', () => {
    const shares = shareSeries(results([outcome('baseline', reach)]), 0, 0, 0, 1);
    expect(shares).toEqual([300, 500, 200, 0, 0, 1000]);
  });
  test('are laid on top of each other', () => {
    const layers = stackLayers([300, 500, 200, 0, 0, 1000], 3);
    expect(layers.map(({ low, high }) => [low, high])).toEqual([
      [[0, 0], [0.3, 0]], [[0.3, 0], [0.8, 0]], [[0.8, 0], [1, 1]],
    ]);
    expect(layers.map(visible)).toEqual([true, true, true]);
  });
  test('that are rounded down leave no hole at the top', () => {
    expect(stackLayers([333, 333, 333], 3)[2]?.high).toEqual([1]);
    expect(stackLayers([998, 2, 0], 3).map(visible)).toEqual([true, false, false]);
  });
});

describe('paths', () => {
  const same = (value: number): number => value;
  test('a line is broken where there is no value', () => {
    expect(linePath([1, 2, null, 4], same, same)).toBe('M0,1L1,2M3,4Z');
  });
  test('a stepped line holds its value until the next', () => {
    expect(linePath([1, 3], same, same, true)).toBe('M0,1L1,1L1,3');
  });
  test('a band goes there above and back below', () => {
    expect(bandPath([0, 1], [2, 3], same, same)).toBe('M0,2L1,3L1,1L0,0Z');
    expect(bandPath([null, 1], [null, 3], same, same)).toBe('M1,3L1,1Z');
  });
  test('the axis holds everything that is drawn', () => {
    expect(extent([
      { kind: 'line', values: [null, 5], look: 'world' },
      { kind: 'band', low: [-2, 0], high: [1, 1], look: 'world' },
    ])).toEqual([-2, 5]);
    expect(extent([])).toEqual([0, 1]);
  });
});
