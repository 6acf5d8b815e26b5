/** Shares laid on top of each other. */

export interface StackLayer {
  rung: number;
  low: number[]; // by step, 0 to 1
  high: number[];
}

/** @param shares  [steps][rungs] per mille, flat; what is missing of 1000 goes to the last rung */
export function stackLayers(shares: readonly number[], rungs: number): StackLayer[] {
  const steps = Math.floor(shares.length / rungs);
  const layers: StackLayer[] = [];
  for (let rung = 0; rung < rungs; rung += 1) layers.push({ rung, low: [], high: [] });
  for (let step = 0; step < steps; step += 1) {
    let total = 0;
    for (const layer of layers) {
      layer.low.push(total / 1000);
      total += shares[step * rungs + layer.rung] ?? 0;
      layer.high.push(layer.rung === rungs - 1 ? 1 : Math.min(total, 1000) / 1000);
    }
  }
  return layers;
}

/** Whether a layer is ever thick enough to be seen. */
export function visible(layer: StackLayer): boolean {
  return layer.high.some((high, step) => high - (layer.low[step] ?? 0) >= 0.005);
}
