import type { World } from './contract';
import { h } from './ui/dom';

/** Actors that have a name together: those of a region, or the members of an organisation. */
export interface Bloc {
  kind: 'region' | 'org'; // as selectors of scenario files call it
  id: string; // as the scenario has it
  name: string;
  members: number[];
}

/** A code of a table as a name: `ARAB_LEAGUE` as `ARAB LEAGUE`. */
export const orgName = (id: string): string => id.replaceAll('_', ' ');

/** Regions, then organisations, each by name. */
export function blocsOf(world: World): Bloc[] {
  const { actors, blocs = [] } = world;
  const names = [...new Set(actors.map(({ region }) => region))].filter((name) => name !== '');
  const regions = names.map((id): Bloc => {
    const members = actors.flatMap(({ region }, actor) => (region === id ? [actor] : []));
    return { kind: 'region', id, name: id, members };
  });
  const orgs = blocs.map(({ id, members }): Bloc => ({
    kind: 'org', id, name: orgName(id), members,
  }));
  return [regions, orgs].flatMap((list) =>
    list.sort((a, b) => a.name.localeCompare(b.name, 'en')),
  );
}

/** What an option of `blocOptions` is called; no two blocs share it. */
export const blocKey = ({ kind, id }: Pick<Bloc, 'kind' | 'id'>): string => `${kind}:${id}`;

/** Options of a `select`, by kind, with how many actors each has. */
export function blocOptions(blocs: readonly Bloc[]): HTMLElement[] {
  const folder = (label: string, kind: Bloc['kind']): HTMLElement[] => {
    const inside = blocs.filter((bloc) => bloc.kind === kind);
    if (inside.length === 0) return [];
    const options = inside.map((bloc) =>
      h('option', { value: blocKey(bloc) }, `${bloc.name} (${bloc.members.length})`),
    );
    return [h('optgroup', { label }, ...options)];
  };
  return [...folder('Regions', 'region'), ...folder('Organisations', 'org')];
}
