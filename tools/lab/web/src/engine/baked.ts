import type { Bundle, Cascade, Decision, Question, Results } from '../contract';
import { EngineError } from './engine';
import type { Engine } from './engine';

/**
 * The data of a report: base64 of a deflated Bundle (zlib format).
 *
 * @throws EngineError  damaged, or of another version
 */
export async function unpack(text: string): Promise<Bundle> {
  let bundle: Bundle;
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate'));
    bundle = (await new Response(stream).json()) as Bundle;
  } catch {
    throw new EngineError('The data of this report are damaged; write it anew.');
  }
  if (bundle.format === 1) return bundle;
  throw new EngineError('The data of this report are of another version of its page.');
}

const refuse = async (): Promise<never> => {
  throw new EngineError('A report holds the results of one run; `entente lab` can simulate.');
};

/** Answers from the data that a report brings. */
export class BakedEngine implements Engine {
  readonly live = false;

  constructor(private readonly bundle: Bundle) {}

  async initial(): Promise<Results> {
    return this.bundle.results;
  }

  async explain(_: Results, question: Question): Promise<Decision | null> {
    if (question.replicate !== null) return null;
    const same = (other: Decision): boolean =>
      other.question.outcome === question.outcome &&
      other.question.authority === question.authority &&
      other.question.ladder === question.ladder &&
      other.question.actor === question.actor &&
      other.question.step === question.step;
    return this.bundle.decisions.find(same) ?? null;
  }

  async explained(_: Results, question: Omit<Question, 'step'>): Promise<number[]> {
    const steps = this.bundle.decisions
      .filter(
        ({ question: other }) =>
          other.outcome === question.outcome &&
          other.authority === question.authority &&
          other.ladder === question.ladder &&
          other.actor === question.actor,
      )
      .map(({ question: other }) => other.step);
    return [...new Set(steps)].sort((a, b) => a - b);
  }

  async cascade(_: Results, outcome: number, authority: number): Promise<Cascade | null> {
    const same = (c: Cascade): boolean => c.outcome === outcome && c.authority === authority;
    return this.bundle.cascades.find(same) ?? null;
  }

  scenarios = refuse;
  load = refuse;
  variantYaml = refuse;
  check = refuse;
  run = refuse;
  open = refuse;
  resultFile = refuse;
}
