import type { Bench } from './bench';
import type { Results } from './contract';
import type { Engine } from './engine/engine';

/** What the page shows at the moment. */
export interface View {
  results: Results | null;
  /** Which world: place among `results.outcomes`. */
  outcome: number;
  /** What the map shows of it: the most probable rung, the chance of `rung` or higher, or that
   * chance less the baseline's. */
  measure: 'rung' | 'reach' | 'difference';
  authority: number;
  ladder: number;
  rung: number; // from 1 on
  step: number;
  actor: number | null; // the country that is looked at
  playing: boolean;
  theme: 'light' | 'dark' | null; // null: as the system has it
}

type Key = keyof View;
type Listener = (view: Readonly<View>) => void;

/** Holds the view and tells listeners what they asked for; one change at a time. */
export class Store {
  private listeners: { keys: Set<Key>; listener: Listener }[] = [];

  constructor(private current: View) {}

  get view(): Readonly<View> {
    return this.current;
  }

  /** Changes part of the view; listeners to any changed part are called once. */
  set(patch: Partial<View>): void {
    const changed = (Object.keys(patch) as Key[]).filter(
      (key) => patch[key] !== undefined && patch[key] !== this.current[key],
    );
    if (changed.length === 0) return;
    this.current = { ...this.current, ...patch };
    for (const { keys, listener } of [...this.listeners]) {
      if (changed.some((key) => keys.has(key))) listener(this.current);
    }
  }

  /** Calls the listener now and after each change of these parts. @return ends it */
  watch(keys: Key[], listener: Listener): () => void {
    const entry = { keys: new Set(keys), listener };
    this.listeners.push(entry);
    listener(this.current);
    return () => {
      this.listeners = this.listeners.filter((other) => other !== entry);
    };
  }

  /** Shows other results; what was looked at stays where it still exists. */
  show(results: Results, outcome = 0): void {
    const old = this.current;
    const sameWorld = old.results?.world.scenario === results.world.scenario;
    const id = old.actor === null ? null : old.results?.world.actors[old.actor]?.id;
    const actor = results.world.actors.findIndex((other) => other.id === id);
    const steps = results.world.time.labels.length;
    // At first engagement: the map marks who recognises in any case. Its last but one rung tells
    // those who have a mission from those who talk.
    const { ladders } = results.world;
    const engaged = ladders.findIndex((l) => l.role === 'engagement' && l.rungs.length > 1);
    const ladder = engaged >= 0 ? engaged : Math.max(ladders.findIndex((l) => l.rungs.length > 1), 0);
    const rung = Math.max((results.world.ladders[ladder]?.rungs.length ?? 0) - 2, 1);
    const start = { authority: 0, ladder, rung, step: steps - 1 };
    this.set({
      results,
      outcome,
      measure: old.measure === 'difference' && outcome === 0 ? 'rung' : old.measure,
      actor: actor < 0 ? null : actor,
      playing: false,
      ...(sameWorld ? { step: Math.min(old.step, steps - 1) } : start),
    });
  }
}

export function newStore(): Store {
  return new Store({
    results: null,
    outcome: 0,
    measure: 'rung',
    authority: 0,
    ladder: 0,
    rung: 1,
    step: 0,
    actor: null,
    playing: false,
    theme: null,
  });
}

/** What every part of the page is given. */
export interface App {
  store: Store;
  engine: Engine;
  bench: Bench | null; // set by the workbench
  /** Says something to those who listen to the page rather than see it. */
  announce(text: string): void;
}
