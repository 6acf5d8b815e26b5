/** Letters without marks and case: `Côte d’Ivoire` as `cote d'ivoire`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’`]/g, "'")
    .toLowerCase()
    .trim();
}

export interface Named {
  id: string;
  name: string;
}

/** Other names by which people look for a state. */
const others: Record<string, string> = {
  ARE: 'UAE, Emirates', BIH: 'Herzegovina', CIV: "Cote d'Ivoire", COD: 'DRC, Zaire, Kinshasa',
  COG: 'Brazzaville', CPV: 'Cape Verde, Cabo Verde', CZE: 'Czech Republic, Czechia',
  GBR: 'UK, Great Britain, England', KOR: 'ROK, South Korea, Republic of Korea',
  LAO: 'Laos', MKD: 'Macedonia', MMR: 'Burma, Myanmar', NLD: 'Holland',
  PRK: 'DPRK, North Korea', SWZ: 'Swaziland, Eswatini', TLS: 'East Timor, Timor-Leste',
  TUR: 'Turkey, Türkiye', USA: 'US, America', VAT: 'Holy See',
};

/** How well a name answers; less is better, null: not at all. */
function rank(actor: Named, query: string): number | null {
  const name = plain(actor.name);
  const id = plain(actor.id);
  if (id === query || name === query) return 0;
  if (name.startsWith(query)) return 1;
  if (name.split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(query))) return 2;
  if (id.startsWith(query)) return 3;
  const also = plain(others[actor.id] ?? '').split(', ');
  if (also.some((other) => other.startsWith(query))) return 3;
  return name.includes(query) ? 4 : null;
}

/** Places of those whose name or code answers the query, best first, then by name. */
export function search(actors: readonly Named[], query: string): number[] {
  const wanted = plain(query);
  if (wanted === '') return [];
  const found: { place: number; rank: number; name: string }[] = [];
  actors.forEach((actor, place) => {
    const fit = rank(actor, wanted);
    if (fit !== null) found.push({ place, rank: fit, name: plain(actor.name) });
  });
  found.sort((a, b) => a.rank - b.rank || a.name.localeCompare(b.name, 'en'));
  return found.map(({ place }) => place);
}
