import type { Cell } from './cell';
import { lines } from './words';

const letter = 6.4; // pixels, on average
const line = 13;

interface Box {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function boxOf({ x, y }: Cell, text: readonly string[]): Box {
  const width = Math.max(...text.map(({ length }) => length)) * letter;
  const height = text.length * line;
  return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
}

const apart = (a: Box, b: Box): boolean =>
  a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top;

/** The name of a state in lines that its shape has room for; none where there is no room. */
function fitting({ name, size }: Cell): string[] {
  const text = lines(name, Math.floor(size / 6));
  const box = boxOf({ x: 0, y: 0 } as Cell, text);
  const fits = box.right - box.left < size * 1.15 && text.length * 2 * line < size * 1.3;
  return fits ? text : [];
}

/**
 * Names for the shapes of a picture that have room for one, the greatest first; none runs into
 * another, over the edge, or over what is taken already.
 */
export function namesFor(
  cells: readonly Cell[], width: number, height: number, taken: readonly Cell[] = [],
): Map<Cell, string[]> {
  const names = new Map<Cell, string[]>();
  const boxes = taken.map((cell) => boxOf(cell, [cell.name]));
  const shapes = cells.filter(({ kind, inside }) => kind === 'shape' && inside);
  for (const cell of shapes.sort((a, b) => b.size - a.size)) {
    const text = fitting(cell);
    if (text.length === 0) continue;
    const box = boxOf(cell, text);
    const within = box.left > 0 && box.top > 0 && box.right < width && box.bottom < height;
    if (!within || !boxes.every((other) => apart(box, other))) continue;
    boxes.push(box);
    names.set(cell, text);
  }
  return names;
}
