import type { Decision, World } from '../contract';

/** A country that a person plays. */
export interface Seat {
  actor: string; // id
  player: string;
}

/** What is agreed before the first turn. */
export interface Setup {
  scenario: string;
  authority: number;
  seed: string | null; // null: the scenario's
  replicate: number; // the luck of the game
  stepsPerTurn: number;
  seats: Seat[]; // 1 to 8
  advice: boolean; // the model's own probabilities are shown while people decide
  seconds: number | null; // for a decision; it is shown and forces nothing
}

/** What a seat decided on a ladder for a turn, and what the model had in mind there. */
export interface Choice {
  ladder: number; // of World.ladders
  from: number;
  to: number; // one rung off at most
  /** Chance that the model goes down, stays, goes up within the turn; null: an event of the
   * scenario decides. */
  odds: [number, number, number] | null;
  /** Rung at the end of the turn where all seats are left to the model from here. */
  left: number;
}

export interface Turn {
  choices: Choice[][]; // by seat, by played ladder
}

export interface Game {
  setup: Setup;
  turns: Turn[]; // that were simulated
  pending: Choice[][]; // of the turn in play, by seat, as far as decided
}

export interface Span {
  first: number; // step
  steps: number;
}

export const maxSeats = 8;

export function newGame(setup: Setup): Game {
  return { setup, turns: [], pending: [] };
}

/** Turns of a game; the last one may be shorter. */
export function spans(steps: number, stepsPerTurn: number): Span[] {
  const out: Span[] = [];
  for (let first = 0; first < steps; first += stepsPerTurn) {
    out.push({ first, steps: Math.min(stepsPerTurn, steps - first) });
  }
  return out;
}

/** Lengths of a turn that are worth offering: 4 to 16 turns; of natural lengths where there are. */
export function turnLengths(unit: World['time']['unit'], steps: number): number[] {
  const natural: Record<World['time']['unit'], number[]> = {
    day: [1, 2, 7, 14, 28],
    week: [1, 2, 4, 13, 26, 52],
    month: [1, 2, 3, 6, 12, 24],
    quarter: [1, 2, 4, 8],
    year: [1, 2, 3, 5, 10],
  };
  const turns = (length: number): number => Math.ceil(steps / length);
  const offered = natural[unit].filter((length) => turns(length) >= 4 && turns(length) <= 16);
  return offered.length > 0 ? offered : [Math.max(1, Math.ceil(steps / 8))];
}

/** The length whose number of turns is nearest to nine. */
export function usualLength(unit: World['time']['unit'], steps: number): number {
  const far = (length: number): number => Math.abs(Math.ceil(steps / length) - 9);
  return turnLengths(unit, steps).reduce((best, n) => (far(n) < far(best) ? n : best));
}

/** Ladders on which there is something to decide. */
export function playedLadders(world: World): number[] {
  return world.ladders.flatMap((ladder, d) => (ladder.rungs.length > 1 ? [d] : []));
}

/** Rungs within reach, lowest first. */
export function options(from: number, rungs: number): number[] {
  return [from - 1, from, from + 1].filter((rung) => rung >= 0 && rung < rungs);
}

/**
 * Chances that the model goes down, stays, goes up within a turn: its first move counts, and all
 * that it looks at stays as it is at the start of the turn.
 *
 * @return  null: it does not choose, an event of the scenario does
 */
export function oddsOf(decision: Decision, steps: number): [number, number, number] | null {
  if (decision.held) return null;
  const [below, , above] = decision.probability;
  const moves = below + above;
  if (moves <= 0) return [0, 1, 0];
  const stays = (1 - Math.min(moves, 1)) ** steps;
  const down = ((1 - stays) * below) / moves;
  return [down, stays, 1 - stays - down];
}

export type Move = -1 | 0 | 1;

export const moveOf = (choice: Choice): Move => Math.sign(choice.to - choice.from) as Move;

/** What the model would most probably have done; of equals the one that moves least. */
export function likeliest(odds: [number, number, number]): Move {
  const moves: Move[] = [0, -1, 1];
  return moves.reduce<Move>((best, m) => (odds[m + 1]! > odds[best + 1]! ? m : best), 0);
}

/** Whose turn it is: place of the seat; null: all have decided. */
export function nextSeat(game: Game): number | null {
  return game.pending.length < game.setup.seats.length ? game.pending.length : null;
}

export function decide(game: Game, choices: Choice[]): Game {
  if (nextSeat(game) === null) throw new RangeError('all seats have decided');
  for (const choice of choices) {
    if (Math.abs(choice.to - choice.from) > 1) throw new RangeError('one rung at a time');
  }
  return { ...game, pending: [...game.pending, choices] };
}

/** The turn is over: what was decided becomes part of the game. */
export function endTurn(game: Game): Game {
  if (nextSeat(game) !== null) throw new RangeError('a seat has not decided');
  return { ...game, turns: [...game.turns, { choices: game.pending }], pending: [] };
}

/** Takes back what was decided in this turn, or, where nothing was, the turn before. */
export function undo(game: Game): Game {
  if (game.pending.length > 0) return { ...game, pending: [] };
  return { ...game, turns: game.turns.slice(0, -1) };
}

/** A game as it was kept; null: none, or of another form. */
export function restoreGame(text: string | null): Game | null {
  if (text === null) return null;
  try {
    const game = JSON.parse(text) as Partial<Game>;
    const seats = game.setup?.seats;
    const whole = Array.isArray(seats) && seats.length >= 1 && seats.length <= maxSeats;
    if (!whole || !Array.isArray(game.turns) || !Array.isArray(game.pending)) return null;
    const fits = game.turns.every(({ choices }) => choices.length === seats.length);
    return fits && game.pending.length <= seats.length ? (game as Game) : null;
  } catch {
    return null;
  }
}
