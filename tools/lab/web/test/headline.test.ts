import { describe, expect, it } from 'vitest';
import type { Results } from '../src/contract';
import { headlines } from '../src/workbench/headline';
import { outcomeOf, standing } from '../src/workbench/standing';
import type { Own } from '../src/workbench/standing';
import type { Workspace } from '../src/workbench/workspace';

const results = {
  world: {
    time: { labels: ['2026', '2027'] },
    ladders: [
      { role: 'engagement', rungs: ['none', 'low', 'mission', 'high'], recognises_from: null },
      { role: 'recognition', rungs: ['withheld', 'recognised'], recognises_from: 1 },
      { role: 'coercion', rungs: ['none', 'force'], recognises_from: null },
    ],
  },
  outcomes: [
    {
      name: 'baseline',
      authorities: [{
        ladders: [
          { counts: [{ mean: [9, 9] }, { mean: [1, 33.21] }, { mean: [0, 3] }] },
          { counts: [{ mean: [0, 4.66] }] },
          { counts: [{ mean: [1, 1] }] },
        ],
      }],
    },
    { name: 'a' }, { name: 'b' },
  ],
  differences: [
    {
      outcome: 1,
      authorities: [{
        ladders: [
          { counts: [{}, { difference: [0, -0.04], low: [0, null], high: [0, null] }, {}] },
          { counts: [{ difference: [0, 1.62], low: [0, 1.42], high: [0, 1.82] }] },
        ],
      }],
    },
  ],
} as unknown as Results;

describe('the answer of a world', () => {
  it('is how many states stand where at the end', () => {
    expect(headlines(results, 0, 0)).toEqual([
      { what: 'recognised', value: '4.7', margin: '' },
      { what: 'mission or higher', value: '33.2', margin: '' },
    ]);
  });

  it('is how many more for a variant, with half its interval', () => {
    expect(headlines(results, 1, 0)).toEqual([
      { what: 'recognised', value: '+1.6', margin: '± 0.2' },
      { what: 'mission or higher', value: '0.0', margin: '' },
    ]);
    expect(headlines(results, 2, 0)).toEqual([]);
  });
});

describe('how a world stands to what is shown', () => {
  const variant = (name: string, yaml = 'x') => ({ name, yaml });
  const own: Own = {
    request: {
      scenario: 'case', seed: null, first_replicate: 0, replicates: 16,
      variants: [variant('a'), variant('b')],
    },
    results,
  };
  const workspace: Workspace = {
    scenario: 'case', edited: 0, variants: [variant('b', 'y'), variant('new'), variant('a')],
  };

  it('goes by names, not by places', () => {
    expect([0, 1, 2, 3, 4].map((world) => outcomeOf(workspace, own, world))).toEqual([
      0, 2, -1, 1, -1,
    ]);
  });

  it('goes by texts', () => {
    expect([0, 1, 2, 3].map((world) => standing(workspace, own, world))).toEqual([
      'shown', 'changed', 'new', 'shown',
    ]);
  });

  it('is new in another scenario, and before the first run', () => {
    const other = { ...workspace, scenario: 'other' };
    for (const [space, shown] of [[other, own], [workspace, null]] as const) {
      expect([0, 1].map((world) => standing(space, shown, world))).toEqual(['new', 'new']);
      expect(outcomeOf(space, shown, 1)).toBe(-1);
    }
  });
});
