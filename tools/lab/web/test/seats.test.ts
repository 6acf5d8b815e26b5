import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Decision, Results, World } from '../src/contract';
import {
  decide, endTurn, likeliest, newGame, nextSeat, oddsOf, options, restoreGame, spans, turnLengths,
  undo, usualLength,
} from '../src/seats/game';
import type { Choice, Game, Setup } from '../src/seats/game';
import { decisionsTable, decisionsWhere, followers, gained, isNotable } from '../src/seats/report';
import { brier, scoreOf } from '../src/seats/score';
import { countAt, divergences, newsBetween, rungAt, thoseAt, upTo } from '../src/seats/worlds';
import { gameCommand, gameYaml, quoted } from '../src/seats/yaml';
import { listWords, pulls } from '../src/seats/words';

const setup: Setup = {
  scenario: 'classroom', authority: 0, seed: null, replicate: 7, stepsPerTurn: 4,
  seats: [{ actor: 'GIA', player: "D'Arcy: #1" }, { actor: 'REB', player: 'Bo' }],
  advice: false, seconds: null,
};

const choice = (ladder: number, from: number, to: number): Choice => ({
  ladder, from, to, odds: [0.1, 0.7, 0.2], left: from,
});

const months = ['01', '04', '07', '10'];
const labels = Array.from({ length: 10 }, (_, n) => `${2020 + Math.floor(n / 4)}-${months[n % 4]}`);

