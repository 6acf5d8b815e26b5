import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import iso from 'i18n-iso-countries';
import { geoArea, geoCentroid } from 'd3-geo';
import { feature, quantize } from 'topojson-client';
import { filter, presimplify, simplify } from 'topojson-simplify';
import type { GeometryCollection, MultiPolygon, Polygon, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';
import { packArcs } from '../src/map/pack';
import type { PackedShapes } from '../src/map/pack';

type Countries = Topology<{ countries: GeometryCollection<{ name: string }> }>;
type Area = Polygon<{ name: string }> | MultiPolygon<{ name: string }>;

const virtual = 'virtual:world-shapes';
const smallest = 0.0015; // square degrees that a corner has to span to stay
const grid = 2e4; // places along each side to which corners are rounded

/** Codes of what the data file leaves without a number of ISO 3166. */
const byName: Record<string, string> = { Kosovo: 'XKX', 'Indian Ocean Ter.': 'AUS' };

function code(id: string | number | undefined, name: string): string {
  const known = id === undefined ? undefined : iso.numericToAlpha3(String(id));
  return known ?? byName[name] ?? '';
}

/** Rings without an inside; what is simplified may shrink to a line or turn inside out. */
function sound(topology: Countries, rings: number[][]): boolean {
  const one = { type: 'Polygon' as const, arcs: rings };
  const polygon = feature(topology, one).geometry;
  const area = geoArea(polygon);
  return area > 0 && area < 2 * Math.PI;
}

function polygons(area: Area): number[][][] {
  return area.type === 'Polygon' ? [area.arcs] : area.arcs;
}

/** Where a state lies that is too small for a shape. */
function centre(source: Countries, name: string): [number, number] {
  const areas = source.objects.countries.geometries as Area[];
  const area = areas.find(({ properties }) => properties?.name === name) as Area;
  const [longitude, latitude] = geoCentroid(feature(source, area));
  return [Math.round(longitude * 1000) / 1000, Math.round(latitude * 1000) / 1000];
}

/** The world's land by state, simple enough to be sent with a page. */
export function worldShapes(): PackedShapes {
  const file = createRequire(import.meta.url).resolve('world-atlas/countries-50m.json');
  const source = JSON.parse(readFileSync(file, 'utf8')) as Countries;
  const areas = source.objects.countries.geometries as Area[];
  const kept: Countries = {
    ...source,
    objects: {
      countries: {
        type: 'GeometryCollection',
        geometries: areas.filter((area) => area.properties?.name !== 'Antarctica'),
      },
    },
  };
  const simple = filter(simplify(presimplify(kept), smallest), () => true);
  const rounded = quantize(simple, grid) as Countries;
  const countries = (rounded.objects.countries.geometries as Area[]).map((area) => {
    const name = area.properties?.name ?? '';
    const parts = polygons(area).filter((rings) => sound(rounded, rings));
    const id = code(area.id, name);
    return parts.length > 0 ? { id, name, parts } : { id, name, parts, at: centre(source, name) };
  });
  const { scale, translate } = rounded.transform as NonNullable<Topology['transform']>;
  return {
    scale: scale as [number, number],
    translate: translate as [number, number],
    arcs: packArcs(rounded.arcs as [number, number][][]),
    countries,
  };
}

/** The module `virtual:world-shapes`: made anew from Natural Earth's shapes at each build. */
export function shapes(): Plugin {
  return {
    name: 'world-shapes',
    resolveId: (id) => (id === virtual ? `\0${virtual}` : null),
    load: (id) =>
      id === `\0${virtual}` ? `export default ${JSON.stringify(worldShapes())};` : null,
  };
}
