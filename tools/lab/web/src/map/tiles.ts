import type { Cell } from './cell';

/** What a tile layout needs of an actor. */
export interface Tiled {
  id: string;
  name: string;
  region: string;
  at: [number, number] | null; // longitude and latitude, where it is on the map
}

export interface TileLayout {
  cells: Cell[];
  headings: { text: string; x: number; y: number }[];
  width: number;
  height: number;
}

const gap = 3;
const heading = 22;

function tile(actor: Tiled, x: number, y: number, width: number, height: number): Cell {
  return {
    id: actor.id,
    name: actor.name,
    kind: 'tile',
    d: `M${x} ${y}h${width}v${height}h-${width}z`,
    x: x + width / 2,
    y: y + height / 2,
    size: width,
    height,
    inside: true,
  };
}

/** Northern rows first, each from west to east; who is on no map comes last, by name. */
export function inRows(actors: readonly Tiled[], columns: number): Tiled[] {
  const byName = [...actors].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  const located = byName.filter(({ at }) => at).sort((a, b) => (b.at?.[1] ?? 0) - (a.at?.[1] ?? 0));
  const rows: Tiled[] = [];
  for (let start = 0; start < located.length; start += columns) {
    const row = located.slice(start, start + columns);
    rows.push(...row.sort((a, b) => (a.at?.[0] ?? 0) - (b.at?.[0] ?? 0)));
  }
  return [...rows, ...byName.filter(({ at }) => !at)];
}

interface Block {
  region: string;
  columns: number;
  column: number; // of the page of tiles, where it begins
  under: string | null; // region that it stands below
}

/** Continents side by side, about as on a map. */
const blocks: readonly Block[] = [
  { region: 'Americas', columns: 5, column: 0, under: null },
  { region: 'Europe', columns: 8, column: 5, under: null },
  { region: 'Africa', columns: 8, column: 5, under: 'Europe' },
  { region: 'Asia', columns: 8, column: 13, under: null },
  { region: 'Oceania', columns: 8, column: 13, under: 'Asia' },
];
const blockColumns = 21;
const between = 0.5; // tiles between blocks that stand side by side

function continents(groups: Map<string, Tiled[]>, width: number): TileLayout {
  const side = width / (blockColumns + 2 * between);
  const high = Math.round(side * 0.82);
  const layout: TileLayout = { cells: [], headings: [], width, height: 0 };
  const ends = new Map<string, number>();
  for (const { region, columns, column, under } of blocks) {
    const actors = inRows(groups.get(region) ?? [], columns);
    const aside = column === 0 ? 0 : column === 5 ? between : 2 * between;
    const left = (column + aside) * side;
    const top = under === null ? 0 : (ends.get(under) ?? 0) + 6;
    layout.headings.push({ text: region, x: left, y: top + heading - 8 });
    actors.forEach((actor, n) => {
      const x = left + (n % columns) * side;
      const y = top + heading + Math.floor(n / columns) * high;
      layout.cells.push(tile(actor, round(x), round(y), round(side - gap), high - gap));
    });
    const end = top + heading + Math.ceil(actors.length / columns) * high;
    ends.set(region, end);
    layout.height = Math.max(layout.height, end);
  }
  return layout;
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** One region below the other; cells are as wide as fits. */
function stacked(
  groups: Map<string, Tiled[]>, width: number, columns: number, high: number,
): TileLayout {
  const side = width / columns;
  const layout: TileLayout = { cells: [], headings: [], width, height: 0 };
  let top = 8; // a star stands out above its tile
  for (const [region, group] of groups) {
    if (region) {
      layout.headings.push({ text: region, x: 0, y: top + heading - 8 });
      top += heading;
    }
    inRows(group, columns).forEach((actor, n) => {
      const x = round((n % columns) * side);
      const y = round(top + Math.floor(n / columns) * high);
      layout.cells.push(tile(actor, x, y, round(side - gap), high - gap));
    });
    top += Math.ceil(group.length / columns) * high + 6;
  }
  layout.height = top;
  return layout;
}

/** Equal cells for all actors, in the pixels that there are. */
export function tileLayout(actors: readonly Tiled[], width: number): TileLayout {
  const groups = new Map<string, Tiled[]>();
  for (const actor of actors) {
    groups.set(actor.region, [...(groups.get(actor.region) ?? []), actor]);
  }
  if (actors.length <= 40) {
    const columns = Math.max(1, Math.min(actors.length, Math.floor(width / 130)));
    return stacked(groups, width, columns, 64);
  }
  const known = [...groups.keys()].every((region) => blocks.some((b) => b.region === region));
  if (known && width >= 620) return continents(groups, width);
  return stacked(groups, width, Math.max(4, Math.floor(width / 44)), 38);
}