/** Three actors, ten steps of a quarter. */
const world = {
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
function resultsOf(paths: number[][][][]): Results {
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

const still = (row: number[]): number[][] => Array.from({ length: 10 }, () => row);

describe('turns', () => {
  it('cover all steps, the last one shorter', () => {
    expect(spans(10, 4)).toEqual([
      { first: 0, steps: 4 }, { first: 4, steps: 4 }, { first: 8, steps: 2 },
    ]);
  });

  it('are of natural lengths, about nine of them', () => {
    expect(turnLengths('month', 60)).toEqual([6, 12]);
    expect(usualLength('month', 60)).toBe(6);
    expect(usualLength('month', 53)).toBe(6);
    expect(usualLength('quarter', 40)).toBe(4);
    expect(turnLengths('year', 3)).toEqual([1]);
  });

  it('are taken by the seats in order and end when all have decided', () => {
    let game: Game = newGame(setup);
    expect(nextSeat(game)).toBe(0);
    expect(() => endTurn(game)).toThrow('a seat has not decided');
    game = decide(game, [choice(0, 0, 1)]);
    expect(nextSeat(game)).toBe(1);
    game = decide(game, [choice(0, 1, 1)]);
    expect(nextSeat(game)).toBeNull();
    expect(() => decide(game, [])).toThrow('all seats have decided');
    game = endTurn(game);
    expect(game.turns).toHaveLength(1);
    expect(nextSeat(game)).toBe(0);
    expect(() => decide(game, [choice(0, 0, 2)])).toThrow('one rung at a time');
  });

  it('are undone, what is pending first', () => {
    const game = endTurn(decide(decide(newGame(setup), [choice(0, 0, 1)]), [choice(0, 1, 1)]));
    const pending = decide(game, [choice(0, 1, 2)]);
    expect(undo(pending)).toEqual(game);
    expect(undo(game)).toEqual(newGame(setup));
    expect(undo(newGame(setup))).toEqual(newGame(setup));
  });

  it('come back from what was kept', () => {
    const game = decide(newGame(setup), [choice(0, 0, 1)]);
    expect(restoreGame(JSON.stringify(game))).toEqual(game);
    expect(restoreGame(null)).toBeNull();
    expect(restoreGame('{"setup": 1}')).toBeNull();
    expect(restoreGame(JSON.stringify({ ...game, turns: [{ choices: [] }] }))).toBeNull();
  });

  it('offer one rung down, staying and one up', () => {
    expect(options(0, 3)).toEqual([0, 1]);
    expect(options(1, 3)).toEqual([0, 1, 2]);
    expect(options(2, 3)).toEqual([1, 2]);
  });
});

describe('the model beside people', () => {
  const decision = (over: Partial<Decision>): Decision => ({
    question: { outcome: 1, authority: 0, ladder: 0, actor: 0, step: 0, replicate: 7 },
    rung: 1, share: 1000, held: false, reconsiders: 0.5, probability: [0.05, 0.9, 0.05],
    utility: [null, null], terms: [], summary: '', enough: null, ...over,
  });

  it('has chances of its first move in the turn', () => {
    expect(oddsOf(decision({ probability: [0.25, 0.5, 0.25] }), 1)).toEqual([0.25, 0.5, 0.25]);
    const [below, stay, above] = oddsOf(decision({ probability: [0.1, 0.5, 0.4] }), 2) ?? [];
    expect(stay).toBeCloseTo(0.25);
    expect(below).toBeCloseTo(0.15);
    expect(above).toBeCloseTo(0.6);
    expect(oddsOf(decision({ probability: [0, 1, 0] }), 6)).toEqual([0, 1, 0]);
    expect(oddsOf(decision({ held: true }), 6)).toBeNull();
  });

  it('has a likeliest option', () => {
    expect(likeliest([0.1, 0.2, 0.7])).toBe(1);
    expect(likeliest([0.4, 0.2, 0.4])).toBe(-1);
    expect(likeliest([0.5, 0.5, 0])).toBe(0);
  });

  it('is told where somebody moved, or would have', () => {
    const stay = { ...choice(0, 1, 1), odds: [0.1, 0.8, 0.1] as [number, number, number] };
    const would = { ...stay, odds: [0.1, 0.3, 0.6] as [number, number, number] };
    expect([stay, would, choice(0, 1, 2), { ...stay, left: 0 }].map(isNotable)).toEqual([
      false, true, true, true,
    ]);
    const game: Game = { setup, turns: [{ choices: [[stay, would], [stay]] }], pending: [] };
    const shown = decisionsWhere(game, isNotable);
    expect(shown.turns[0]?.choices).toEqual([[would], []]);
    expect(decisionsTable(shown, world, [0, 1]).rows).toEqual([
      [
        labels[0], 'GIA', "D'Arcy: #1", 'engagement', 'contact', 'contact', 'mission', '60 %',
        '30 %', 'contact',
      ],
    ]);
  });

  it('is scored by squared distance', () => {
    expect(brier([0, 1, 0], 0)).toBe(0);
    expect(brier([0, 1, 0], 1)).toBe(2);
    expect(brier([1 / 3, 1 / 3, 1 / 3], 0)).toBeCloseTo(2 / 3);
    const score = scoreOf([
      { ...choice(0, 1, 1), odds: [0, 1, 0] },
      { ...choice(0, 1, 2), odds: [0.5, 0.5, 0] },
      { ...choice(1, 0, 1), odds: null },
    ]);
    expect(score).toMatchObject({ decisions: 2, agreed: 1, probability: 0.5, moves: 1 });
    expect(score?.brier).toBeCloseTo((0 + 1.5) / 2);
    expect(score?.expectedMoves).toBeCloseTo(0.5);
    expect(scoreOf([])).toBeNull();
  });

  it('names what speaks for and against a step, the strongest first', () => {
    const terms = [
      { term: 'rights', below: 0.3, above: -1.8 },
      { term: 'need', below: null, above: 2.5 },
      { term: 'economic', below: 1, above: 0.05 },
    ];
    expect(pulls(decision({ terms }), 1)).toEqual([
      { term: 'need', value: 2.5, strength: 'strongly' },
      { term: 'rights', value: -1.8, strength: 'clearly' },
    ]);
    expect(pulls(decision({ terms }), -1).map(({ term }) => term)).toEqual(['economic', 'rights']);
  });

  it('lists names', () => {
    expect(listWords([])).toBe('nobody');
    expect(listWords(['A'])).toBe('A');
    expect(listWords(['A', 'B', 'C'])).toBe('A, B and C');
    expect(listWords(['A', 'B', 'C'], 2)).toBe('A, B and 1 more');
  });
});

/** A game of the classroom as it is downloaded; tests/python/test_lessons.py runs the file. */
describe('the file of a game', () => {
  it('is what the program is tested with', () => {
    const entry = (id: string) => ({ id, name: id === 'GIA' ? 'Giantia' : 'Rebellia' });
    const ladder = (role: string, rungs: string[]) => ({ role, rungs });
    const classroom = {
      ...world,
      time: { ...world.time, labels: [...labels, ...Array.from({ length: 30 }, () => '')] },
      actors: ['GIA', 'REB'].map(entry),
      ladders: [
        ladder('engagement', ['severed', 'contact', 'dialogue', 'mission', 'ambassador']),
        ladder('recognition', ['withheld', 'recognised']),
      ],
    } as unknown as World;
    const played = (gia: number, reb: number, recognise: number) => ({
      choices: [
        [choice(0, gia, gia), choice(1, recognise, recognise)],
        [choice(0, reb, reb), choice(1, recognise, recognise)],
      ],
    });
    const turns = [played(3, 1, 0), played(4, 2, 1), ...Array(8).fill(played(4, 2, 1))];
    const file = new URL('class-game.yaml', import.meta.url);
    expect(gameYaml({ setup, turns, pending: [] }, classroom)).toBe(readFileSync(file, 'utf-8'));
  });
});

describe('the YAML of a game', () => {
  const turn = (gia: number, reb: number) => ({
    choices: [[choice(0, gia, gia), choice(1, 0, 0)], [choice(0, reb, reb), choice(1, 0, 0)]],
  });
  const game: Game = { setup, turns: [turn(1, 0), turn(1, 1), turn(2, 1)], pending: [] };

  it('holds each rung as long as it was kept', () => {
    const variant = parse(gameYaml(game, world)) as {
      entente: number; note: string; events: { date: string; duration: string; change: object }[];
    };
    expect(variant.entente).toBe(1);
    expect(variant.note).toBe("Played by GIA (D'Arcy: #1), REB (Bo)");
    const held = (rung: string, ladder: string, actor: string): object => ({
      hold: 'rung', ladder, actors: [actor], to: rung,
    });
    expect(variant.events.map(({ date, duration, change }) => [date, duration, change])).toEqual([
      [labels[0], '8 quarters', held('contact', 'engagement', 'GIA')],
      [labels[0], '10 quarters', held('withheld', 'recognition', 'GIA')],
      [labels[8], '2 quarters', held('mission', 'engagement', 'GIA')],
      [labels[0], '4 quarters', held('severed', 'engagement', 'REB')],
      [labels[0], '10 quarters', held('withheld', 'recognition', 'REB')],
      [labels[4], '6 quarters', held('contact', 'engagement', 'REB')],
    ]);
  });

  it('can be that of some seats, or empty', () => {
    expect(gameYaml(game, world, [1])).not.toContain('GIA-');
    expect(parse(gameYaml(newGame(setup), world))).not.toHaveProperty('events');
  });

  it('takes any name', () => {
    const told = quoted("it's: # \n- 'x' \u0000 é");
    expect(parse(`a: ${told}`)).toEqual({ a: "it's: #  - 'x'   é" });
  });

  it('comes with the command that shows it', () => {
    expect(gameCommand(setup, 'class.yaml')).toBe(
      'entente whatif classroom class.yaml --replicates 1 --first-replicate 7',
    );
    expect(gameCommand({ ...setup, seed: '12' }, 'c.yaml')).toContain(' --seed 12');
  });
});

describe('two worlds', () => {
  const moved = still([0, 1, 2]).map((row, step) => (step >= 5 ? [1, 1, 2] : row));
  const results = resultsOf([
    [still([0, 1, 2]), still([0, 0, 0])],
    [moved, still([0, 0, 0]).map((row, step) => (step === 9 ? [0, 1, 0] : row))],
  ]);

  it('tell rungs, and those before the first step', () => {
    expect(rungAt(results, 0, 0, 0, 3, 2)).toBe(2);
    expect(rungAt(results, 0, 0, 0, -1, 1)).toBe(1);
    expect(rungAt(results, 1, 0, 0, 5, 0)).toBe(1);
    expect(countAt(results, 1, 0, 0, 1).slice(4, 6)).toEqual([2, 3]);
    expect(thoseAt(results, 1, 0, 1, 1, 9)).toEqual([1]);
  });

  it('tell the news of a turn with the date of the last change', () => {
    expect(newsBetween(results, 1, 0, 3, 8)).toEqual([
      { actor: 0, ladder: 0, from: 0, to: 1, step: 5 },
    ]);
    expect(newsBetween(results, 1, 0, -1, 4)).toEqual([]);
  });

  it('part where paths differ', () => {
    expect(divergences(results, 0, 1, 0)).toEqual([
      { actor: 0, ladder: 0, first: 5, here: 1, there: 0 },
      { actor: 1, ladder: 1, first: 9, here: 1, there: 0 },
    ]);
  });

  it('tell who gained and who followed without being played', () => {
    expect(gained(results, 0, 0, 1, 1, 0)).toEqual([0]);
    expect(gained(results, 0, 1, 1, 1, 0)).toEqual([1]);
    expect(gained(results, 0, 0, 1, 0, 1)).toEqual([]);
    expect(followers(results, 0, 1, 0, [0]).map(({ actor }) => actor)).toEqual([1]);
  });

  it('are shown no further than the step that is played', () => {
    const known = upTo(results, 1, 5);
    expect(known.world.time.labels).toEqual(labels.slice(0, 5));
    expect(known.outcomes).toHaveLength(1);
    expect(rungAt(known, 0, 0, 0, 4, 0)).toBe(0);
    expect(countAt(known, 0, 0, 0, 1)).toEqual([2, 2, 2, 2, 2]);
    expect(known.outcomes[0]?.authorities[0]?.ladders[0]?.reach).toHaveLength(5 * 3 * 2);
    const start = upTo(results, 1, 0);
    expect(start.world.time.labels).toEqual(['2019-10']);
    expect([0, 1, 2].map((actor) => rungAt(start, 0, 0, 0, 0, actor))).toEqual([0, 1, 2]);
    expect(countAt(start, 0, 0, 0, 2)).toEqual([1]);
  });
});
