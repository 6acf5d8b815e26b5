import type { Band } from '../contract';
import { decimal } from '../ui/format';
import type { Layer } from './layers';

/** A fan of the world that is shown, and the baseline beside it where that is another. */
export function fan(world: Band, baseline: Band | null, name: string): Layer[] {
  const layers: Layer[] = [];
  const look = baseline ? 'world' : 'baseline';
  if (baseline) {
    layers.push({ kind: 'band', low: baseline.low, high: baseline.high, look: 'baseline' });
  }
  layers.push({ kind: 'band', low: world.low, high: world.high, look });
  if (world.inner_low && world.inner_high) {
    layers.push({
      kind: 'band', low: world.inner_low, high: world.inner_high, look, inner: true,
    });
  }
  if (baseline) {
    layers.push({
      kind: 'line', values: baseline.mean, look: 'baseline', label: 'baseline', dashed: true,
    });
  }
  layers.push({ kind: 'line', values: world.mean, look, label: name });
  return layers;
}

/** `3.2 (90 %: 1 to 6)`. */
export function fanText(band: Band, step: number, digits: number): string {
  const low = decimal(band.low[step] ?? 0, digits);
  const high = decimal(band.high[step] ?? 0, digits);
  return `${decimal(band.mean[step] ?? 0, digits === 0 ? 1 : digits)} (90 %: ${low} to ${high})`;
}
