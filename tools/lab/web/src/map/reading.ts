import type { Results } from '../contract';
import { ladderOf, mostProbable, reach, shares } from '../results';
import type { View } from '../store';
import { differenceColour, rungColour } from '../ui/colours';
import { words } from '../ui/format';
import { history } from './history';

/** What the map shows; of a view, what it needs. */
export type Choice = Pick<
  View, 'outcome' | 'measure' | 'authority' | 'ladder' | 'rung'
> & { recorded: boolean };

/** A class of the legend. */
export interface Class {
  label: string;
  /** Number of the rung; null where classes are shares. */
  rung: number | null;
}

/** Classes of actors at a step. `none`: not known. */
export interface Look {
  classes: Uint8Array; // by actor
  unsure: Uint8Array; // 1: the most probable rung has less than `sure`
  recognises: Uint8Array; // 1: most probably
}

export const none = 255;
export const sure = 600; // per mille

const shareLimits = [10, 100, 250, 500, 750]; // per mille, lower limits of all but the lowest class
const shareLabels = [
  'under 1 %', '1 to 10 %', '10 to 25 %', '25 to 50 %', '50 to 75 %', '75 % or more',
];
const pointLimits = [-300, -100, -19, 20, 100, 300];
const pointLabels = [
  '−30 points or less', '−30 to −10', '−10 to −2', 'less than 2 points', '+2 to +10', '+10 to +30',
  '+30 points or more',
];
const pointMiddles = [-0.7, -0.25, -0.06, 0, 0.06, 0.25, 0.7];

function classOf(value: number, limits: readonly number[]): number {
  let n = 0;
  while (n < limits.length && value >= (limits[n] as number)) n += 1;
  return n;
}

/** Class of a chance, per mille. */
export const shareClass = (perMille: number): number => classOf(perMille, shareLimits);
/** Class of a difference of chances, per mille. */
export const pointClass = (perMille: number): number => classOf(perMille, pointLimits);

/** What a choice shows of results, at any step. */
export class Reading {
  readonly classes: readonly Class[];
  private readonly rungs: number;
  private readonly recognition: number;

  constructor(readonly results: Results, readonly choice: Choice) {
    const ladder = ladderOf(results, choice.ladder);
    this.rungs = ladder.rungs.length;
    const { world } = results;
    this.recognition = world.ladders.findIndex(
      (l, n) => l.recognises_from !== null && l.rungs.length > 1 && n !== choice.ladder,
    );
    this.classes = this.byRung
      ? ladder.rungs.map((name, rung) => ({ label: words(name), rung }))
      : (choice.measure === 'reach' ? shareLabels : pointLabels).map((label) => ({
          label, rung: null,
        }));
  }

  /** Whether classes are rungs. */
  get byRung(): boolean {
    return this.choice.recorded || this.choice.measure === 'rung';
  }

  get marksRecognition(): boolean {
    return this.recognition >= 0;
  }

  /** Rung of the measure, within what the ladder has. */
  get rung(): number {
    return Math.min(Math.max(this.choice.rung, 1), this.rungs - 1);
  }

  colours(dark: boolean): string[] {
    const { length } = this.classes;
    if (this.byRung) return this.classes.map((_, n) => rungColour(n, length, dark));
    if (this.choice.measure === 'reach') {
      return this.classes.map((_, n) => rungColour(n, length, dark));
    }
    return pointMiddles.map((x) => differenceColour(x, dark));
  }

  /** Chance of each rung of the shown ladder, per mille. */
  shares(step: number, actor: number): number[] {
    const { outcome, authority, ladder } = this.choice;
    return shares(this.results, outcome, authority, ladder, step, actor);
  }

  /** Chance of the rung or higher, per mille, in the shown world or in another one. */
  chance(step: number, actor: number, outcome = this.choice.outcome): number {
    const { authority, ladder } = this.choice;
    return reach(this.results, outcome, authority, ladder, step, actor, this.rung);
  }

  /** That chance less the baseline's. */
  difference(step: number, actor: number): number {
    return this.chance(step, actor) - this.chance(step, actor, 0);
  }

  /** Rung on record; null: none. */
  recorded(step: number, actor: number, ladder = this.choice.ladder): number | null {
    const rungs = history(this.results, this.choice.authority, ladder);
    const rung = rungs[step * this.results.world.actors.length + actor] ?? none;
    return rung === none ? null : rung;
  }

  recognises(step: number, actor: number): boolean {
    if (this.recognition < 0) return false;
    const from = ladderOf(this.results, this.recognition).recognises_from ?? 1;
    if (this.choice.recorded) return (this.recorded(step, actor, this.recognition) ?? -1) >= from;
    const { outcome, authority } = this.choice;
    return (
      mostProbable(shares(this.results, outcome, authority, this.recognition, step, actor)) >= from
    );
  }

  /** Class of one actor, `none` where it is not known. */
  classAt(step: number, actor: number): number {
    if (this.choice.recorded) return this.recorded(step, actor) ?? none;
    if (this.choice.measure === 'rung') return mostProbable(this.shares(step, actor));
    if (this.choice.measure === 'reach') return shareClass(this.chance(step, actor));
    return pointClass(this.difference(step, actor));
  }

  /** Whether the most probable rung is not much more probable than the others. */
  unsureAt(step: number, actor: number): boolean {
    if (this.choice.recorded || this.choice.measure !== 'rung') return false;
    return Math.max(...this.shares(step, actor)) < sure;
  }

  look(step: number): Look {
    const { length } = this.results.world.actors;
    const actors = Array.from({ length }, (_, actor) => actor);
    return {
      classes: Uint8Array.from(actors, (actor) => this.classAt(step, actor)),
      unsure: Uint8Array.from(actors, (actor) => Number(this.unsureAt(step, actor))),
      recognises: Uint8Array.from(actors, (actor) => Number(this.recognises(step, actor))),
    };
  }
}

/** How many actors are in each class; those not known are in none. */
export function counts(classes: Uint8Array, length: number): number[] {
  const found = new Array<number>(length).fill(0);
  for (const n of classes) if (n < length) found[n] = (found[n] ?? 0) + 1;
  return found;
}
