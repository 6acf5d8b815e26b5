import { describe, expect, test } from 'vitest';
import type { Cascade, Difference } from '../src/contract';
import { forestBounds, forestRows, forestTable } from '../src/charts/forest';
import { pivotal, tieLayout, tieTable } from '../src/charts/ties';
import {
  cascadeSentences, differenceSentence, listed, orHigher, percentages,
} from '../src/charts/words';
import { difference, outcome, results, world } from './worlds';

const change = (place: number, end: number, patch = {}): Difference => ({
  outcome: place,
  first_difference: 1,
  authorities: [{ ladders: [{
    counts: [difference(end, patch), difference(0)], forced: [], changed: [], higher: [], lower: [],
  }] }],
});

describe('all variants beside each other', () => {
  const all = results(
    ['baseline', 'a', 'b', 'c'].map((name) => outcome(name, [])),
    { differences: [change(1, 1), change(2, -2), change(3, 3)] },
  );
  const rows = forestRows(all, 0, 0, 1, 1);
  test('are ordered by what they change', () => {
    expect(rows.map(({ name, difference: d, followers }) => [name, d, followers])).toEqual([
      ['c', 3, 1.5], ['a', 1, 0.5], ['b', -2, -1],
    ]);
  });
  test('fit on one axis that shows nothing, too', () => {
    expect(forestBounds(rows)).toEqual([-2.5, 3.5]);
    expect(forestBounds([])).toEqual([-1, 1]);
  });
  test('come as a table', () => {
    expect(forestTable(rows, 'February 2026').rows[0]).toEqual(['c', 3, 2.5, 3.5, 1.5]);
  });
});

describe('the difference in a sentence', () => {
  test('says how many, how sure, and who follows', () => {
    expect(differenceSentence(difference(2), 1, 'February 2026', 'mission')).toBe(
      'February 2026: on average 2.00 states more than in the baseline stand at mission ' +
      '(95 % interval +1.50 to +2.50). Of the difference, +1.00 falls to states that the ' +
      'variant does not move itself.');
  });
  test('says so where chance alone could give it', () => {
    const text = differenceSentence(difference(-0.25), 1, 'May', 'mission');
    expect(text).toContain('0.25 states fewer');
    expect(text).toContain('chance alone could give this');
  });
  test('has no interval with one replicate', () => {
    const one = difference(1, { low: [null, null], high: [null, null] });
    expect(differenceSentence(one, 1, 'May', 'mission')).not.toContain('interval');
  });
  test('says that nothing differs', () => {
    expect(differenceSentence(difference(2), 0, 'January 2026', 'mission')).toBe(
      'January 2026: as many states stand at mission as in the baseline.');
  });
});

describe('who drew whom', () => {
  const cascade: Cascade = {
    outcome: 0, authority: 0, ladder: 0, rung: 1, replicates: 64, moves: 4, followed: 3, brought: 1,
    actors: [
      { actor: 0, moves: 0, direct: 1, with_chains: 2, from_start: true },
      { actor: 1, moves: 1, direct: 2, with_chains: 3, from_start: false },
      { actor: 2, moves: 1, direct: 0, with_chains: 0, from_start: false },
    ],
    edges: [
      { from: 1, to: 2, credit: 2 }, { from: 0, to: 1, credit: 0.5 }, { from: 0, to: 2, credit: 0.5 },
    ],
  };
  test('in sentences', () => {
    expect(cascadeSentences(cascade, world(), 'Baseline')).toBe(
      'Baseline: in a replicate 4.0 states move to contact or higher by own choice, on average. ' +
      '3.0 of these moves (75 %) are credited to states that had gone ahead; the rest is own ' +
      'reasons. Events and bodies bring another 1.0 there; these follow nobody. ' +
      'Means over 64 replicates.');
  });
  test('ranks those who brought others, and leaves out who brought nobody', () => {
    expect(pivotal(cascade, 5).map(({ actor }) => actor)).toEqual([1, 0]);
    expect(pivotal(cascade, 1).map(({ actor }) => actor)).toEqual([1]);
  });
  test('draws ribbons in proportion to credit, side by side at both ends', () => {
    const { left, right, ties } = tieLayout(cascade, 10, 0);
    expect(left.map(({ actor, top, bottom }) => [actor, top, bottom])).toEqual([
      [1, 0, 2 / 3], [0, 2 / 3, 1],
    ]);
    expect(right.map(({ actor, credit }) => [actor, credit])).toEqual([[2, 2.5], [1, 0.5]]);
    const last = ties.find(({ from, to }) => left[from]?.actor === 0 && right[to]?.actor === 2);
    expect(last?.toTop).toBeCloseTo(2 / 3);
    expect(last?.toBottom).toBeCloseTo(5 / 6);
    expect(tieLayout(cascade, 1, 0).ties).toHaveLength(1);
    expect(tieLayout({ ...cascade, edges: [] }, 5, 0).ties).toEqual([]);
  });
  test('gives every tie in the table', () => {
    expect(tieTable(cascade, world()).rows[0]).toEqual(['Borduria', 'Cocagne', 2]);
  });
});

test('percentages add up to 100', () => {
  expect(percentages([215, 785])).toEqual(['21 %', '79 %']);
  expect(percentages([333, 333, 334])).toEqual(['33 %', '33 %', '34 %']);
  expect(percentages([4, 996])).toEqual(['< 1 %', '> 99 %']);
  expect(percentages([0, 1000])).toEqual(['0 %', '100 %']);
});

test('names are listed, rungs named', () => {
  expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  expect([orHigher(['x', 'y', 'z'], 1), orHigher(['x', 'y'], 1)]).toEqual(['y or higher', 'y']);
});
