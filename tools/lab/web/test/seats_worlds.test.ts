import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { World } from '../src/contract';
import { newGame } from '../src/seats/game';
import type { Game } from '../src/seats/game';
import { followers, gained } from '../src/seats/report';
import { countAt, divergences, newsBetween, rungAt, thoseAt, upTo } from '../src/seats/worlds';
import { gameCommand, gameYaml, quoted } from '../src/seats/yaml';
import { choice, labels, resultsOf, setup, still, world } from './seats_fixture';

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
