import { describe, expect, it } from 'vitest';
import type { Decision } from '../src/contract';
import {
  decide, endTurn, likeliest, newGame, nextSeat, oddsOf, options, restoreGame, spans, turnLengths,
  undo, usualLength,
} from '../src/seats/game';
import type { Game } from '../src/seats/game';
import { decisionsTable, decisionsWhere, isNotable } from '../src/seats/report';
import { brier, scoreOf } from '../src/seats/score';
import { ends, listWords, pulls } from '../src/seats/words';
import { choice, labels, setup, world } from './seats_fixture';

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

  it('are told by their first and last month', () => {
    expect(ends(world, { first: 4, steps: 4 })).toEqual(['January 2021', 'December 2021']);
    const months = { ...world, time: { ...world.time, unit: 'month' as const } };
    expect(ends(months, { first: 0, steps: 2 })).toEqual(['January 2020', 'April 2020']);
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
