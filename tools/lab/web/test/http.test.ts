import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Question, Results, RunRequest } from '../src/contract';
import { EngineError } from '../src/engine/engine';
import { Feed, runEvent } from '../src/engine/feed';
import type { Watcher } from '../src/engine/feed';
import { HttpEngine } from '../src/engine/http';
import { takeToken } from '../src/engine/token';
import { ended, noToken } from '../src/engine/wire';

const request: RunRequest = {
  scenario: 'case', seed: '7', first_replicate: 0, replicates: 64, variants: [],
};
const question: Question = {
  outcome: 0, authority: 0, ladder: 1, actor: 3, step: 5, replicate: null,
};
const json = (value: unknown, status = 200): Response =>
  new Response(JSON.stringify(value), { status });
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** A lab without a network: what it was asked, and answers that a test decides on. */
class FakeLab {
  asked: string[] = [];
  results = new Map<string, unknown>();
  streams: ReadableStreamDefaultController<Uint8Array>[] = [];
  runs = 0;
  dead = false;
  onRun: (run: string) => void = () => undefined;

  fetch = async (address: string, options: RequestInit = {}): Promise<Response> => {
    const method = options.method ?? 'GET';
    this.asked.push(`${method} ${address}`);
    if (this.dead) throw new TypeError('Failed to fetch');
    if (new Headers(options.headers).get('Authorization') !== 'Bearer secret') {
      return json({ error: 'no token' }, 401);
    }
    if (address === '/api/events') return this.stream(options.signal ?? null);
    if (address === '/api/runs') {
      const run = String((this.runs += 1));
      this.onRun(run);
      return json({ run }, 202);
    }
    const found = /^\/api\/runs\/(\d+)(.*)$/.exec(address);
    const results = found && this.results.get(found[1] ?? '');
    if (!found || (method !== 'DELETE' && !results)) return json({ error: 'no such run' }, 404);
    if (method === 'DELETE') this.results.delete(found[1] ?? '');
    return json(found[2] ? { of: found[1] } : (results ?? {}));
  };

  private stream(signal: AbortSignal | null): Response {
    const body = new ReadableStream<Uint8Array>({ start: (part) => void this.streams.push(part) });
    const part = this.streams.at(-1);
    signal?.addEventListener('abort', () => part?.error(signal.reason));
    return new Response(body);
  }

  say(text: string): void {
    this.streams.at(-1)?.enqueue(new TextEncoder().encode(text));
  }

  tell(event: string, data: object): void {
    this.say(`event: ${event}\r\ndata: ${JSON.stringify(data)}\r\n\r\n`);
  }

  finish(run: string): void {
    this.results.set(run, { run });
    this.tell('done', { run });
  }
}

let lab: FakeLab;
let engine: HttpEngine;
const never = new AbortController().signal;
const quiet = (): void => undefined;

beforeEach(() => {
  lab = new FakeLab();
  engine = new HttpEngine('secret', lab.fetch);
});

