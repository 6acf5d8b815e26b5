import { expect, test } from 'vitest';
import { eventTable, eventWhen, packRows, timelineLanes } from '../src/charts/lanes';
import { event, world } from './worlds';

const certain = event('embassy-bomb', { first_step: 1, duration: 2 });
const chance = event('drought', { probability: 0.3 });
const waiting = event('schools', { conditional: true, last_step: 1 });

test('events are sorted by kind and by time', () => {
  const lanes = timelineLanes([waiting, certain, chance], null, 10);
  expect(lanes.map(({ kind, items }) => [kind, items.map(({ event: one }) => one.id)])).toEqual([
    ['scenario', ['embassy-bomb']], ['chance', ['drought']], ['conditional', ['schools']],
  ]);
});

test('a variant shows what it adds, changes and takes out', () => {
  const base = [certain, chance];
  const lanes = timelineLanes([event('new'), { ...chance, probability: 1 }], base, 10);
  expect(lanes.map(({ kind, items }) => [kind, items.map(({ event: one }) => one.id)])).toEqual([
    ['variant', ['new', 'drought']], ['removed', ['embassy-bomb']],
  ]);
});

test('an event acts for its duration, within the time of the run', () => {
  const of = (one: typeof certain) => timelineLanes([one], null, 10)[0]?.items[0];
  expect(of(certain)).toMatchObject({ from: 1, windowTo: 1, activeTo: 2 });
  expect(of(waiting)).toMatchObject({ from: 0, windowTo: 1, activeTo: 9 });
  expect(of(event('long', { first_step: 8, duration: 99 }))).toMatchObject({ activeTo: 9 });
  expect(of(event('open', { conditional: true }))).toMatchObject({ windowTo: 9 });
});

test('boxes share a row where they do not touch', () => {
  const boxes = [{ left: 0, right: 50 }, { left: 20, right: 60 }, { left: 54, right: 90 },
    { left: 55, right: 70 }];
  expect(packRows(boxes, 4)).toEqual([0, 1, 0, 2]);
});

test('when it happens is said in words', () => {
  const at = world();
  expect(eventWhen(certain, at)).toBe('February 2026, for 2 months');
  expect(eventWhen(chance, at)).toBe('January 2026, with probability 30 %');
  expect(eventWhen(waiting, at)).toBe(
    'Between January 2026 and February 2026, once its conditions hold');
  expect(eventWhen(event('x', { conditional: true }), at)).toBe(
    'From January 2026 on, once its conditions hold');
});

test('the table says all of it', () => {
  const table = eventTable(timelineLanes([chance], null, 2), world());
  expect(table.rows).toEqual([
    ['drought', 'by chance', '2026-01', null, null, 0.3, 'no', '', ''],
  ]);
});
