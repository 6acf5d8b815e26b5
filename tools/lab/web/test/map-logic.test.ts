import { expect, test } from 'vitest';
import { nearestDot, neighbour, spread } from '../src/map/cell';
import type { Cell } from '../src/map/cell';
import { angle, capOf, vector } from '../src/map/caps';
import { sorted } from '../src/map/list';
import { namesFor } from '../src/map/names';
import { inkOn } from '../src/map/scene';
import { plain, search } from '../src/map/search';
import { inRows, tileLayout } from '../src/map/tiles';
import { ticks } from '../src/map/time';
import { members } from './members';

const cell = (id: string, x: number, y: number, kind: Cell['kind'] = 'shape'): Cell => ({
  id, name: id, kind, d: '', x, y, size: 4, height: 4, inside: true,
});

test('arrows go to the near cell that lies ahead', () => {
  const middle = cell('M', 50, 50);
  const east = cell('E', 60, 52);
  const farEast = cell('F', 90, 50);
  const north = cell('N', 55, 40);
  const cells = [farEast, middle, east, north];
  expect(neighbour(cells, middle, 'right')).toBe(east);
  expect(neighbour(cells, middle, 'up')).toBe(north);
  expect(neighbour(cells, east, 'right')).toBe(farEast);
  expect(neighbour(cells, farEast, 'right')).toBeNull();
  expect(neighbour(cells, middle, 'down')).toBe(east); // nothing is straight below
});

test('arrows pass over what is not in the picture', () => {
  const middle = cell('M', 0, 0);
  const hidden = { ...cell('H', 5, 0), inside: false };
  const next = cell('N', 9, 0);
  expect(neighbour([middle, hidden, next], middle, 'right')).toBe(next);
});

test('arrows reach every tile from every other', () => {
  const layout = tileLayout(
    members.map((id, n) => ({ id, name: id, region: '', at: [n % 20, n / 20] })), 700,
  );
  const seen = new Set<Cell>([layout.cells[0]!]);
  for (const from of seen) {
    for (const direction of ['left', 'right', 'up', 'down'] as const) {
      const to = neighbour(layout.cells, from, direction);
      if (to) seen.add(to);
    }
  }
  expect(seen.size).toBe(members.length);
});

test('a pointer means the nearest dot within reach', () => {
  const dots = [cell('A', 10, 10, 'dot'), cell('B', 16, 10, 'dot'), cell('S', 12, 10)];
  expect(nearestDot(dots, 12, 10, 8)?.id).toBe('A');
  expect(nearestDot(dots, 14, 10, 8)?.id).toBe('B');
  expect(nearestDot(dots, 40, 10, 8)).toBeNull();
});

test('dots are moved apart, and no others', () => {
  const [a, b, far] = spread([{ x: 0, y: 0 }, { x: 1, y: 0 }, { x: 50, y: 50 }], 8);
  expect(Math.hypot(a!.x - b!.x, a!.y - b!.y)).toBeGreaterThanOrEqual(8);
  expect(a!.x + b!.x).toBeCloseTo(1);
  expect(far).toEqual({ x: 50, y: 50 });
  const same = spread([{ x: 3, y: 3 }, { x: 3, y: 3 }], 8);
  expect(Math.hypot(same[0]!.x - same[1]!.x, same[0]!.y - same[1]!.y)).toBeGreaterThanOrEqual(8);
});

test('a cap holds the ring that it is of', () => {
  const ring = [[170, -10], [-170, -10], [-170, 10], [170, 10], [170, -10]];
  const cap = capOf(ring);
  expect(angle(cap.middle, vector([180, 0]))).toBeLessThan(0.06);
  expect(cap.radius).toBeGreaterThan((10 * Math.PI) / 180);
  expect(cap.radius).toBeLessThan((18 * Math.PI) / 180);
  expect(angle(vector([0, 90]), vector([12, -90]))).toBeCloseTo(Math.PI);
});

const states = [
  { id: 'CIV', name: 'Ivory Coast' }, { id: 'STP', name: 'São Tomé and Príncipe' },
  { id: 'GIN', name: 'Guinea' }, { id: 'GNQ', name: 'Equatorial Guinea' },
  { id: 'PNG', name: 'Papua New Guinea' }, { id: 'TUR', name: 'Türkiye' },
  { id: 'IRN', name: 'Iran' }, { id: 'IRL', name: 'Ireland' },
];
const names = (query: string): string[] =>
  search(states, query).map((place) => states[place]!.id);

