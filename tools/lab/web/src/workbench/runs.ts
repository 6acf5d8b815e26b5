import type { Results, RunRequest } from '../contract';
import type { Engine } from '../engine/engine';
import type { Own } from './standing';

/** A run that goes on. */
export interface Running {
  request: RunRequest;
  done: number;
  total: number; // 0: not known yet
  since: number; // of performance.now()
}

/** Runs, one at a time: a newer one ends the older. */
export class Runs {
  running: Running | null = null;
  took: number | null = null; // ms, of the last one that came to its end
  message = ''; // what went wrong last, for the user
  /** The last results of own runs. */
  own: Own | null = null;
  private abort: AbortController | null = null;

  /** @param told  called when any of these has changed */
  constructor(
    private readonly engine: Pick<Engine, 'run'>,
    private readonly told: () => void,
  ) {}

  /** Whether this is running, or, where nothing is, what the last results are of. */
  has(request: RunRequest): boolean {
    const latest = this.running?.request ?? this.own?.request;
    return JSON.stringify(latest) === JSON.stringify(request);
  }

  /** @return null: it failed (`message` says why), was cancelled, or a newer run took its place */
  async start(request: RunRequest): Promise<Results | null> {
    this.abort?.abort();
    const abort = new AbortController();
    const since = performance.now();
    this.abort = abort;
    this.message = '';
    this.running = { request, done: 0, total: 0, since };
    this.told();
    try {
      const results = await this.engine.run(
        request,
        ({ done, total }) => {
          if (this.abort !== abort || !this.running) return;
          this.running = { ...this.running, done, total };
          this.told();
        },
        abort.signal,
      );
      if (this.abort !== abort) return null;
      this.took = performance.now() - since;
      this.own = { request, results };
      return results;
    } catch (error) {
      if (this.abort === abort) this.message = messageOf(error);
      return null;
    } finally {
      if (this.abort === abort) this.finish();
    }
  }

  cancel(message = 'Cancelled.'): void {
    if (!this.abort) return;
    this.abort.abort();
    this.message = message;
    this.finish();
  }

  fail(error: unknown): void {
    this.message = messageOf(error);
    this.told();
  }

  private finish(): void {
    this.abort = null;
    this.running = null;
    this.told();
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
