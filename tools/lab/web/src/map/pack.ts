/** Shapes of a topology in little room: see `packArcs`. */
export interface PackedShapes {
  scale: [number, number]; // degrees per unit
  translate: [number, number];
  arcs: string;
  countries: {
    id: string; // ISO 3166-1 alpha-3, empty where there is none
    name: string;
    parts: number[][][]; // rings of arcs
    at?: [number, number]; // longitude and latitude of what is too small for a part
  }[];
}

export type Arc = [number, number][];

// Six bits a character, none of which needs an escape: five of the number, one for `more`.
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

function packNumber(value: number): string {
  let rest = value < 0 ? -2 * value - 1 : 2 * value;
  let text = '';
  while (rest >= 32) {
    text += alphabet[32 + (rest % 32)];
    rest = Math.floor(rest / 32);
  }
  return text + alphabet[rest];
}

/** Arcs of whole numbers, each as its length and the steps from point to point. */
export function packArcs(arcs: readonly Arc[]): string {
  return arcs.map((arc) => [arc.length, ...arc.flat()].map(packNumber).join('')).join('');
}

/** Undoes `packArcs`. */
export function unpackArcs(text: string): Arc[] {
  const values = new Map([...alphabet].map((letter, n) => [letter, n]));
  let place = 0;
  const next = (): number => {
    let value = 0;
    for (let unit = 1; ; unit *= 32) {
      const digit = values.get(text[place] ?? '');
      if (digit === undefined) throw new RangeError(`no number at ${place}`);
      place += 1;
      value += (digit % 32) * unit;
      if (digit < 32) break;
    }
    return value % 2 === 1 ? -(value + 1) / 2 : value / 2;
  };
  const arcs: Arc[] = [];
  while (place < text.length) {
    const arc: Arc = [];
    for (let left = next(); left > 0; left -= 1) arc.push([next(), next()]);
    arcs.push(arc);
  }
  return arcs;
}
