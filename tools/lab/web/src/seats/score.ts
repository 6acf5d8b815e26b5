import { likeliest, moveOf } from './game';
import type { Choice, Game } from './game';

/** How the decisions of a seat compare with those that the model would have taken. */
export interface Score {
  decisions: number; // that are compared
  agreed: number; // with the model's most probable option
  probability: number; // that the model gave to what was chosen, mean
  /** Brier score: squared distances over the three options, mean; 0 (as the model was sure it
   * would be) to 2 (as it was sure it would not). */
  brier: number;
  moves: number; // up or down
  expectedMoves: number; // chance of moving in the model, summed
}

export function brier(odds: [number, number, number], move: -1 | 0 | 1): number {
  return odds.reduce((sum, p, option) => sum + (p - (option === move + 1 ? 1 : 0)) ** 2, 0);
}

/** null: nothing to compare. */
export function scoreOf(choices: Choice[]): Score | null {
  const out = { decisions: 0, agreed: 0, probability: 0, brier: 0, moves: 0, expectedMoves: 0 };
  for (const choice of choices) {
    if (!choice.odds) continue;
    const move = moveOf(choice);
    out.decisions += 1;
    out.agreed += likeliest(choice.odds) === move ? 1 : 0;
    out.probability += choice.odds[move + 1] ?? 0;
    out.brier += brier(choice.odds, move);
    out.moves += move === 0 ? 0 : 1;
    out.expectedMoves += choice.odds[0] + choice.odds[2];
  }
  if (out.decisions === 0) return null;
  out.probability /= out.decisions;
  out.brier /= out.decisions;
  return out;
}

/** All that a seat decided, turn by turn. */
export const choicesOf = (game: Game, seat: number): Choice[] =>
  game.turns.flatMap((turn) => turn.choices[seat] ?? []);

/** A score in sentences. */
export function scoreWords(score: Score): string {
  const { decisions, agreed, probability, brier: distance, moves, expectedMoves } = score;
  const share = Math.round(probability * 100);
  const boldness =
    moves > expectedMoves + 1 ? 'You moved more often than the model would have.'
    : moves < expectedMoves - 1 ? 'You moved less often than the model would have.'
    : 'You moved about as often as the model would have.';
  return (
    `${agreed} of ${decisions} decisions are what the model would most probably have done. On ` +
    `average it gave your choice a chance of ${share} %. Brier score ${distance.toFixed(2)}: 0 ` +
    'is what the model was sure of, 0.67 the score of someone who throws dice on three options, ' +
    `2 the opposite of what it was sure of. ${boldness}`
  );
}
