import { EngineError } from './engine';
import type { Engine } from './engine';

/** Talks to the server of the lab (tools/lab/README.md). */
export function httpEngine(token: string): Engine {
  void token;
  throw new EngineError('no server yet');
}
