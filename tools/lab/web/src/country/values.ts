import type { Actor, ActorValue, ParameterInfo, World } from '../contract';

/** What an actor is like, beside all others of its world. */

export interface ValueRow {
  label: string;
  meaning: string;
  unit: string;
  value: number;
  all: number[]; // of every actor that has the parameter
  low: number;
  high: number;
  less: number; // share of the other actors that have less, 0 to 1
  equal: number; // and of those that have as much
}

export interface ValueGroup {
  title: string;
  note: string;
  single: boolean; // of one parameter, which the note explains
  rows: ValueRow[];
}

const groups: { title: string; keys: string[]; note: string }[] = [
  {
    title: 'Weights',
    keys: ['security_weight', 'economic_weight', 'rights_weight', 'alignment_weight',
      'rights_sensitivity', 'attention'],
    note: 'How much each kind of reason counts, and how often the state looks at the matter.',
  },
  {
    title: 'Ties to the authority',
    keys: ['border', 'trade', 'need', 'capability', 'dependence', 'confrontation'],
    note: 'What connects the state with the authority, and with those who withhold recognition.',
  },
  { title: 'Exposure to armed groups', keys: ['exposure'], note: '' },
  { title: 'Interests', keys: ['interest'], note: '' },
  { title: 'Covariates', keys: ['covariate'], note: '' },
];

function ofName(world: World, value: ActorValue): string {
  if (value.of === null) return '';
  const found = [...world.groups, ...world.authorities].find(({ id }) => id === value.of);
  return found?.name ?? value.of.replaceAll('_', ' ');
}

/** Symbols such as `rho:` at the start of a meaning are for the documentation. */
export function plainMeaning(info: ParameterInfo | undefined): string {
  const text = (info?.meaning ?? '').replace(/^[A-Za-z]{1,3}: /, '');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function rowOf(world: World, value: ActorValue, authority: string): ValueRow | null {
  const info = world.parameters.find(({ key }) => key === value.key);
  const of = ofName(world, value);
  const own = world.authorities.some(({ id }) => id === value.of);
  if (own && value.of !== authority) return null; // another authority's
  const all = world.actors.flatMap((other) =>
    other.values.filter((v) => v.key === value.key && v.of === value.of).map((v) => v.value),
  );
  const low = Math.min(info?.low ?? 0, ...all);
  const least = Math.min(...all);
  const greatest = Math.max(...all);
  const others = world.actors.length - 1;
  const share = (found: number): number => (others > 0 ? found / others : 0);
  return {
    label: of && !own ? of : value.key.replaceAll('_', ' '),
    meaning: plainMeaning(info),
    unit: info?.unit === '1' ? '' : (info?.unit ?? ''),
    value: value.value,
    all,
    low: least < 0 ? least : Math.max(low, 0),
    high: greatest > (least < 0 ? least : 0) ? greatest : (info?.high ?? 1),
    less: share(all.filter((other) => other < value.value).length),
    equal: share(all.filter((other) => other === value.value).length - 1),
  };
}

/** Values of an actor in groups; what is left over comes last. */
export function valueGroups(world: World, actor: Actor, authority: string): ValueGroup[] {
  const known = new Set(groups.flatMap(({ keys }) => keys));
  const all = [...groups, {
    title: 'Others',
    keys: [...new Set(actor.values.map(({ key }) => key))].filter((key) => !known.has(key)),
    note: '',
  }];
  return all
    .map(({ title, keys, note }): ValueGroup => {
      const rows = keys.flatMap((key) =>
        actor.values.filter((value) => value.key === key).flatMap((value): ValueRow[] => {
          const row = rowOf(world, value, authority);
          return row ? [row] : [];
        }),
      );
      const one = keys.length === 1 ? (rows[0]?.meaning ?? '') : note;
      const single = keys.length === 1;
      return { title, note: one === '' ? '' : `${one.replace(/\.$/, '')}.`, single, rows };
    })
    .filter(({ rows }) => rows.length > 0);
}

/** Where the value stands among others, in words. */
export function standing(row: ValueRow): string {
  if (row.equal >= 1) return 'the same for all';
  if (row.value === 0 && row.low >= 0) return 'none';
  if (row.equal >= 0.5) return 'as most states';
  if (row.less + row.equal >= 1) return 'the highest';
  if (row.less <= 0) return 'the lowest';
  return `more than ${Math.round(row.less * 100)} % of states`;
}
