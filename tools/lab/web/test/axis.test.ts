import { describe, expect, test } from 'vitest';
import { dateTicks, niceTicks, scale, spread } from '../src/charts/axis';

const monthsFrom = (year: number, month: number, count: number): string[] =>
  Array.from({ length: count }, (_, n) => {
    const at = year * 12 + month - 1 + n;
    return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
  });

describe('dates on the axis', () => {
  test('years stand at January where there is little room', () => {
    expect(dateTicks(monthsFrom(2021, 8, 53), 300)).toEqual([
      { step: 5, text: '2022' },
      { step: 17, text: '2023' },
      { step: 29, text: '2024' },
      { step: 41, text: '2025' },
    ]);
  });
  test('months are named where there is room; the year comes with January', () => {
    expect(dateTicks(monthsFrom(2025, 11, 4), 600)).toEqual([
      { step: 0, text: 'Nov 2025' },
      { step: 1, text: 'Dec' },
      { step: 2, text: 'Jan 2026' },
      { step: 3, text: 'Feb' },
    ]);
  });
  test('days of one month are named by their day', () => {
    const ticks = dateTicks(['2024-03-05', '2024-03-06', '2024-03-07'], 300);
    expect(ticks.map(({ text }) => text)).toEqual(['5 Mar 2024', '6 Mar', '7 Mar']);
  });
  test('a month of weeks is marked at the first week that begins in it', () => {
    const weeks = ['2024-01-22', '2024-01-29', '2024-02-05', '2024-02-12', '2024-02-19',
      '2024-02-26', '2024-03-04'];
    expect(dateTicks(weeks, 200)).toEqual([
      { step: 2, text: 'Feb 2024' },
      { step: 6, text: 'Mar' },
    ]);
  });
  test('a month never stands without its year where years pass between', () => {
    expect(dateTicks(monthsFrom(2026, 3, 60), 90).map(({ text }) => text)).toEqual(
      ['Mar 2026']);
    expect(dateTicks(monthsFrom(2026, 3, 20), 160).map(({ text }) => text)).toEqual(
      ['Mar 2026', 'Jan 2027']);
  });
  test('other labels are taken as they are, never more than there is room for', () => {
    expect(dateTicks(['a', 'b', 'c', 'd', 'e'], 250).map(({ step }) => step)).toEqual([0, 2, 4]);
  });
});

describe('values on the axis', () => {
  test('ticks are round and enclose the values', () => {
    expect(niceTicks(0, 47, 4)).toEqual([0, 20, 40, 60]);
    expect(niceTicks(-0.3, 1.1, 4)).toEqual([-0.5, 0, 0.5, 1, 1.5]);
    expect(niceTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  });
  test('one value alone still has an axis', () => {
    expect(niceTicks(2, 2, 4)).toEqual([2, 3]);
  });
  test('a scale maps ends to ends, and a point to the middle', () => {
    const x = scale(10, 20, 0, 100);
    expect([x(10), x(15), x(20)]).toEqual([0, 50, 100]);
    expect(scale(1, 1, 0, 100)(1)).toBe(50);
  });
});

describe('labels that would overlap', () => {
  test('move apart, in their order', () => {
    expect(spread([50, 48, 10], 14, 0, 100)).toEqual([62, 48, 10]);
  });
  test('stay within the bounds', () => {
    expect(spread([95, 97, 99], 10, 0, 100)).toEqual([80, 90, 100]);
  });
});