test('search passes over marks and case', () => {
  expect(plain(' São Tomé ')).toBe('sao tome');
  expect(names('sao tome')).toEqual(['STP']);
  expect(names('TURKIYE')).toEqual(['TUR']);
});

test('search knows codes and other names', () => {
  expect(names('png')).toEqual(['PNG']);
  expect(names('Côte d’Iv')).toEqual(['CIV']);
  expect(names('turkey')).toEqual(['TUR']);
  expect(names('IRL')).toEqual(['IRL']);
});

test('whole names come before words of names', () => {
  expect(names('guinea')).toEqual(['GIN', 'GNQ', 'PNG']);
  expect(names('ir')).toEqual(['IRN', 'IRL']);
  expect(names('')).toEqual([]);
  expect(names('zzz')).toEqual([]);
});

test('tiles stand in rows from the north, each from west to east', () => {
  const tile = (id: string, longitude: number, latitude: number) => ({
    id, name: id, region: 'Europe', at: [longitude, latitude] as [number, number],
  });
  const rows = inRows(
    [tile('SE', 20, 40), tile('NE', 20, 60), tile('NW', -5, 55), tile('SW', -5, 42)], 2,
  );
  expect(rows.map(({ id }) => id)).toEqual(['NW', 'NE', 'SW', 'SE']);
});

test('tiles do not overlap and stay within the width', () => {
  const regions = ['Africa', 'Americas', 'Asia', 'Europe', 'Oceania'];
  const actors = members.map((id, n) => ({ id, name: id, region: regions[n % 5]!, at: null }));
  for (const [count, width] of [[193, 750], [193, 360], [10, 750], [10, 360]] as const) {
    const { cells, height } = tileLayout(actors.slice(0, count), width);
    expect(cells).toHaveLength(count);
    for (const a of cells) {
      expect(a.x + a.size / 2).toBeLessThanOrEqual(width + 0.5);
      expect(a.y + a.height / 2).toBeLessThanOrEqual(height);
      for (const b of cells) {
        if (a === b) continue;
        const apart =
          Math.abs(a.x - b.x) >= (a.size + b.size) / 2 ||
          Math.abs(a.y - b.y) >= (a.height + b.height) / 2;
        expect(apart).toBe(true);
      }
    }
  }
});

test('years are marked where they begin', () => {
  const labels = Array.from({ length: 29 }, (_, n) => {
    const month = n + 10; // from November 2021 on
    return `${2021 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
  });
  expect(ticks(labels, 8)).toEqual([
    { step: 2, text: '2022' }, { step: 14, text: '2023' }, { step: 26, text: '2024' },
  ]);
  expect(ticks(['2020-01', '2021-01', '2022-01', '2023-01'], 2).map(({ text }) => text)).toEqual([
    '2020', '2022',
  ]);
});

test('the list runs from the highest rung down, the surest first', () => {
  const row = (name: string, shown: number, value: number) => ({
    actor: 0, name, region: '', shown, value,
  });
  const rows = [row('B', 1, 900), row('A', 4, 500), row('C', 4, 800), row('D', -1, 0)];
  expect(sorted(rows, 'shown', false).map(({ name }) => name)).toEqual(['C', 'A', 'B', 'D']);
  expect(sorted(rows, 'name', true).map(({ name }) => name)).toEqual(['D', 'C', 'B', 'A']);
});

test('names stand where there is room, and the greatest comes first', () => {
  const land = (id: string, x: number, y: number, size: number): Cell => ({
    ...cell(id, x, y), size, height: size,
  });
  const great = land('Great Steppe', 100, 50, 90);
  const beside = land('Neighbour', 120, 50, 80); // its name would run into the other one
  const small = land('Smalland', 300, 50, 20); // no room
  const edge = land('Edgeland', 8, 150, 90); // would run over the edge
  const south = land('South', 100, 150, 60);
  const names = namesFor([south, small, beside, great, edge], 400, 200);
  expect([...names.keys()]).toEqual([great, south]);
  expect(names.get(great)).toEqual(['Great Steppe']);
  expect(namesFor([great], 400, 200, [{ ...great, name: 'Home' }]).size).toBe(0);
});

test('text on a colour is black or white, as it can be read', () => {
  expect(inkOn('rgb(253 231 37)')).toBe('#000');
  expect(inkOn('rgb(68 1 84)')).toBe('#fff');
});
