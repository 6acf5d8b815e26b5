/** What a chart over time is made of, and the paths that draw it. */

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

function point(x: number, y: number): string {
  return `${Math.round(x * 10) / 10} ${Math.round(y * 10) / 10}`;
}

/** A line through the values that there are, broken where there is none. */
export function linePath(values: Values, x: Place, y: Place, stepped = false): string {
  let path = '';
  let open = false;
  values.forEach((value, step) => {
    if (value === null) {
      open = false;
      return;
    }
    if (!open) path += `M${point(x(step), y(value))}`;
    else if (stepped) path += `H${Math.round(x(step) * 10) / 10}V${Math.round(y(value) * 10) / 10}`;
    else path += `L${point(x(step), y(value))}`;
    open = true;
  });
  return path;
}

/** The surface between two lines, in pieces where a bound is missing. */
export function bandPath(low: Values, high: Values, x: Place, y: Place): string {
  let path = '';
  let piece: number[] = [];
  const close = (): void => {
    if (piece.length > 0) {
      const there = piece.map((step) => point(x(step), y(high[step] as number)));
      const back = [...piece].reverse().map((step) => point(x(step), y(low[step] as number)));
      path += `M${[...there, ...back].join('L')}Z`;
    }
    piece = [];
  };
  for (let step = 0; step < low.length; step += 1) {
    if (low[step] === null || high[step] === null || low[step] === undefined) close();
    else piece.push(step);
  }
  close();
  return path;
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
