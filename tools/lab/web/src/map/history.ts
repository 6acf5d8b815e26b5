import type { Results } from '../contract';

const unknown = 255;
const made = new WeakMap<Results, Map<string, Uint8Array>>();

/**
 * Rungs on record, [steps][actors]; 255 where there is none. A row holds from its step on, until
 * the next of the same actor, authority and ladder; worked out once for results.
 */
export function history(results: Results, authority: number, ladder: number): Uint8Array {
  let tables = made.get(results);
  if (!tables) made.set(results, (tables = new Map<string, Uint8Array>()));
  const key = `${authority} ${ladder}`;
  const known = tables.get(key);
  if (known) return known;
  const { world } = results;
  const actors = world.actors.length;
  const steps = world.time.labels.length;
  const table = new Uint8Array(steps * actors).fill(unknown);
  const rows = world.observations
    .filter((row) => row.authority === authority && row.ladder === ladder)
    .sort((a, b) => a.step - b.step); // stable: of one step the last row counts
  for (const row of rows) {
    const rung = row.rung ?? unknown;
    for (let step = Math.max(row.step, 0); step < steps; step += 1) {
      table[step * actors + row.actor] = rung;
    }
  }
  tables.set(key, table);
  return table;
}

/** Whether there is anything on record about the ladder. */
export function hasHistory(results: Results, authority: number, ladder: number): boolean {
  return results.world.observations.some(
    (row) => row.authority === authority && row.ladder === ladder,
  );
}
