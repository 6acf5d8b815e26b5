import type {
  Band, CountDifference, Event, Ladder, LadderOutcome, Outcome, Results, World,
} from '../src/contract';

/** Small results of which tests know every number. */

export const flat = (value: number, steps: number): Band => {
  const values = Array<number>(steps).fill(value);
  return { mean: values, low: values, high: values, inner_low: null, inner_high: null };
};

export const event = (id: string, patch: Partial<Event> = {}): Event => ({
  id, note: '', first_step: 0, last_step: null, duration: null, probability: 1,
  conditional: false, what: '', actors: [], ...patch,
});

export const difference = (end: number, patch: Partial<CountDifference> = {}): CountDifference => ({
  difference: [0, end], low: [0, end - 0.5], high: [0, end + 0.5], followers: [0, end / 2], ...patch,
});

export const engagement: Ladder = {
  role: 'engagement', key: 'engagement', rungs: ['severed', 'contact', 'mission'],
  recognises_from: null,
};

/** Three actors on one ladder of three rungs, two steps. */
export function world(patch: Partial<World> = {}): World {
  const actor = (id: string, name: string, importance: number): World['actors'][number] => ({
    id, name, region: '', importance, values: [], initial: [0], replaced: [],
  });
  return {
    scenario: 'small', title: 'Small', question: '',
    time: { labels: ['2026-01', '2026-02'], unit: 'month', start: '2026-01-01' },
    actors: [actor('AAA', 'Aland', 0.5), actor('BBB', 'Borduria', 0.3), actor('CCC', 'Cocagne', 0.2)],
    authorities: [{ id: 'X', name: 'Xanadu' }],
    groups: [{ id: 'g', name: 'Gang' }],
    bodies: [],
    blocs: [],
    ladders: [engagement],
    rights: { key: 'rights', rungs: ['closed', 'open'] },
    posture: { key: 'posture', rungs: ['shelters', 'fights'] },
    states: [], parameters: [], terms: [], events: [], observations: [], knobs: [], files: [],
    ...patch,
  };
}

/** @param reach  [steps][actors][rungs - 1] per mille */
export function outcome(name: string, reach: number[], counts: Band[] = []): Outcome {
  const ladder: LadderOutcome = { reach, counts };
  return {
    name, title: '', question: '', reasoning: '', look_at: '', sources: [], yaml: '',
    replicates: 100, events: [],
    authorities: [{ ladders: [ladder], rights: null, postures: null, states: null }],
    activity: null, bodies: null,
  };
}

export function results(outcomes: Outcome[], patch: Partial<Results> = {}): Results {
  return {
    run: '', world: world(), seed: '1', first_replicate: 0, outcomes, differences: [], ...patch,
  };
}
