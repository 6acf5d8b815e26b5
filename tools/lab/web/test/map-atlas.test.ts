import { geoArea } from 'd3-geo';
import { expect, test } from 'vitest';
import { worldShapes } from '../build/shapes';
import { atlas, homeOf, isWorld } from '../src/map/atlas';
import { areas, worldCells } from '../src/map/geo';
import { unpackArcs, packArcs } from '../src/map/pack';
import { members } from './members';

const world = areas.find(({ key }) => key === 'world')!;
const region = (key: string) => areas.find((area) => area.key === key)!;
const isState = (id: string) => members.includes(id);
const dot = { radius: 3.8, below: 14 };

test('arcs come back as they were packed', () => {
  const arcs: [number, number][][] = [
    [[0, 0], [-1, 1], [15, -16], [31, -32]], [[19999, -20000], [1, 0]],
  ];
  expect(unpackArcs(packArcs(arcs))).toEqual(arcs);
  expect(packArcs(arcs)).toMatch(/^[A-Za-z0-9_-]+$/);
});

test('a text that is no arcs is refused', () => {
  expect(() => unpackArcs('E')).toThrow(RangeError);
});

test('the shapes take no more room than a page has for them', () => {
  expect(JSON.stringify(worldShapes()).length).toBeLessThan(190_000);
});

test('every member of the United Nations has a place', () => {
  const known = new Set(atlas().map(({ id }) => id));
  expect(members).toHaveLength(193);
  expect(members.filter((id) => !known.has(id))).toEqual([]);
});

test('every member has a shape or a dot on the map of the world', () => {
  for (const width of [360, 800, 1100]) {
    const cells = worldCells(atlas(), world, width, width * 0.475, isState, dot);
    const reached = new Set(cells.filter(({ inside }) => inside).map(({ id }) => id));
    expect(members.filter((id) => !reached.has(id))).toEqual([]);
  }
});

test('codes that the data file leaves out are known', () => {
  const named = new Map(atlas().map(({ name, id }) => [name, id]));
  expect(named.get('Kosovo')).toBe('XKX');
  expect(named.get('Tuvalu')).toBe('TUV');
  expect(named.get('Somaliland')).toBe('');
  expect(named.has('Antarctica')).toBe(false);
});

test('a code stands for one place only', () => {
  const ids = atlas().map(({ id }) => id).filter(Boolean);
  expect(new Set(ids).size).toBe(ids.length);
});

test('lands of another state go with it', () => {
  const places = new Map(atlas().map((place) => [place.id, place]));
  expect(places.has('GRL')).toBe(false);
  expect(places.get('DNK')?.territories.length).toBeGreaterThan(0);
  expect(places.get('AUS')?.territories.length).toBeGreaterThan(0); // a second 036
});

test('no part is turned inside out', () => {
  for (const { parts } of atlas()) {
    for (const coordinates of parts) {
      expect(geoArea({ type: 'Polygon', coordinates })).toBeLessThan(2 * Math.PI);
    }
  }
});

test('small states are dots in the world and shapes nearby', () => {
  const kinds = (key: string, id: string): string[] =>
    worldCells(atlas(), region(key), 900, 430, isState, dot)
      .filter((cell) => cell.id === id && cell.inside)
      .map(({ kind }) => kind);
  expect(kinds('world', 'QAT')).toEqual(['dot']);
  expect(kinds('gulf', 'QAT')).toEqual(['shape']);
  expect(kinds('world', 'LUX')).toEqual(['dot']);
  expect(kinds('europe', 'LUX')).toEqual(['shape']);
});

test('views hold the states that they are for', () => {
  const wanted = {
    gulf: ['BHR', 'QAT', 'KWT', 'ARE', 'OMN', 'SAU', 'YEM'],
    caribbean: [
      'ATG', 'BHS', 'BRB', 'CUB', 'DMA', 'DOM', 'GRD', 'HTI', 'JAM', 'KNA', 'LCA', 'TTO', 'VCT',
    ],
    pacific: ['FJI', 'FSM', 'KIR', 'MHL', 'NRU', 'PLW', 'PNG', 'SLB', 'TON', 'TUV', 'VUT', 'WSM'],
    europe: ['AND', 'LIE', 'LUX', 'MCO', 'MLT', 'SMR', 'CYP'],
    asia: ['PAK', 'IRN', 'TKM', 'UZB', 'TJK', 'KGZ', 'KAZ', 'IND', 'NPL', 'BTN', 'LKA'],
  };
  for (const [key, ids] of Object.entries(wanted)) {
    for (const [width, height] of [[750, 356], [350, 262]] as const) {
      const cells = worldCells(atlas(), region(key), width, height, isState, dot);
      const inside = cells.filter((cell) => cell.inside).map(({ id }) => id);
      expect(ids.filter((id) => !inside.includes(id))).toEqual([]);
    }
  }
});

test('dots do not cover one another', () => {
  const dots = worldCells(atlas(), world, 800, 380, isState, dot).filter((c) => c.kind === 'dot');
  expect(dots.length).toBeGreaterThan(40);
  for (const a of dots) {
    for (const b of dots) {
      if (a !== b) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(2 * dot.radius);
    }
  }
});

test('an authority is at the place that its name speaks of', () => {
  expect(homeOf('Islamic Emirate of Afghanistan')?.id).toBe('AFG');
  expect(homeOf('Republic of Kosovo')?.id).toBe('XKX');
  expect(homeOf('Republic of Abkhazia')?.name).toBe('Abkhazia');
  expect(homeOf('Council of Karst')).toBeNull();
});

test('invented states are on no map', () => {
  expect(isWorld(members)).toBe(true);
  // One of these is the code of a real state, too.
  expect(isWorld(['HEG', 'LIB', 'ALB', 'MED', 'GIA', 'REB', 'STE', 'FOR'])).toBe(false);
});
