import { EngineError } from './engine';
import { EventParser } from './sse';
import type { ServerEvent } from './sse';
import { ended } from './wire';

/** What the server tells of a run. */
export type RunEvent =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'done' }
  | { kind: 'failed'; error: string }
  | { kind: 'cancelled' };

/** @return null: nothing about a run */
export function runEvent({ event, data }: ServerEvent): { run: string; what: RunEvent } | null {
  let told: Record<string, unknown>;
  try {
    told = JSON.parse(data) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof told !== 'object' || told === null || told.run === undefined) return null;
  const run = String(told.run);
  if (event === 'progress') {
    const what: RunEvent = { kind: event, done: Number(told.done), total: Number(told.total) };
    return { run, what };
  }
  if (event === 'failed') {
    return { run, what: { kind: event, error: String(told.error ?? 'The run failed.') } };
  }
  return event === 'done' || event === 'cancelled' ? { run, what: { kind: event } } : null;
}

/** Who waits for a run. */
export interface Watcher {
  tell(event: RunEvent): void;
  /** Events may have been missed: the stream is open again. */
  missed(): void;
  /** There is no stream any more, and none can be opened. */
  lost(error: Error): void;
}

const remembered = 32; // runs whose last event is kept for those who ask late
const waits = [200, 500, 1000, 2000, 3000]; // ms before the stream is opened again
const silence = 20_000; // ms; the server says something every second or so

/** The page's one stream of events, shared by all runs; opened anew after a break. */
export class Feed {
  private opening: Promise<void> | null = null;
  private readonly watchers = new Map<string, Watcher>();
  private readonly last = new Map<string, RunEvent>();

  /** @param open  asks for the stream */
  constructor(
    private readonly open: (signal: AbortSignal) => Promise<Response>,
    private readonly pauses: readonly number[] = waits,
  ) {}

  /** Resolves when the stream is open. @throws EngineError */
  ready(): Promise<void> {
    this.opening ??= this.begin().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  /** Tells of a run, first what came before it was asked for. @return ends it */
  watch(run: string, watcher: Watcher): () => void {
    this.watchers.set(run, watcher);
    const before = this.last.get(run);
    if (before) watcher.tell(before);
    return () => {
      this.watchers.delete(run);
    };
  }

  private async begin(): Promise<void> {
    const stop = new AbortController();
    const response = await this.open(stop.signal);
    if (!response.body) throw new EngineError(ended);
    void this.read(response.body, stop).then(() => this.reopen());
  }

  private async read(body: ReadableStream<Uint8Array>, stop: AbortController): Promise<void> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    const parser = new EventParser();
    try {
      for (;;) {
        const timer = setTimeout(() => stop.abort(), silence);
        const { done, value } = await reader.read().finally(() => clearTimeout(timer));
        if (done) return;
        for (const event of parser.push(decoder.decode(value, { stream: true }))) this.take(event);
      }
    } catch {
      // Broken or silent: the same as ended.
    }
  }

  private take(event: ServerEvent): void {
    const found = runEvent(event);
    if (!found) return;
    this.last.delete(found.run);
    this.last.set(found.run, found.what);
    for (const run of this.last.keys()) {
      if (this.last.size <= remembered) break;
      this.last.delete(run);
    }
    this.watchers.get(found.run)?.tell(found.what);
  }

  private async reopen(): Promise<void> {
    this.opening = null;
    let error: unknown = new EngineError(ended);
    for (const pause of this.pauses) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      try {
        await this.ready();
        for (const watcher of [...this.watchers.values()]) watcher.missed();
        return;
      } catch (reason) {
        error = reason;
      }
    }
    const reason = error instanceof Error ? error : new EngineError(ended);
    for (const watcher of [...this.watchers.values()]) watcher.lost(reason);
  }
}
