import type {
  Bundle,
  Cascade,
  Decision,
  Problem,
  Question,
  Results,
  RunRequest,
  ScenarioEntry,
  World,
} from '../contract';
import { BakedEngine } from './baked';
import { EngineError } from './engine';
import type { Engine, Progress } from './engine';
import { Feed } from './feed';
import { takeToken } from './token';
import { Refusal, Wire, noToken } from './wire';
import type { Fetch } from './wire';

const query = (values: Record<string, string | number | null>): string => {
  const given = Object.entries(values).filter(([, value]) => value !== null);
  return new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
};

/** Talks to the server of the lab (tools/lab/README.md). */
export class HttpEngine implements Engine {
  readonly live = true;
  private readonly wire: Wire;
  private readonly feed: Feed;
  /** How to get results again that the server has forgotten, by the name that the page knows. */
  private readonly origins = new Map<string, RunRequest>();
  /** The file that was opened last: what a report would know of it. */
  private opened: { run: string; file: Blob; baked: BakedEngine } | null = null;
  private readonly successors = new Map<string, Promise<string>>();
  private files = 0;

  /** @param ask  instead of the browser's `fetch`, for tests */
  constructor(token: string, ask: Fetch = (address, options) => fetch(address, options)) {
    if (token === '') throw new EngineError(noToken);
    this.wire = new Wire(token, ask);
    this.feed = new Feed((signal) => this.wire.request('/api/events', { signal }));
  }

  initial(): Promise<Results | null> {
    return this.wire.json('/api/initial');
  }

  scenarios(): Promise<ScenarioEntry[]> {
    return this.wire.json('/api/scenarios');
  }

  load(scenario: string): Promise<World> {
    return this.wire.json(`/api/world?${query({ scenario })}`);
  }

  async variantYaml(scenario: string, name: string): Promise<string> {
    const { yaml } = await this.wire.json<{ yaml: string }>(
      `/api/variant?${query({ scenario, name })}`,
    );
    return yaml;
  }

  async check(scenario: string, yaml: string): Promise<Problem[]> {
    const { problems } = await this.wire.post<{ problems: Problem[] }>('/api/check', {
      scenario,
      yaml,
    });
    return problems;
  }

  async run(
    request: RunRequest,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Results> {
    signal.throwIfAborted();
    await this.feed.ready();
    signal.throwIfAborted();
    // Not given up half-way: a run whose name is unknown could not be cancelled.
    const { run } = await this.wire.post<{ run: string | number }>('/api/runs', request);
    const name = String(run);
    const results = await this.outcome(name, progress, signal);
    this.origins.set(results.run, request);
    return results;
  }

  /** Waits for a run. An end of the wait by the signal ends the run. */
  private async outcome(
    run: string,
    progress: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Results> {
    const address = `/api/runs/${encodeURIComponent(run)}`;
    const give = (): void => {
      void this.wire.request(address, { method: 'DELETE' }).catch(() => undefined);
    };
    if (signal.aborted) give();
    signal.throwIfAborted();
    let leave = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const abort = (): void => {
          give();
          reject(signal.reason);
        };
        signal.addEventListener('abort', abort, { once: true });
        const unwatch = this.feed.watch(run, {
          tell(event) {
            if (event.kind === 'progress') progress(event);
            if (event.kind === 'done') resolve();
            if (event.kind === 'failed') reject(new EngineError(event.error));
            if (event.kind === 'cancelled') reject(new EngineError('The run was cancelled.'));
          },
          // Its end may have been told while nobody listened.
          missed: () => {
            this.wire.request(address).then(
              () => resolve(),
              (error: unknown) => {
                if (!(error instanceof Refusal && error.status === 404)) reject(error);
              },
            );
          },
          lost: reject,
        });
        leave = () => {
          signal.removeEventListener('abort', abort);
          unwatch();
        };
      });
    } finally {
      leave();
    }
    return this.wire.json<Results>(address, { signal });
  }

  async open(file: Blob): Promise<Results> {
    const bundle = await this.wire.json<Bundle>('/api/files', {
      method: 'POST',
      headers: { 'Content-Type': 'application/octet-stream' },
      body: file,
    });
    const run = `file-${(this.files += 1)}`;
    const results = { ...bundle.results, run };
    this.opened = { run, file, baked: new BakedEngine({ ...bundle, results }) };
    return results;
  }

  async explain(results: Results, question: Question): Promise<Decision | null> {
    const baked = this.bakedOf(results);
    if (baked) return baked.explain(results, question);
    const { outcome, authority, ladder, actor, step, replicate } = question;
    const asked = query({ outcome, authority, ladder, actor, step, replicate });
    return this.remembered(results, (address) => this.wire.json(`${address}/explain?${asked}`));
  }

  async explained(
    results: Results,
    question: Omit<Question, 'step'>,
  ): Promise<number[] | null> {
    return (await this.bakedOf(results)?.explained(results, question)) ?? null;
  }

  async cascade(results: Results, outcome: number, authority: number): Promise<Cascade | null> {
    const baked = this.bakedOf(results);
    if (baked) return baked.cascade(results, outcome, authority);
    const asked = query({ outcome, authority });
    return this.remembered(results, (address) => this.wire.json(`${address}/cascade?${asked}`));
  }

  async resultFile(results: Results): Promise<Blob> {
    if (this.opened?.run === results.run) return this.opened.file;
    return this.remembered(results, async (address) => {
      const response = await this.wire.request(`${address}/file`);
      return response.blob();
    });
  }

  private bakedOf(results: Results): BakedEngine | null {
    return this.opened?.run === results.run ? this.opened.baked : null;
  }

  /** Asks about a run; one that the server has forgotten is run again. */
  private async remembered<T>(results: Results, ask: (address: string) => Promise<T>): Promise<T> {
    const address = (run: string): string => `/api/runs/${encodeURIComponent(run)}`;
    const before = this.successors.get(results.run);
    try {
      return await ask(address((await before) ?? results.run));
    } catch (error) {
      const origin = this.origins.get(results.run);
      if (!(error instanceof Refusal) || error.status !== 404 || !origin) throw error;
      if (this.successors.get(results.run) === before) {
        this.succeed(results.run, this.again(origin)); // once for all who ask meanwhile
      }
      return ask(address((await this.successors.get(results.run)) ?? results.run));
    }
  }

  private succeed(run: string, successor: Promise<string>): void {
    this.successors.set(run, successor);
    successor.catch(() => {
      if (this.successors.get(run) === successor) this.successors.delete(run);
    });
  }

  private async again(request: RunRequest): Promise<string> {
    const results = await this.run(request, () => undefined, new AbortController().signal);
    return results.run;
  }
}

/** @throws EngineError where the page was not opened by the address with the token */
export function httpEngine(): Engine {
  const storage = {
    getItem: (key: string) => sessionStorage.getItem(key),
    setItem: (key: string, value: string) => sessionStorage.setItem(key, value),
  };
  return new HttpEngine(takeToken({ location, history, storage }));
}
