import type { Problem } from '../contract';
import { EngineError } from './engine';

export const ended = 'The lab has ended; start it again with `entente lab`.';
export const noToken = 'Open the address that `entente lab` printed.';
const otherLab =
  'This page belongs to a lab that has ended; open the address that `entente lab` printed last.';

/** A request that the server answered with an error. */
export class Refusal extends EngineError {
  constructor(
    readonly status: number,
    message: string,
    problems: Problem[] = [],
  ) {
    super(message, problems);
  }
}

export type Fetch = (address: string, options?: RequestInit) => Promise<Response>;

async function refusal(response: Response): Promise<Refusal> {
  if (response.status === 401) return new Refusal(401, otherLab);
  const text = await response.text().catch(() => '');
  try {
    const { error, problems } = JSON.parse(text) as { error?: unknown; problems?: unknown };
    if (typeof error === 'string') {
      return new Refusal(response.status, error, Array.isArray(problems) ? problems : []);
    }
  } catch {
    // No answer of the lab's own; its status has to do.
  }
  return new Refusal(response.status, `The lab answered with an error (${response.status}).`);
}

/** Requests to the server, each with the token; errors in words for the user. */
export class Wire {
  constructor(
    private readonly token: string,
    private readonly ask: Fetch,
  ) {}

  /** @throws EngineError, or AbortError where the signal was raised */
  async request(path: string, options: RequestInit = {}): Promise<Response> {
    if (this.token === '') throw new EngineError(noToken);
    let response: Response;
    try {
      response = await this.ask(path, {
        ...options,
        headers: { ...options.headers, Authorization: `Bearer ${this.token}` },
        cache: 'no-store',
        credentials: 'omit',
      });
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason;
      throw new EngineError(ended);
    }
    if (!response.ok) throw await refusal(response);
    return response;
  }

  async json<T>(path: string, options: RequestInit = {}): Promise<T> {
    const response = await this.request(path, options);
    try {
      return (await response.json()) as T;
    } catch {
      if (options.signal?.aborted) throw options.signal.reason;
      throw new EngineError(ended); // it broke off
    }
  }

  post<T>(path: string, body: unknown): Promise<T> {
    return this.json<T>(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
  }
}
