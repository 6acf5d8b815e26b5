import type { Results, World } from '../contract';
import type { Cell, Table } from '../ui/table';
import { words } from '../ui/format';
import { likeliest, spans } from './game';
import type { Choice, Game } from './game';
import type { Divergence } from './worlds';
import { divergences, thoseAt } from './worlds';

const percentOf = (share: number): string =>
  share > 0 && share < 0.005 ? '< 1 %' : `${Math.round(share * 100)} %`;

/** What was decided, turn by turn, beside what the model had in mind. */
export function decisionsTable(game: Game, world: World, seats: number[]): Table {
  const turns = spans(world.time.labels.length, game.setup.stepsPerTurn);
  const rung = (choice: Choice, n: number): string =>
    words(world.ladders[choice.ladder]?.rungs[n] ?? '');
  const rows = seats.flatMap((seat) =>
    game.turns.flatMap((turn, t) =>
      (turn.choices[seat] ?? []).map((choice): Cell[] => {
        const { odds } = choice;
        const likely = odds ? likeliest(odds) : 0;
        return [
          world.time.labels[turns[t]?.first ?? 0] ?? '',
          game.setup.seats[seat]?.actor ?? '',
          game.setup.seats[seat]?.player ?? '',
          words(world.ladders[choice.ladder]?.role ?? ''),
          rung(choice, choice.from),
          rung(choice, choice.to),
          odds ? rung(choice, choice.from + likely) : 'an event decides',
          odds ? percentOf(odds[likely + 1] ?? 0) : '',
          odds ? percentOf(odds[Math.sign(choice.to - choice.from) + 1] ?? 0) : '',
          rung(choice, choice.left),
        ];
      }),
    ),
  );
  return {
    columns: [
      'turn from', 'country', 'player', 'ladder', 'from', 'you chose',
      'the model most probably', 'with chance', 'chance of your choice',
      'left to the model: end of turn',
    ],
    rows,
  };
}

/** Whether a decision is worth a line: somebody moved, or the model would have. */
export function isNotable(choice: Choice): boolean {
  const moved = choice.to !== choice.from || choice.left !== choice.from;
  return moved || (choice.odds !== null && likeliest(choice.odds) !== 0);
}

/** The table with those decisions alone that `kept` holds for. */
export function decisionsWhere(game: Game, kept: (choice: Choice) => boolean): Game {
  const turns = game.turns.map(({ choices }) => choices.map((own) => own.filter(kept)));
  return { ...game, turns: turns.map((choices) => ({ choices })) };
}

/** Countries by name. */
export const namesOf = (world: World, actors: number[]): string[] =>
  actors.map((actor) => world.actors[actor]?.name ?? '');

/** Who stands at or above a rung at the end in one world and not in the other. */
export function gained(
  results: Results, authority: number, ladder: number, rung: number, here: number, there: number,
): number[] {
  const last = results.world.time.labels.length - 1;
  const other = new Set(thoseAt(results, there, authority, ladder, rung, last));
  return thoseAt(results, here, authority, ladder, rung, last).filter((actor) => !other.has(actor));
}

/** Divergences of countries that nobody plays: those that followed, or drew back. */
export function followers(
  results: Results, authority: number, here: number, there: number, played: number[],
): Divergence[] {
  const all = divergences(results, authority, here, there);
  return all.filter(({ actor }) => !played.includes(actor));
}

export function followersTable(world: World, rows: Divergence[]): Table {
  return {
    columns: ['country', 'ladder', 'differs from', 'ends with you on', 'without you on'],
    rows: rows.map(({ actor, ladder, first, here, there }) => [
      world.actors[actor]?.name ?? '',
      words(world.ladders[ladder]?.role ?? ''),
      world.time.labels[first] ?? '',
      words(world.ladders[ladder]?.rungs[here] ?? ''),
      words(world.ladders[ladder]?.rungs[there] ?? ''),
    ]),
  };
}
