import type { Results, World } from '../src/contract';
import type { Choice, Setup } from '../src/seats/game';

export const setup: Setup = {
  scenario: 'classroom', authority: 0, seed: null, replicate: 7, stepsPerTurn: 4,
  seats: [{ actor: 'GIA', player: "D'Arcy: #1" }, { actor: 'REB', player: 'Bo' }],
  advice: false, seconds: null,
};

export const choice = (ladder: number, from: number, to: number): Choice => ({
  ladder, from, to, odds: [0.1, 0.7, 0.2], left: from,
});

const months = ['01', '04', '07', '10'];
export const labels = Array.from({ length: 10 }, (_, n) => `${2020 + Math.floor(n / 4)}-${months[n % 4]}`);

/** Three actors, ten steps of a quarter. */
export const world = {
  scenario: 'classroom',
  time: { labels, unit: 'quarter', start: '2020-01-01' },
  actors: ['GIA', 'REB', 'STE'].map((id, n) => ({
    id, name: id, region: '', importance: 0.3, values: [], initial: [n, 0], replaced: [],
  })),
  authorities: [{ id: 'KAR', name: 'Karst' }],
  ladders: [
    {
      role: 'engagement', key: 'engagement', rungs: ['severed', 'contact', 'mission'],
      recognises_from: null,
    },
    {
      role: 'recognition', key: 'recognition', rungs: ['withheld', 'recognised'],
      recognises_from: 1,
    },
  ],
  rights: { key: 'rights', rungs: ['bad', 'good'] },
  posture: { key: 'posture', rungs: ['bad', 'good'] },
  terms: [], events: [], observations: [],
} as unknown as World;

/** paths[outcome][ladder][step][actor] */
export function resultsOf(paths: number[][][][]): Results {
  const outcomes = paths.map((ladders) => ({
    replicates: 1,
    authorities: [
      {
        ladders: ladders.map((steps, ladder) => {
          const above = (world.ladders[ladder]?.rungs.length ?? 1) - 1;
          const rungs = Array.from({ length: above }, (_, r) => r);
          const reached = (at: number): number[] => rungs.map((r) => (at > r ? 1000 : 0));
          return {
            reach: steps.flatMap((row) => row.flatMap(reached)),
            counts: rungs.map((r) => {
              const mean = steps.map((row) => row.filter((at) => at > r).length);
              return { mean, low: mean, high: mean, inner_low: null, inner_high: null };
            }),
          };
        }),
        rights: null, postures: null, states: null,
      },
    ],
    activity: null, bodies: null,
  }));
  const rest = { run: '1', seed: '1', first_replicate: 7, differences: [] };
  return { ...rest, world, outcomes } as unknown as Results;
}

export const still = (row: number[]): number[][] => Array.from({ length: 10 }, () => row);
