import { expect, test } from 'vitest';
import { blocKey, blocsOf } from '../src/blocs';
import type { World } from '../src/contract';
import { nobody, whoValue } from '../src/workbench/event_form';
import { withBloc } from '../src/workbench/who';
import { world } from './worlds';

const regions = ['South', 'North', 'South'];
const known = world({
  actors: world().actors.map((actor, n) => ({ ...actor, region: regions[n] ?? '' })),
  blocs: [{ id: 'ZONE', members: [0, 1] }, { id: 'ARAB_LEAGUE', members: [1, 2] }],
});
const bloc = (key: string): ReturnType<typeof blocsOf>[number] => {
  const found = blocsOf(known).find((other) => blocKey(other) === key);
  if (!found) throw new Error(key);
  return found;
};

test('regions come first, then organisations, by name', () => {
  expect(blocsOf(known)).toEqual([
    { kind: 'region', id: 'North', name: 'North', members: [1] },
    { kind: 'region', id: 'South', name: 'South', members: [0, 2] },
    { kind: 'org', id: 'ARAB_LEAGUE', name: 'ARAB LEAGUE', members: [1, 2] },
    { kind: 'org', id: 'ZONE', name: 'ZONE', members: [0, 1] },
  ]);
});

test('a world without regions and organisations has none, whether it says so or not', () => {
  expect(blocsOf(world())).toEqual([]);
  const { blocs: _, ...older } = world();
  expect(blocsOf(older as World)).toEqual([]);
});

test('an event names an organisation as selectors do', () => {
  const once = withBloc(nobody(), bloc('org:ARAB_LEAGUE'), known, true);
  expect(whoValue(once)).toEqual({ org: 'ARAB_LEAGUE' });
  const more = withBloc(withBloc(once, bloc('org:ARAB_LEAGUE'), known, true), bloc('region:South'),
    known, true);
  expect(whoValue(more)).toEqual({ org: 'ARAB_LEAGUE', region: 'South' });
});

test('knobs take the members of a bloc, each once', () => {
  const some = { ...nobody(), ids: ['BBB'] };
  expect(withBloc(some, bloc('org:ARAB_LEAGUE'), known, false).ids).toEqual(['BBB', 'CCC']);
  expect(withBloc(some, bloc('region:South'), known, false).ids).toEqual(['BBB', 'AAA', 'CCC']);
});
