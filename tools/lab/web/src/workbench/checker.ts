import type { Problem } from '../contract';
import type { Engine } from '../engine/engine';
import { syntaxProblems } from './variant_text';

const wait = 250; // ms of quiet in a text before the program is asked
const kept = 200; // texts whose answer is remembered

/** Knows which texts of variants are sound; asks the program about those that are new. */
export class Checker {
  private readonly known = new Map<string, Problem[]>();
  private readonly asking = new Map<string, Promise<Problem[]>>();
  private timer: ReturnType<typeof setTimeout> | undefined;

  /** @param told  called when an answer has come */
  constructor(
    private readonly engine: Pick<Engine, 'check'>,
    private readonly told: () => void,
  ) {}

  /** @return null: not known yet */
  problems(scenario: string, yaml: string): Problem[] | null {
    const known = this.known.get(key(scenario, yaml));
    if (known) return known;
    const syntax = syntaxProblems(yaml);
    return syntax.length > 0 ? syntax : null;
  }

  /** Asks the program about these texts when they have come to rest. */
  ask(scenario: string, yamls: readonly string[]): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      for (const yaml of yamls) {
        // A run meets the same error and says so.
        this.settled(scenario, yaml).catch(() => undefined);
      }
    }, wait);
  }

  /** The answer, however long it takes. @throws EngineError */
  settled(scenario: string, yaml: string): Promise<Problem[]> {
    const known = this.problems(scenario, yaml);
    if (known) return Promise.resolve(known);
    const name = key(scenario, yaml);
    let answer = this.asking.get(name);
    if (!answer) {
      answer = this.engine
        .check(scenario, yaml)
        .then((problems) => {
          this.known.set(name, problems);
          for (const old of this.known.keys()) {
            if (this.known.size <= kept) break;
            this.known.delete(old);
          }
          this.told();
          return problems;
        })
        .finally(() => this.asking.delete(name));
      this.asking.set(name, answer);
    }
    return answer;
  }
}

const key = (scenario: string, yaml: string): string => `${scenario}\n${yaml}`;
