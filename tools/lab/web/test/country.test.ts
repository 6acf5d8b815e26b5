import { describe, expect, test } from 'vitest';
import type { Decision, World } from '../src/contract';
import { nearest } from '../src/country/nearest';
import {
  changeSentence, enoughLine, othersLine, shareText, standingSentence, telling, uncertainty,
} from '../src/country/sentences';
import { standing, valueGroups } from '../src/country/values';
import { reached, sides, waterfall } from '../src/country/waterfall';
import { outcome, results, world } from './worlds';

const decision = (patch: Partial<Decision> = {}): Decision => ({
  question: { outcome: 0, authority: 0, ladder: 0, actor: 1, step: 1, replicate: null },
  rung: 1, share: 1000, held: false, reconsiders: 0.6, probability: [0, 0.9, 0.1],
  utility: [null, -2],
  terms: [
    { term: 'security', below: null, above: 1.5 },
    { term: 'baseline', below: null, above: -4 },
    { term: 'rights', below: null, above: 0.5 },
    { term: 'none', below: null, above: 0 },
  ],
  summary: '', enough: null, ...patch,
});

describe('the waterfall', () => {
  test('starts at 0, goes up, comes down, and ends at the utility', () => {
    const bars = waterfall(decision(), 'above');
    expect(bars.map(({ term, kind, from, to }) => [term ?? kind, from, to])).toEqual([
      ['security', 0, 1.5], ['rights', 1.5, 2], ['baseline', 2, -2], ['sum', 0, -2],
    ]);
    expect(reached(bars)).toEqual([-2, 2]);
  });
  test('puts small terms together, and still adds up', () => {
    const many = decision({
      terms: [
        { term: 'large', below: null, above: -2 },
        { term: 'tiny', below: null, above: 0.01 }, { term: 'speck', below: null, above: -0.02 },
      ],
      utility: [null, -2.01],
    });
    const bars = waterfall(many, 'above');
    expect(bars.map(({ kind, terms }) => [kind, terms])).toEqual([
      ['term', ['large']], ['others', ['speck', 'tiny']], ['sum', []],
    ]);
    expect(bars[1]?.to).toBeCloseTo(-2.01);
  });
  test('does not hide a single term behind “others”', () => {
    const two = decision({
      terms: [
        { term: 'large', below: null, above: 1 }, { term: 'tiny', below: null, above: 0.001 },
      ],
      utility: [null, 1.001],
    });
    expect(waterfall(two, 'above').map(({ kind }) => kind)).toEqual(['term', 'term', 'sum']);
  });
  test('knows which ways there are', () => {
    expect(sides(decision())).toEqual(['above']);
    expect(sides(decision({ utility: [-1, 1] }))).toEqual(['above', 'below']);
  });
});

test('the nearest date that was worked out; of two the later', () => {
  expect(nearest([0, 11, 23], 16)).toBe(11);
  expect(nearest([0, 10, 20], 15)).toBe(20);
  expect(nearest([20, 10], 15)).toBe(20);
  expect(nearest([], 3)).toBe(null);
});

describe('where it stands', () => {
  // Two steps, three actors, rungs 1 and 2.
  const reach = [0, 0, 0, 0, 0, 0, 1000, 0, 700, 200, 500, 500];
  const all = results(
    [outcome('baseline', reach), outcome('v', reach.map((x) => (x === 700 ? 900 : x)))],
    {
      world: world({
        observations: [{ actor: 1, authority: 0, ladder: 0, step: 0, rung: 2 }],
      }),
    },
  );
  test('is said with its probability and what is on record', () => {
    expect(standingSentence(all, 0, 0, 0, 1, 0)).toBe(
      'At the end of February 2026 Aland stands on contact in all replicates.');
    expect(standingSentence(all, 0, 0, 0, 1, 1)).toBe(
      'At the end of February 2026 Borduria stands on contact in 50 % of replicates. ' +
      'On record: mission, which has 20 %.');
  });
  test('lists the shares, greatest first', () => {
    expect(shareText([300, 500, 200], ['severed', 'contact', 'mission'])).toBe(
      'contact 50 %, severed 30 %, mission 20 %');
  });
  test('is compared with the baseline', () => {
    const at = { outcome: 1, authority: 0, ladder: 0, step: 1, actor: 1, rung: 1 };
    expect(changeSentence(all, at, 'contact or higher')).toBe(
      'At contact or higher in 90 % of replicates; in the baseline in 70 %.');
    expect(changeSentence(all, { ...at, actor: 0 }, 'contact or higher')).toBe(
      'At contact or higher in 100 % of replicates, as in the baseline.');
  });
  test('the most important and the least certain are offered', () => {
    expect(telling(all, 0, 0, 0, 1, 1)).toEqual({ important: [0], uncertain: [1] });
    expect(uncertainty([500, 500])).toBeCloseTo(1);
    expect(uncertainty([1000, 0])).toBeCloseTo(0);
  });
  test('what would have been enough', () => {
    expect(enoughLine({ driver: 'rights', value: 0.5, needed: 0.2, rung: null })).toBe(
      'now 0.50; 0.20 would have been enough');
    expect(enoughLine({ driver: 'need', value: 0, needed: null, rung: null })).toBe(
      'now 0.00: no value that it may have would do');
    const asked = decision({
      enough: { rung: 2, drivers: [], others: ['AAA', 'CCC'], others_enough: false },
    });
    expect(othersLine(asked, all)).toBe(
      'Aland and Cocagne on mission would not have been enough, even together');
  });
});

describe('values beside those of others', () => {
  const value = (x: number, key = 'capability') => ({ key, of: null, value: x });
  const given: World = world({
    parameters: [
      { key: 'capability', unit: '1', meaning: 'c: ability to coerce', low: 0, high: 1 },
    ],
  });
  [0.2, 0.4, 0.8].forEach((x, n) => given.actors[n]?.values.push(value(x), value(1, 'attention')));
  const groups = valueGroups(given, given.actors[1] as World['actors'][number], 'X');
  test('are grouped, with the meaning in plain words', () => {
    expect(groups.map(({ title }) => title)).toEqual(['Weights', 'Ties to the authority']);
    expect(groups[1]?.rows[0]).toMatchObject({
      label: 'capability', meaning: 'Ability to coerce', value: 0.4, less: 0.5, equal: 0,
      low: 0, high: 0.8,
    });
  });
  test('say how many have less', () => {
    const row = groups[1]?.rows[0];
    if (!row) throw new Error('no row');
    expect(standing(row)).toBe('more than 50 % of states');
    expect(standing({ ...row, less: 1 })).toBe('the highest');
    expect(standing({ ...row, less: 0 })).toBe('the lowest');
    expect(standing({ ...row, value: 0, less: 0 })).toBe('none');
    expect(groups[0]?.rows.map(standing)).toEqual(['the same for all']);
  });
});
