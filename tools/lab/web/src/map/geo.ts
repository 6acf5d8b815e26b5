import { geoAzimuthalEqualArea, geoEqualEarth, geoPath } from 'd3-geo';
import type { GeoProjection } from 'd3-geo';
import type { Place } from './atlas';
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
  { key: 'asia', name: 'South and Central Asia', west: 44, east: 92, south: 10, north: 52 },
  { key: 'gulf', name: 'Gulf', west: 36, east: 61, south: 15, north: 34 },
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
  const margin = 3;
  const box: [[number, number], [number, number]] = [
    [margin, margin], [width - margin, height - margin],
  ];
  if (area.key === 'world') {
    const projection = geoEqualEarth().rotate([-worldCentre, 0]);
    const frame = { ...area, west: worldCentre - 179.99, east: worldCentre + 179.99 };
    const edge = corners(frame);
    edge.coordinates.push([frame.west, 0], [frame.east, 0]);
    return projection.fitExtent(box, edge);
  }
  const { west, east, south, north } = area;
  const projection = geoAzimuthalEqualArea()
    .rotate([-(west + east) / 2, -(south + north) / 2])
    .clipAngle(90);
  return projection.fitExtent(box, corners(area)).clipExtent([[-20, -20], [width + 20, height + 20]]);
}

/** The greatest part of a place in the picture, on which its mark goes. */
function greatest(
  place: Place, path: ReturnType<typeof geoPath>,
): { area: number; centre: [number, number] } {
  let best = { area: 0, centre: [NaN, NaN] as [number, number] };
  for (const coordinates of place.parts) {
    const part = { type: 'Polygon' as const, coordinates };
    const area = path.area(part);
    if (area > best.area) best = { area, centre: path.centroid(part) };
  }
  return best;
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
  for (const place of places) {
    const own = greatest(place, path);
    const coordinates = [...place.parts, ...place.territories];
    const d = coordinates.length ? (path({ type: 'MultiPolygon', coordinates }) ?? '') : '';
    const state = isState(place.id, place.name);
    const needsDot = state && own.area < dot.below;
    const point = own.area > 0 ? own.centre : at(place, projection);
    const inside = point !== null && within(point, width, height);
    const [x, y] = point ?? [NaN, NaN];
    const cell = { id: place.id, name: place.name, x, y, inside };
    if (d) {
      shapes.push({ ...cell, kind: 'shape', d, size: Math.sqrt(own.area), inside: inside && !needsDot });
    }
    if (needsDot && inside) {
      dots.push({ ...cell, kind: 'dot', d: '', size: dot.radius });
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
