import type { Knob, World } from '../contract';

/** Finding one's way among the thousands of numbers of a scenario. */

/** What a knob of a country is called without its country: `actors.override.*.need`. */
export function patternOf(knob: Knob): string {
  if (knob.actor === null) return knob.path;
  const parts = knob.path.split('.');
  const place = parts.lastIndexOf(knob.actor);
  return parts.map((part, n) => (n === place ? '*' : part)).join('.');
}

/** One kind of number that countries have, such as their security weight. */
export interface CountryKnob {
  pattern: string;
  label: string;
  meaning: string;
  unit: string;
  low: number; // least of all countries' limits
  high: number;
  knobs: Map<string, Knob>; // by id of the country
}

export function countryKnobs(knobs: readonly Knob[]): CountryKnob[] {
  const found = new Map<string, CountryKnob>();
  for (const knob of knobs) {
    if (knob.actor === null) continue;
    const pattern = patternOf(knob);
    const { label, meaning, unit, low, high } = knob;
    const kind = found.get(pattern);
    if (kind) {
      kind.low = Math.min(kind.low, low);
      kind.high = Math.max(kind.high, high);
      kind.knobs.set(knob.actor, knob);
    } else {
      const knobs = new Map([[knob.actor, knob]]);
      found.set(pattern, { pattern, label, meaning, unit, low, high, knobs });
    }
  }
  return [...found.values()];
}

export const groupNames: Record<Knob['group'], string> = {
  coefficients: 'How strong each motive is',
  authority: 'The authority',
  groups: 'Armed groups',
  ladders: 'How fast and how dear steps are',
  country: 'Countries',
};

const ofAuthority = (key: string): RegExp => new RegExp(`^authorities\\.[^.]+\\.${key}$`);
const ofTerm = (key: string): RegExp => new RegExp(`^terms\\.${key}\\.coefficient$`);

/** The few that tell most, with names that a newcomer understands, and the term they act by. */
const telling: { path: RegExp; label: string; term: string }[] = [
  { path: ofAuthority('sanctions'), label: 'Sanctions', term: 'economic' },
  { path: ofAuthority('opposition'), label: 'Opposition to recognition', term: 'pressure' },
  { path: ofAuthority('mediation'), label: 'Mediation', term: 'mediation' },
  { path: ofAuthority('frozen'), label: 'Frozen reserves', term: 'rights' },
  { path: ofTerm('security'), label: 'Security motive', term: 'security' },
  { path: ofTerm('rights'), label: 'Rights motive', term: 'rights' },
  { path: ofTerm('alignment'), label: 'Following friends', term: 'alignment' },
  { path: ofTerm('bandwagon'), label: 'Following the crowd', term: 'bandwagon' },
];
const fewest = 6; // with fewer of them, other motives join

/** Whether a motive acts in a world: only those that do have knobs. */
export function acts(world: World, term: string): boolean {
  return world.knobs.some(({ path }) => path === `terms.${term}.coefficient`);
}

export function tellingKnobs(world: World): Knob[] {
  const several = world.authorities.length > 1;
  const found = telling.flatMap(({ path, label, term }) =>
    world.knobs
      .filter((knob) => path.test(knob.path) && acts(world, term))
      .map((knob) => (several && knob.group === 'authority' ? knob : { ...knob, label })),
  );
  const others = world.knobs.filter(
    ({ path }) =>
      /^(terms|covariates)\.[^.]+\.coefficient$/.test(path) &&
      !/\.(baseline|switching)\./.test(path) &&
      !found.some((knob) => knob.path === path),
  );
  return [...found, ...others.slice(0, Math.max(fewest - found.length, 0))];
}

/** What of the first few has no knob: a series of the scenario has the last word on it. */
export function movedBySeries(world: World): string[] {
  return telling
    .filter(({ path, term }) =>
      path.source.startsWith('^authorities') && acts(world, term) &&
      !world.knobs.some((knob) => path.test(knob.path)))
    .map(({ path }) => /(\w+)\$$/.exec(path.source)?.[1] ?? '');
}

/** Knobs whose label, path or meaning holds every word of a text. */
export function search<T extends { label: string; meaning: string }>(
  knobs: readonly T[], text: string,
): T[] {
  const wanted = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
  return knobs.filter((knob) => {
    const path = 'path' in knob ? String(knob.path) : '';
    const all = `${knob.label} ${path} ${knob.meaning}`.toLowerCase();
    return wanted.every((word) => all.includes(word));
  });
}

/** How far a slider moves in one go: 1, 2 or 5 times a power of ten, some 100 to 250 in all. */
export function sliderStep(low: number, high: number): number {
  const rough = (high - low) / 100;
  if (!(rough > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).filter((n) => n <= rough * 1.0001).at(-1);
  return tidy(step ?? power);
}

/** A number without the noise of binary fractions. */
export function tidy(value: number): number {
  return Number(value.toPrecision(6));
}

/** Values of several countries as one text: `0.5`, or `0.2 to 0.8`. */
export function rangeText(values: readonly number[]): string {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.length === 0) return '';
  return low === high ? String(tidy(low)) : `${tidy(low)} to ${tidy(high)}`;
}

/** Paths and values that give every country its own number times a factor, within its limits. */
export function scaled(
  kind: CountryKnob, ids: readonly string[], factor: number,
): Map<string, number> {
  const changes = new Map<string, number>();
  for (const id of ids) {
    const knob = kind.knobs.get(id);
    if (!knob) continue;
    const value = Math.min(Math.max(knob.value * factor, knob.low), knob.high);
    changes.set(knob.path, tidy(value));
  }
  return changes;
}

/**
 * The factor by which `scaled` would make what is set.
 *
 * @param set  number of a path; null: as the scenario has it
 * @return null: there is no such factor
 */
export function factorOf(
  kind: CountryKnob, ids: readonly string[], set: (path: string) => number | null,
): number | null {
  const knobs = ids.flatMap((id) => kind.knobs.get(id) ?? []);
  const now = new Map(knobs.map((knob) => [knob.path, set(knob.path) ?? tidy(knob.value)]));
  for (const { path, value } of knobs) {
    if (value === 0) continue;
    const factor = Math.round(((now.get(path) ?? value) / value) * 1000) / 1000;
    const would = scaled(kind, ids, factor);
    if ([...would].every(([other, number]) => now.get(other) === number)) return factor;
  }
  return knobs.every(({ path, value }) => now.get(path) === tidy(value)) ? 1 : null;
}

/** Paths that give every country the same number; null: what the scenario has. */
export function levelled(
  kind: CountryKnob, ids: readonly string[], value: number | null,
): Map<string, number | null> {
  const changes = new Map<string, number | null>();
  for (const id of ids) {
    const knob = kind.knobs.get(id);
    if (knob) changes.set(knob.path, value === null || value === knob.value ? null : value);
  }
  return changes;
}
