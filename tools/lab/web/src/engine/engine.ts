import type {
  Cascade,
  Decision,
  Problem,
  Question,
  Results,
  RunRequest,
  ScenarioEntry,
  World,
} from '../contract';

/** How far a run is. */
export interface Progress {
  done: number; // replicates, over all worlds
  total: number;
}

/** What the engine refuses, in words for the user; `problems` where lines of a text are to blame. */
export class EngineError extends Error {
  constructor(
    message: string,
    readonly problems: Problem[] = [],
  ) {
    super(message);
    this.name = 'EngineError';
  }
}

/**
 * Where answers come from: the data of a report, or a program that simulates. Every call may throw
 * EngineError; calls with a signal throw its AbortError when it is raised.
 */
export interface Engine {
  /** Whether it can simulate; without that only `initial`, `explain` and `cascade` work. */
  readonly live: boolean;

  /** What to show at first where nobody has to choose: the results of a report or of a file. */
  initial(): Promise<Results | null>;
  scenarios(): Promise<ScenarioEntry[]>;
  load(scenario: string): Promise<World>;
  /** The YAML of a variant that a scenario comes with. */
  variantYaml(scenario: string, name: string): Promise<string>;
  /** Mistakes in a variant's YAML; none: it can be run. */
  check(scenario: string, yaml: string): Promise<Problem[]>;
  run(
    request: RunRequest,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Results>;
  /** Opens a result file. */
  open(file: Blob): Promise<Results>;
  /** null: not worked out. */
  explain(results: Results, question: Question): Promise<Decision | null>;
  /** Steps for which `explain` has an answer; null: all. */
  explained(results: Results, question: Omit<Question, 'step'>): Promise<number[] | null>;
  /** null: not worked out. */
  cascade(results: Results, outcome: number, authority: number): Promise<Cascade | null>;
  /** The result file of a run. */
  resultFile(results: Results): Promise<Blob>;
}