describe('a run', () => {
  it('listens before it asks, tells its progress and gets its results', async () => {
    const progress = vi.fn();
    const results = engine.run(request, progress, never);
    await settle();
    expect(lab.asked).toEqual(['GET /api/events', 'POST /api/runs']);
    lab.tell('progress', { run: '1', done: 16, total: 64 });
    lab.tell('progress', { run: '2', done: 1, total: 1 }); // somebody else's
    lab.finish('1');
    expect(await results).toEqual({ run: '1' });
    expect(progress.mock.calls).toEqual([[{ kind: 'progress', done: 16, total: 64 }]]);
  });

  it('may be over before its name is known', async () => {
    lab.onRun = (run) => lab.finish(run);
    expect(await engine.run(request, quiet, never)).toEqual({ run: '1' });
  });

  it('shares one stream with all others', async () => {
    lab.onRun = (run) => lab.finish(run);
    await Promise.all([1, 2, 3].map(() => engine.run(request, quiet, never)));
    expect(lab.asked.filter((line) => line === 'GET /api/events')).toHaveLength(1);
  });

  it('is ended by the signal', async () => {
    const abort = new AbortController();
    const results = engine.run(request, quiet, abort.signal);
    await settle();
    abort.abort();
    await expect(results).rejects.toMatchObject({ name: 'AbortError' });
    expect(lab.asked.at(-1)).toBe('DELETE /api/runs/1');
  });

  it('is ended, too, when the signal comes before its name', async () => {
    const abort = new AbortController();
    lab.onRun = () => abort.abort();
    await expect(engine.run(request, quiet, abort.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(lab.asked.at(-1)).toBe('DELETE /api/runs/1');
  });

  it('is not begun after the signal', async () => {
    await expect(engine.run(request, quiet, AbortSignal.abort())).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(lab.asked).toEqual([]);
  });

  it('says why it failed', async () => {
    lab.onRun = (run) => lab.tell('failed', { run, error: 'Exposure of PAK is not finite.' });
    await expect(engine.run(request, quiet, never)).rejects.toThrow('Exposure of PAK');
  });

  it('outlives a break of the stream, whether it ended meanwhile or goes on', async () => {
    const [first, second] = [1, 2].map(() => engine.run(request, quiet, never));
    await settle();
    lab.results.set('1', { run: '1' }); // done, but nobody was told
    lab.streams[0]?.close();
    expect(await first).toEqual({ run: '1' });
    expect(lab.streams).toHaveLength(2);
    await settle();
    lab.finish('2');
    expect(await second).toEqual({ run: '2' });
  });
});

describe('the stream', () => {
  it('that cannot be opened again is lost', async () => {
    let opened = 0;
    const feed = new Feed(async () => {
      opened += 1;
      if (opened > 1) throw new EngineError(ended);
      return new Response('');
    }, [1, 1]);
    await feed.ready();
    const error = await new Promise((resolve) => {
      const watcher: Watcher = { tell: quiet, missed: quiet, lost: resolve };
      feed.watch('1', watcher);
    });
    expect(error).toEqual(new EngineError(ended));
    expect(opened).toBe(3);
  });

  it('knows events of runs only', () => {
    expect(runEvent({ event: 'done', data: '{"run":3}' })).toEqual({
      run: '3', what: { kind: 'done' },
    });
    for (const data of ['', 'null', '3', '{}', '{"run"']) {
      expect(runEvent({ event: 'done', data })).toBeNull();
    }
    expect(runEvent({ event: 'other', data: '{"run":3}' })).toBeNull();
  });
});

describe('errors', () => {
  it('say that the lab has ended', async () => {
    lab.dead = true;
    await expect(engine.scenarios()).rejects.toThrow(ended);
    await expect(engine.run(request, quiet, never)).rejects.toThrow(ended);
  });

  it('say how to get in', async () => {
    expect(() => new HttpEngine('', lab.fetch)).toThrow(noToken);
    const other = new HttpEngine('guess', lab.fetch);
    await expect(other.initial()).rejects.toThrow('open the address');
  });

  it('bring the problems of a text', async () => {
    const problems = [{ line: 3, column: 1, message: 'a: found b' }];
    const refusing = new HttpEngine('secret', async () => json({ error: 'No.', problems }, 400));
    await expect(refusing.check('case', 'x')).rejects.toMatchObject({ message: 'No.', problems });
  });

  it('have words even where the answer has none', async () => {
    const odd = new HttpEngine('secret', async () => new Response('<html>', { status: 500 }));
    await expect(odd.initial()).rejects.toThrow('500');
    const half = new HttpEngine('secret', async () => new Response('{"run'));
    await expect(half.initial()).rejects.toThrow(ended);
  });
});

describe('results that the server has forgotten', () => {
  it('are worked out again, once for all who ask', async () => {
    lab.onRun = (run) => lab.finish(run);
    const results = await engine.run(request, quiet, never);
    expect(await engine.explain(results, question)).toEqual({ of: '1' });
    lab.results.clear();
    const answers = await Promise.all([
      engine.explain(results, question), engine.cascade(results, 0, 0),
    ]);
    expect(answers).toEqual([{ of: '2' }, { of: '2' }]);
    expect(await engine.explain(results, question)).toEqual({ of: '2' });
    expect(lab.runs).toBe(2);
    lab.results.clear();
    expect(await engine.explain(results, question)).toEqual({ of: '3' });
  });

  it('are asked for anew when that failed', async () => {
    lab.onRun = (run) => lab.finish(run);
    const results = await engine.run(request, quiet, never);
    lab.results.clear();
    lab.onRun = (run) => lab.tell('failed', { run, error: 'Too long.' });
    await expect(engine.cascade(results, 0, 0)).rejects.toThrow('Too long.');
    lab.onRun = (run) => lab.finish(run);
    expect(await engine.cascade(results, 0, 0)).toEqual({ of: '3' });
  });

  it('are a mistake where nobody knows what they were', async () => {
    const results = { run: '9' } as Results;
    await expect(engine.cascade(results, 0, 0)).rejects.toThrow('no such run');
  });
});

describe('the token', () => {
  const places = (hash: string, kept: string | null) => {
    const storage = { getItem: () => kept, setItem: vi.fn() };
    const location = { hash, pathname: '/', search: '' };
    return { location, history: { replaceState: vi.fn() }, storage };
  };

  it('leaves the address and stays in the tab', () => {
    const from = places('#token=abc', 'old');
    expect(takeToken(from)).toBe('abc');
    expect(from.storage.setItem).toHaveBeenCalledWith('entente-token', 'abc');
    expect(from.history.replaceState).toHaveBeenCalledWith(null, '', '/');
  });

  it('leaves the rest of the address alone', () => {
    const from = places('#token=abc&lesson=2', null);
    takeToken(from);
    expect(from.history.replaceState).toHaveBeenCalledWith(null, '', '/#lesson=2');
  });

  it('comes from the tab after a reload', () => {
    const from = places('', 'kept');
    expect(takeToken(from)).toBe('kept');
    expect(from.history.replaceState).not.toHaveBeenCalled();
    expect(takeToken(places('#main', null))).toBe('');
  });

  it('holds where the browser keeps nothing', () => {
    const from = places('#token=abc', null);
    from.storage.setItem.mockImplementation(() => {
      throw new Error('blocked');
    });
    expect(takeToken(from)).toBe('abc');
    expect(from.history.replaceState).toHaveBeenCalled();
  });
});
