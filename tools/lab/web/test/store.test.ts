import { expect, test } from 'vitest';
import type { Results } from '../src/contract';
import { newStore } from '../src/store';

function results(scenario: string, actors: string[], steps: number): Results {
  return {
    world: {
      scenario,
      actors: actors.map((id) => ({ id })),
      ladders: [
        { role: 'engagement', rungs: ['none', 'talks', 'mission', 'embassy'] },
        { role: 'recognition', rungs: ['withheld', 'recognised'] },
      ],
      time: { labels: Array.from({ length: steps }, (_, n) => String(n)) },
    },
    outcomes: [{}, {}],
  } as unknown as Results;
}

test('listeners hear of what they asked for, once for each change', () => {
  const store = newStore();
  let steps = 0;
  const end = store.watch(['step', 'rung'], () => {
    steps += 1;
  });
  store.set({ step: 3, rung: 2 });
  store.set({ step: 3 });
  store.set({ actor: 1 });
  expect(steps).toBe(2); // at once, and for the first change
  end();
  store.set({ step: 4 });
  expect(steps).toBe(2);
});

test('a new run keeps date and country, another scenario starts at engagement and the end', () => {
  const store = newStore();
  store.show(results('a', ['CHN', 'RUS'], 10));
  expect(store.view).toMatchObject({ ladder: 0, rung: 2, step: 9, actor: null });
  store.set({ step: 4, actor: 1, ladder: 1 });
  store.show(results('a', ['CHN', 'IND', 'RUS'], 10), 1);
  expect(store.view).toMatchObject({ ladder: 1, step: 4, actor: 2, outcome: 1 });
  store.show(results('b', ['CHN'], 5));
  expect(store.view).toMatchObject({ ladder: 0, step: 4, actor: null, outcome: 0 });
});
