import { geoAzimuthalEqualArea, geoEqualEarth, geoPath } from 'd3-geo';
import type { GeoProjection } from 'd3-geo';
import { markAt } from './atlas';
import type { Place } from './atlas';
import { meets, vector } from './caps';
import type { Cap } from './caps';
import type { Cell } from './cell';
import { dotPath, spread } from './cell';

/** A part of the world to look at: its corners in degrees. */
export interface Area {
  key: string;
  name: string;
  west: number;
  east: number; // beyond 180 across the date line
  south: number;
  north: number;
}

export const areas: readonly Area[] = [
  { key: 'world', name: 'World', west: -180, east: 180, south: -57, north: 84 },
  { key: 'asia', name: 'South and Central Asia', west: 44, east: 92, south: 5, north: 52 },
  { key: 'gulf', name: 'Gulf', west: 40, east: 62, south: 14, north: 31 },
  { key: 'europe', name: 'Europe', west: -11, east: 37, south: 35, north: 66 },
  { key: 'caribbean', name: 'Caribbean', west: -87, east: -58, south: 9, north: 27 },
  { key: 'pacific', name: 'Pacific', west: 132, east: 204, south: -23, north: 16 },
];

const worldCentre = 11; // keeps the far east of Russia in one piece

function corners({ west, east, south, north }: Area): GeoJSON.MultiPoint {
  const coordinates: [number, number][] = [];
  for (let step = 0; step <= 8; step += 1) {
    const longitude = west + ((east - west) * step) / 8;
    coordinates.push([longitude, south], [longitude, north]);
  }
  return { type: 'MultiPoint', coordinates };
}

/** Shapes of equal area: nobody looks greater than they are. */
export function projectionOf(area: Area, width: number, height: number): GeoProjection {
  const margin = Math.round(width / 100);
  const box: [[number, number], [number, number]] = [
    [2, margin], [width - 2, height - margin],
  ];
  if (area.key === 'world') {
    const projection = geoEqualEarth().rotate([-worldCentre, 0]).precision(0);
    // All land stands within these: the wide ocean east of the date line has no state of its own.
    const frame = { ...area, west: worldCentre - 160, east: worldCentre + 177 };
    const edge = corners({ ...frame, west: worldCentre - 179, east: worldCentre + 179 });
    const middle: [number, number][] = [[frame.west, 0], [frame.east, 0]];
    const all = edge.coordinates.filter(([, y]) => Math.abs(y ?? 0) > 50);
    return projection.fitExtent(box, { type: 'MultiPoint', coordinates: [...all, ...middle] });
  }
  const { west, east, south, north } = area;
  const projection = geoAzimuthalEqualArea()
    .rotate([-(west + east) / 2, -(south + north) / 2])
    .clipAngle(90)
    .precision(0); // shapes have points enough
  const around = 20;
  return projection
    .fitExtent(box, corners(area))
    .clipExtent([[-around, -around], [width + around, height + around]]);
}

/** All that may be in a picture. A dot further off does not matter. */
function seen(area: Area, projection: GeoProjection, width: number, height: number): Cap {
  const longitude = (area.west + area.east) / 2;
  const middle = vector([longitude, (area.south + area.north) / 2]);
  if (area.key === 'world') return { middle, radius: Math.PI };
  // Half the diagonal is 2 sin(radius / 2) of the globe's radius in this projection.
  const half = (Math.hypot(width, height) + 60) / 2 / projection.scale();
  return { middle, radius: 2 * Math.asin(Math.min(half / 2, 1)) + 0.02 };
}

type Parts = Place['parts'];

/** The greatest of parts in the picture, on which the mark goes. */
function greatest(
  parts: Parts, path: ReturnType<typeof geoPath>,
): { area: number; centre: [number, number] } {
  let area = 0;
  let found: GeoJSON.Polygon | null = null;
  for (const coordinates of parts) {
    const part = { type: 'Polygon' as const, coordinates };
    const size = path.area(part);
    if (size > area) [area, found] = [size, part];
  }
  return { area, centre: found ? path.centroid(found) : [NaN, NaN] };
}

/** Where and how great a dot is for a state too small for its shape; and below which size. */
export interface DotRule {
  radius: number;
  below: number; // square pixels
}

/**
 * Places in the picture. States get a dot where their shape is too small to be seen.
 * @param isState  whether an id is one that needs to be seen
 */
export function worldCells(
  places: readonly Place[], area: Area, width: number, height: number,
  isState: (id: string, name: string) => boolean, dot: DotRule,
): Cell[] {
  const projection = projectionOf(area, width, height);
  const path = geoPath(projection);
  path.digits(1);
  const shapes: Cell[] = [];
  const dots: Cell[] = [];
  const view = seen(area, projection, width, height);
  const all = view.radius >= Math.PI;
  const inView = (parts: Parts): Parts => (all ? parts : parts.filter((part) => meets(part, view)));
  for (const place of places) {
    const parts = inView(place.parts);
    const own = greatest(parts, path);
    const coordinates = [...parts, ...inView(place.territories)];
    const d = coordinates.length ? (path({ type: 'MultiPolygon', coordinates }) ?? '') : '';
    const state = isState(place.id, place.name);
    const needsDot = state && own.area < dot.below;
    const capital = markAt[place.id];
    const point = capital ? projection(capital) : own.area > 0 ? own.centre : at(place, projection);
    const inside = point !== null && within(point, width, height);
    const [x, y] = point ?? [NaN, NaN];
    const cell = { id: place.id, name: place.name, x, y, inside };
    const size = Math.sqrt(own.area);
    const marked = inside && !needsDot;
    if (d) shapes.push({ ...cell, kind: 'shape', d, size, height: size, inside: marked });
    if (needsDot && inside) {
      dots.push({ ...cell, kind: 'dot', d: '', size: dot.radius, height: dot.radius });
    }
  }
  const placed = spread(dots, 2 * dot.radius + 1);
  return [...shapes, ...placed.map((c) => ({ ...c, d: dotPath(c.x, c.y, dot.radius) }))];
}

function at(place: Place, projection: GeoProjection): [number, number] | null {
  if (place.at) return projection(place.at);
  const first = place.parts[0]?.[0]?.[0];
  return first ? projection(first) : null;
}

function within([x, y]: [number, number], width: number, height: number): boolean {
  return x >= 2 && y >= 2 && x <= width - 2 && y <= height - 2;
}
