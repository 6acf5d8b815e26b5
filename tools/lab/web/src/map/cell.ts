/** What a picture of the world is made of: the shape, the dot or the tile of one place. */
export interface Cell {
  id: string; // ISO 3166-1 alpha-3, or the actor's id; empty where there is none
  name: string;
  kind: 'shape' | 'dot' | 'tile';
  d: string; // SVG path, in pixels
  x: number; // middle of its greatest part
  y: number;
  /** Pixels: side of a square as great as the shape, radius of a dot, width of a tile. */
  size: number;
  height: number; // of a tile; else as `size`
  inside: boolean; // whether its middle is in the picture
}

/** A circle as a path. */
export function dotPath(x: number, y: number, radius: number): string {
  const [left, middle, across] = [x - radius, y, 2 * radius].map((v) => Math.round(v * 10) / 10);
  const arc = `a${radius} ${radius} 0 1 0`;
  return `M${left} ${middle}${arc} ${across} 0${arc} -${across} 0z`;
}

/** Moves what stands on one another apart, no further than needed: until `gap` lies between. */
export function spread<T extends { x: number; y: number }>(points: readonly T[], gap: number): T[] {
  const placed = points.map((point) => ({ ...point }));
  for (let round = 0; round < 80; round += 1) {
    let moved = false;
    for (let i = 0; i < placed.length; i += 1) {
      for (let j = i + 1; j < placed.length; j += 1) {
        const a = placed[i] as T;
        const b = placed[j] as T;
        let dx = b.x - a.x;
        let dy = b.y - a.y;
        let distance = Math.hypot(dx, dy);
        if (distance >= gap) continue;
        if (distance === 0) [dx, dy, distance] = [1, 0, 1];
        const push = (gap - Math.hypot(b.x - a.x, b.y - a.y)) / 2 + 0.05;
        a.x -= (dx / distance) * push;
        a.y -= (dy / distance) * push;
        b.x += (dx / distance) * push;
        b.y += (dy / distance) * push;
        moved = true;
      }
    }
    if (!moved) break;
  }
  return placed;
}

/** The cell that a pointer means: the nearest dot within reach, else what is drawn there. */
export function nearestDot(
  cells: readonly Cell[], x: number, y: number, within: number,
): Cell | null {
  let best: Cell | null = null;
  let least = within;
  for (const cell of cells) {
    if (cell.kind !== 'dot') continue;
    const distance = Math.hypot(cell.x - x, cell.y - y);
    if (distance <= least) {
      best = cell;
      least = distance;
    }
  }
  return best;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/**
 * The cell to go to from another one: the near one that lies most in the direction. Sideways steps
 * count double; what lies more aside than ahead is no candidate, unless nothing else is there.
 */
export function neighbour(cells: readonly Cell[], from: Cell, direction: Direction): Cell | null {
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'right' || direction === 'down' ? 1 : -1;
  let best: Cell | null = null;
  let least = Infinity;
  for (const cell of cells) {
    if (cell === from || !cell.inside) continue;
    const dx = cell.x - from.x;
    const dy = cell.y - from.y;
    const ahead = sign * (horizontal ? dx : dy);
    const aside = Math.abs(horizontal ? dy : dx);
    if (ahead <= 0) continue;
    const cost = ahead + 2 * aside + (aside > ahead ? 1e5 : 0);
    if (cost < least) {
      best = cell;
      least = cost;
    }
  }
  return best;
}
