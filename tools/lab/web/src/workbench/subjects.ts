import type { World } from '../contract';
import { words } from '../ui/format';

/** What an event can change, and how: the tables of docs/scenario-format.md, "Changes". */

export type Operation = 'set' | 'hold' | 'band' | 'add' | 'scale';
export type Kind = 'rung' | 'rights' | 'posture' | 'number';
export type Of = 'group' | 'sector' | 'covariate';

export interface Subject {
  key: string; // name in a change; of rungs with the ladder: `rung:recognition`
  heading: string; // under which it stands in a list
  label: string;
  kind: Kind;
  operations: Operation[];
  actors: boolean; // moves countries
  towards: boolean; // of a pair of countries
  of: Of | null; // must say of which group, sector or covariate
  authority: boolean; // has one per authority
  lasts: boolean; // `set`, `add` and `scale` may have a duration
  low: number;
  high: number;
  meaning: string;
}

const onRungs: Operation[] = ['set', 'hold', 'band'];
const onStates: Operation[] = ['set', 'add', 'scale', 'hold'];
const onParameters: Operation[] = ['set', 'add', 'scale'];

const none = {
  kind: 'number' as Kind,
  operations: onParameters,
  actors: false,
  towards: false,
  of: null,
  authority: false,
  lasts: true,
  low: 0,
  high: 1,
  meaning: '',
};

type Row = [key: string, of: Of | null, low: number, high: number, meaning: string];

const ofAuthority: Row[] = [
  ['sanctions', null, 0, 1, 'how much of the economic gain sanctions take'],
  ['opposition', null, 0, 1, 'effort of the hegemon against recognition'],
  ['mediation', null, 0, 1, 'effort of third parties to keep coercion down'],
  ['frozen', null, 0, 1, 'share of the reserves that is frozen'],
  ['standing', null, -1, 1, 'what bodies such as the UN add to the drift towards recognition'],
  ['offer', 'sector', 0, 1, 'what the authority has to offer in a sector'],
  ['kinship', 'group', -10, 10, 'cost to the authority of turning against a group'],
  ['enmity', 'group', -10, 10, 'gain to the authority of fighting a group'],
];
const states: Row[] = [
  ['hardliner', null, 0, 1, 'share of hardliners among those who rule'],
  ['distress', null, 0, 1, 'economic distress'],
  ['control', null, 0, 1, 'control of the territory'],
  ['rights_salience', null, 0, 10, 'how much its rights record is in the news'],
];
const ofGroups: Row[] = [
  ['attack_rate', 'group', 0, 1000, 'attacks a year on a fully exposed country'],
  ['threat_floor', 'group', 0, 1, 'threat that is felt without any recent attack'],
];

/** Parameters of countries that have one per authority, group, sector or covariate. */
const rows: Record<string, Of | 'authority'> = {
  border: 'authority',
  need: 'authority',
  confrontation: 'authority',
  exposure: 'group',
  interest: 'sector',
  covariate: 'covariate',
};

function plain(heading: string, [key, of, low, high, meaning]: Row): Subject {
  return { ...none, key, heading, label: words(key), of, low, high, meaning };
}

/** Everything that events of this world can change. */
export function subjects(world: World): Subject[] {
  const countries = 'What countries do';
  const authority = 'The authority';
  const groups = 'Armed groups';
  const weights = 'What counts for countries';
  const rung = { ...none, operations: onRungs, lasts: false };
  const found: Subject[] = [
    ...world.ladders.map((ladder) => ({
      ...rung, key: `rung:${ladder.role}`, heading: countries, label: words(ladder.key),
      kind: 'rung' as const, actors: true, authority: true, meaning: 'where countries stand',
    })),
    {
      ...rung, key: 'rights', heading: authority, label: 'rights policy', kind: 'rights',
      authority: true, meaning: 'how the authority treats rights, women’s first of all',
    },
    {
      ...rung, key: 'posture', heading: authority, label: 'posture towards a group',
      kind: 'posture', of: 'group', authority: true, meaning: 'whether it shelters or fights it',
    },
    ...ofAuthority.map((row) => ({ ...plain(authority, row), authority: true })),
    ...states.map((row) => ({
      ...plain(authority, row), authority: true, operations: onStates, lasts: false,
    })),
    ...ofGroups.map((row) => plain(groups, row)),
    {
      ...plain(groups, ['activity', 'group', 0, 100, 'activity of a group; 1 is usual']),
      operations: onStates, lasts: false,
    },
    {
      ...plain(groups, ['salience', 'group', 0, 10, 'how present its attacks are to a country']),
      operations: onStates, lasts: false, actors: true,
    },
    ...world.parameters.filter(({ key }) => isOfActors(world, key)).map((info) => {
      const per = rows[info.key];
      return {
        ...none, key: info.key, heading: weights, label: words(info.key), actors: true,
        of: per === 'authority' || per === undefined ? null : per,
        authority: per === 'authority', low: info.low, high: info.high, meaning: info.meaning,
      };
    }),
    ...(['alignment', 'rivalry'] as const).map((key) => ({
      ...none, key, heading: 'Relations', label: key, actors: true, towards: true,
      meaning: key === 'rivalry' ? 'quarrel between two' : 'how much one looks to the other',
    })),
  ];
  return found.filter(({ of }) => of === null || names(world, of).length > 0);
}

function isOfActors(world: World, key: string): boolean {
  return world.actors.some((actor) => actor.values.some((value) => value.key === key));
}

/** Groups, sectors or covariates of a world: id and name. */
export function names(world: World, of: Of): { id: string; name: string }[] {
  if (of === 'group') return world.groups;
  const key = of === 'sector' ? 'interest' : 'covariate';
  const values = world.actors[0]?.values ?? [];
  const found = values.filter((value) => value.key === key && value.of !== null);
  return found.map(({ of: id }) => ({ id: id ?? '', name: words(id ?? '') }));
}

/** Rungs that a subject can be set to; empty for a number. */
export function rungsOf(world: World, subject: Subject): string[] {
  if (subject.kind === 'rights') return world.rights.rungs;
  if (subject.kind === 'posture') return world.posture.rungs;
  if (subject.kind === 'number') return [];
  const role = subject.key.split(':')[1];
  return world.ladders.find((ladder) => ladder.role === role)?.rungs ?? [];
}
