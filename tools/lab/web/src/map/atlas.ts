import { feature } from 'topojson-client';
import type { Topology } from 'topojson-specification';
import packed from 'virtual:world-shapes';
import { unpackArcs } from './pack';

/** A part of the world that a map can colour. Shapes are rings of [longitude, latitude]. */
export interface Place {
  id: string; // ISO 3166-1 alpha-3; empty where there is none
  name: string;
  parts: [number, number][][][]; // polygons
  territories: [number, number][][][]; // of lands that another state speaks for abroad
  at: [number, number] | null; // of what has no part of its own
}

/** Who speaks abroad for lands that have a code of their own. */
const speaksFor: Record<string, string> = {
  ABW: 'NLD', AIA: 'GBR', ALA: 'FIN', ASM: 'USA', ATF: 'FRA', BLM: 'FRA', BMU: 'GBR', CUW: 'NLD',
  CYM: 'GBR', FLK: 'GBR', FRO: 'DNK', GGY: 'GBR', GRL: 'DNK', GUM: 'USA', HKG: 'CHN', HMD: 'AUS',
  IMN: 'GBR', IOT: 'GBR', JEY: 'GBR', MAC: 'CHN', MAF: 'FRA', MNP: 'USA', MSR: 'GBR', NCL: 'FRA',
  NFK: 'AUS', PCN: 'GBR', PRI: 'USA', PYF: 'FRA', SGS: 'GBR', SHN: 'GBR', SPM: 'FRA', SXM: 'NLD',
  TCA: 'GBR', VGB: 'GBR', VIR: 'USA', WLF: 'FRA',
};

/** What the data file leaves out: a state, and places that some call states. */
const byHand: { id: string; name: string; at: [number, number] }[] = [
  { id: 'TUV', name: 'Tuvalu', at: [179.2, -8.5] },
  { id: '', name: 'Abkhazia', at: [41.02, 43.0] },
  { id: '', name: 'South Ossetia', at: [43.97, 42.23] },
];

/** Where a state's mark goes if not on its greatest part: its capital is far from that. */
export const markAt: Record<string, [number, number]> = { KIR: [173.0, 1.4] };

function read(): Place[] {
  const { scale, translate } = packed;
  const topology: Topology = {
    type: 'Topology',
    transform: { scale, translate },
    arcs: unpackArcs(packed.arcs),
    objects: {},
  };
  const coordinates = (arcs: number[][][]): Place['parts'] => {
    const { geometry } = feature(topology, { type: 'MultiPolygon', arcs });
    return geometry.type === 'MultiPolygon' ? (geometry.coordinates as Place['parts']) : [];
  };
  const places: Place[] = [];
  const territories: Place[] = [];
  const known = new Map<string, Place>();
  for (const { id, name, parts, at } of packed.countries) {
    const place: Place = {
      id, name, parts: coordinates(parts), territories: [], at: at ?? null,
    };
    if (speaksFor[id] !== undefined || known.has(id)) {
      territories.push(place); // a second land of the same code, too
      continue;
    }
    places.push(place);
    if (id) known.set(id, place);
  }
  for (const place of territories) {
    known.get(speaksFor[place.id] ?? place.id)?.territories.push(...place.parts);
  }
  return [...places, ...byHand.map((p) => ({ ...p, parts: [], territories: [] }))];
}

let all: Place[] | null = null;

/** The world's places; unpacked when they are first asked for. */
export function atlas(): Place[] {
  all ??= read();
  return all;
}

/** Whether these actors are on the map of the world: more than half of them. */
export function isWorld(ids: readonly string[]): boolean {
  const known = new Set(atlas().map(({ id }) => id));
  return ids.filter((id) => known.has(id)).length * 2 > ids.length;
}

/** The place that an authority's name speaks of: `Islamic Emirate of Afghanistan`. */
export function homeOf(authority: string): Place | null {
  const named = atlas().filter(({ name }) => authority.includes(name));
  named.sort((a, b) => b.name.length - a.name.length);
  return named[0] ?? null;
}
