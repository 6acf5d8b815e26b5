/**
 * What the page is told: the documents that the program writes into a report and that the lab
 * answers with. `tools/lab/page` writes them; a change here is a change there.
 *
 * Arrays of numbers are flat, indices slowest first, shapes in brackets: [steps][actors] is one
 * array of steps * actors numbers. Shares are integers per mille, 0 to 1000. Steps, rungs, actors,
 * ladders are counted from 0; values of a step are those at its end.
 */

export type Role = 'engagement' | 'recognition' | 'coercion';

export interface Ladder {
  role: Role;
  key: string; // name in the scenario
  rungs: string[]; // lowest first
  recognises_from: number | null; // first rung that counts as recognition
}

export interface AuthorityLadder {
  key: string;
  rungs: string[];
}

/** A parameter of docs/model.md as an actor has it at the start. */
export interface ActorValue {
  key: string; // name in scenario files: security_weight, exposure
  of: string | null; // authority, group, sector or covariate where the parameter has one per such
  value: number;
}

export interface Actor {
  id: string; // ISO 3166-1 alpha-3 of a real country
  name: string;
  region: string;
  importance: number; // share of the world's, sums to 1
  values: ActorValue[];
  initial: number[]; // [authorities][ladders] rung at the start
  replaced: { column: string; rule: string }[]; // cells of tables that were missing
}

export interface Event {
  id: string;
  note: string; // why, with the source
  first_step: number; // it cannot fire before
  last_step: number | null; // nor after; null: no end
  duration: number | null; // steps; null: for ever
  probability: number; // 0 to 1, of ever firing
  conditional: boolean; // it also waits for conditions
  what: string; // in words, such as `CHN, RUS: recognition held at recognised`
  actors: number[]; // whom it acts on itself: rungs, salience, parameters; empty: none
}

/** A number that can be turned: a path of `--set`, or of `set` in a variant. */
export interface Knob {
  path: string;
  label: string;
  group: 'coefficients' | 'authority' | 'ladders' | 'groups' | 'country';
  actor: string | null; // id, of the group `country`
  value: number; // as the scenario has it
  low: number;
  high: number;
  unit: string;
  meaning: string;
}

export interface ParameterInfo {
  key: string;
  unit: string;
  meaning: string;
  low: number;
  high: number;
}

export interface TermInfo {
  key: string;
  meaning: string;
}

/** What was observed: it holds from its step on, until the next one of the same three. */
export interface Observation {
  actor: number;
  authority: number;
  ladder: number;
  step: number;
  rung: number | null; // null: from here on nothing is known
}

/** Who and what there is; the same for a baseline and its variants. */
export interface World {
  scenario: string; // its name for the engine
  title: string;
  question: string;
  time: { labels: string[]; unit: 'day' | 'week' | 'month' | 'quarter' | 'year'; start: string };
  actors: Actor[];
  authorities: { id: string; name: string }[];
  groups: { id: string; name: string }[];
  bodies: { id: string; members: number[]; ladder: number; rung: number }[];
  /** Organisations with at least 3 of the actors and not all, as selectors know them: members at
   * the scenario's start. Empty in a report. */
  blocs: { id: string; members: number[] }[];
  ladders: Ladder[]; // engagement, recognition, coercion
  rights: AuthorityLadder;
  posture: AuthorityLadder;
  states: string[]; // hardliner, distress, control, rights_salience
  parameters: ParameterInfo[]; // meaning of Actor.values
  terms: TermInfo[]; // covariates last
  events: Event[];
  /** Observed history; whoever has no row is not on record. */
  observations: Observation[];
  knobs: Knob[]; // empty in a report
  files: string[]; // that took part: YAML first, then tables
}

/**
 * Mean and spread over replicates, by step: quantiles of numbers of actors; of states and activity,
 * whose quantiles no file keeps, what lies within 1.64 standard deviations of the mean.
 */
export interface Band {
  mean: number[];
  low: number[]; // 5 % quantile, or mean less 1.64 standard deviations
  high: number[]; // 95 %
  inner_low: number[] | null; // 25 %
  inner_high: number[] | null; // 75 %
}

export interface LadderOutcome {
  /** Share of replicates with the actor at or above the rung, [steps][actors][rungs - 1], per
   * mille; the lowest rung is left out. */
  reach: number[];
  counts: Band[]; // of rungs 1, 2, ...: number of actors at or above
}

