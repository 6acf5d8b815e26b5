/** Shares laid on top of each other. */

import { stack } from 'd3-shape';

export interface StackLayer {
  rung: number;
  low: number[]; // by step, 0 to 1
  high: number[];
}

/** @param shares  [steps][rungs] per mille, flat; what is missing of 1000 goes to the last rung */
export function stackLayers(shares: readonly number[], rungs: number): StackLayer[] {
  const rows = Array.from({ length: Math.floor(shares.length / rungs) }, (_, step) => {
    const below = shares.slice(step * rungs, (step + 1) * rungs - 1);
    return [...below, 1000 - below.reduce((sum, share) => sum + share, 0)];
  });
  const lay = stack<unknown, number[], number>()
    .keys(Array.from({ length: rungs }, (_, rung) => rung))
    .value((row, rung) => row[rung] ?? 0);
  return lay(rows).map((layer) => ({
    rung: layer.key,
    low: layer.map(([low]) => low / 1000),
    high: layer.map(([, high]) => high / 1000),
  }));
}

/** Whether a layer is ever thick enough to be seen. */
export function visible(layer: StackLayer): boolean {
  return layer.high.some((high, step) => high - (layer.low[step] ?? 0) >= 0.005);
}
