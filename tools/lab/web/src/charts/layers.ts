/** What a chart over time is made of, and the paths that draw it. */

import { area, curveLinear, curveStepAfter, line } from 'd3-shape';

export type Values = readonly (number | null)[];

/** Which world or source a mark speaks of; colours and dashes follow from it. */
export type Look = 'world' | 'baseline' | 'observed' | 'follow' | 'quiet';

export interface LineLayer {
  kind: 'line';
  values: Values;
  look: Look;
  label?: string;
  /** A value holds until the next one. */
  stepped?: boolean;
  dashed?: boolean;
}

export interface BandLayer {
  kind: 'band';
  low: Values;
  high: Values;
  look: Look;
  inner?: boolean;
}

/** A filled layer of a stack. */
export interface AreaLayer {
  kind: 'area';
  low: readonly number[];
  high: readonly number[];
  fill: string;
  label?: string;
}

export type Layer = LineLayer | BandLayer | AreaLayer;

type Place = (value: number) => number;

/** A line through the values that there are, broken where there is none. */
export function linePath(values: Values, x: Place, y: Place, stepped = false): string {
  const draw = line<number | null>()
    .defined((value) => value !== null)
    .x((_, step) => x(step))
    .y((value) => y(value ?? 0))
    .curve(stepped ? curveStepAfter : curveLinear)
    .digits(1);
  return draw(values) ?? '';
}

/** The surface between two lines, in pieces where a bound is missing. */
export function bandPath(low: Values, high: Values, x: Place, y: Place): string {
  const draw = area<number | null>()
    .defined((value, step) => value !== null && high[step] !== null)
    .x((_, step) => x(step))
    .y0((value) => y(value ?? 0))
    .y1((_, step) => y(high[step] ?? 0))
    .digits(1);
  return draw(low) ?? '';
}

/** Greatest and least value of layers, nothing left out. */
export function extent(layers: readonly Layer[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  const take = (values: Values): void => {
    for (const value of values) {
      if (value === null) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  };
  for (const layer of layers) {
    if (layer.kind === 'line') take(layer.values);
    else {
      take(layer.low);
      take(layer.high);
    }
  }
  return low > high ? [0, 1] : [low, high];
}