export interface AuthorityOutcome {
  ladders: LadderOutcome[];
  /** [steps][rungs] share of replicates on the rung, per mille; each step adds up to 1000. */
  rights: number[] | null;
  postures: number[][] | null; // by group, likewise
  states: Band[] | null; // by World.states
}

/** A baseline or a variant over all its replicates. */
export interface Outcome {
  name: string; // `baseline`, or of the variant
  title: string;
  question: string;
  reasoning: string;
  look_at: string;
  sources: string[];
  yaml: string; // of the variant; empty for the baseline
  replicates: number;
  events: Event[]; // of this world
  /** By event: the step in which it fired, null: it did not. Of a single history with a variant;
   * absent otherwise. */
  fired?: (number | null)[];
  authorities: AuthorityOutcome[];
  activity: Band[] | null; // by group
  bodies: number[][] | null; // by body, by step: share of replicates that say yes, per mille
}

/** Variant less baseline, pair by pair: the same replicate, the same luck. */
export interface CountDifference {
  difference: number[]; // by step: mean number of actors more at or above the rung
  low: (number | null)[]; // 95 % interval; null with one replicate
  high: (number | null)[];
  followers: number[]; // the part of those whom the variant does not move itself
}

export interface LadderDifference {
  counts: CountDifference[]; // of rungs 1, 2, ...
  forced: boolean[]; // by actor: the variant moves it on this ladder itself
  changed: number[]; // by actor: share of pairs whose paths differ at any step, per mille
  higher: number[]; // ends higher in the variant
  lower: number[];
}

export interface Difference {
  outcome: number; // of Results.outcomes; the other is 0, the baseline
  first_difference: number | null; // step
  authorities: { ladders: LadderDifference[] }[];
}

/** What a run or a result file gives. Outcome 0 is the baseline. */
export interface Results {
  run: string; // its name for the engine; empty in a report
  world: World;
  seed: string; // of all draws, decimal
  first_replicate: number;
  outcomes: Outcome[];
  differences: Difference[]; // by variant
}

/** Which choice to explain. */
export interface Question {
  outcome: number;
  authority: number;
  ladder: number;
  actor: number;
  step: number;
  replicate: number | null; // null: the mean over replicates
}

/** What would have turned the odds of an option, one driver at a time. */
export interface Enough {
  driver: string;
  value: number;
  needed: number | null; // null: no value that it may have would do
  rung: string | null; // where `needed` is the height of a rung
}

/** What a choice was taken on: of those who stood on `rung`, mean over replicates. */
export interface Decision {
  question: Question;
  rung: number; // from which the choice was made, the most common one
  share: number; // of replicates that made it from there, per mille
  held: boolean; // an event set or held the rung: the choice had no effect
  reconsiders: number; // probability of reconsidering in this step
  probability: [number, number, number]; // below, stay, above, in this step; 0: no such rung
  utility: [number | null, number | null]; // of the rung below and above, against staying
  /** Parts of the two utilities; they add up to them. */
  terms: { term: string; below: number | null; above: number | null }[];
  summary: string; // in sentences
  enough: { rung: number; drivers: Enough[]; others: string[]; others_enough: boolean } | null;
}

/** Who drew whom to a rung (docs/model.md, section 14), means per replicate. */
export interface Cascade {
  outcome: number;
  authority: number;
  ladder: number;
  rung: number;
  replicates: number;
  moves: number; // by own choice
  followed: number; // of these, credited to earlier movers
  brought: number; // by an event or a body
  actors: { actor: number; moves: number; direct: number; with_chains: number; from_start: boolean }[];
  edges: { from: number; to: number; credit: number }[]; // most credit first
}

/** A report: all that its page shows. */
export interface Bundle {
  format: 1;
  entente: string; // version of the program
  source: string; // name of the result file
  command: string; // that makes the file again
  results: Results;
  decisions: Decision[]; // for the dates and actors that were worked out
  cascades: Cascade[];
}

// What the lab alone has.

export interface VariantEntry {
  name: string;
  title: string;
  question: string;
}

export interface ScenarioEntry {
  name: string;
  title: string;
  question: string;
  variants: VariantEntry[];
}

/** A mistake in a text; lines and columns are counted from 1, 0: not known. */
export interface Problem {
  line: number;
  column: number;
  message: string;
}

export interface VariantText {
  name: string; // [a-z0-9-], 1 to 40 characters; distinct within a run
  yaml: string;
}

export interface RunRequest {
  scenario: string;
  seed: string | null; // null: the scenario's
  first_replicate: number;
  replicates: number; // 1 to 4096
  variants: VariantText[]; // 0 to 8
}
