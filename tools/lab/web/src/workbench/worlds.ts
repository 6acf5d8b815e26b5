import type { World } from '../contract';
import type { Engine } from '../engine/engine';

/** Worlds of scenarios, each asked for once. */
export class Worlds {
  private readonly known = new Map<string, Promise<World>>();

  constructor(private readonly engine: Pick<Engine, 'load'>) {}

  /** @throws EngineError */
  load(scenario: string): Promise<World> {
    const known = this.known.get(scenario);
    if (known) return known;
    const world = this.engine.load(scenario);
    this.known.set(scenario, world);
    world.catch(() => this.known.delete(scenario));
    return world;
  }
}
