import type { AuthorityLadder } from '../contract';
import { isDark, rungColour } from '../ui/colours';
import { dateText } from '../ui/format';
import type { Cell, Table } from '../ui/table';
import type { PlotSpec } from './plot';
import { stackLayers, visible } from './stack';
import { percentages } from './words';

/** Shares of rungs of one thing, [steps][rungs] per mille. */
export interface Named {
  name: string;
  shares: readonly number[];
}

/** `closed 21 %, open 79 %`: the rungs that have a share at a step, the lowest first. */
export function stackText(
  shares: readonly number[], rungs: readonly string[], step: number,
): string {
  const parts = rungs.map((_, rung) => shares[step * rungs.length + rung] ?? 0);
  const texts = percentages(parts);
  return rungs
    .flatMap((name, rung) => ((parts[rung] ?? 0) > 0 ? [`${name} ${texts[rung] ?? ''}`] : []))
    .join(', ');
}

/** Shares of rungs over time as a stack, the lowest rung at the bottom. */
export function stackSpec(
  shares: readonly number[], rungs: readonly string[], labels: readonly string[], title: string,
  height = 180,
): PlotSpec {
  const dark = isDark();
  return {
    title,
    labels,
    height,
    low: 0,
    high: 1,
    format: (value) => `${Math.round(value * 100)} %`,
    layers: stackLayers(shares, rungs.length)
      .filter(visible)
      .map(({ rung, low, high }) => {
        const last = low.length - 1;
        const named = (high[last] ?? 0) - (low[last] ?? 0) >= 0.01;
        return {
          kind: 'area',
          low,
          high,
          fill: rungColour(rung, rungs.length, dark),
          ...(named ? { label: rungs[rung] ?? '' } : {}),
        };
      }),
    readout: (step) => `${dateText(labels[step] ?? '')}: ${stackText(shares, rungs, step)}`,
  };
}

export function stackTable(
  things: readonly Named[], ladder: AuthorityLadder, labels: readonly string[], what: string,
): Table {
  return {
    columns: ['date', what, ...ladder.rungs.map((rung) => `${rung}, %`)],
    rows: labels.flatMap((label, step) =>
      things.map(({ name, shares }): Cell[] => [
        label,
        name,
        ...ladder.rungs.map((_, rung) => (shares[step * ladder.rungs.length + rung] ?? 0) / 10),
      ]),
    ),
  };
}
