import type { World } from '../contract';
import type { Engine } from '../engine/engine';

/** Worlds of scenarios as variants see them, each asked for once. */
export class Worlds {
  private readonly known = new Map<string, Promise<World>>();

  constructor(private readonly engine: Pick<Engine, 'load'>) {}

  /** @throws EngineError */
  load(scenario: string): Promise<World> {
    const known = this.known.get(scenario);
    if (known) return known;
    // Ladders are the scenario's own: a variant may not change them.
    const world = this.engine.load(scenario).then((told) => ({
      ...told,
      knobs: told.knobs.filter(({ group }) => group !== 'ladders'),
    }));
    this.known.set(scenario, world);
    world.catch(() => this.known.delete(scenario));
    return world;
  }
}
