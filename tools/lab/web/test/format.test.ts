import { expect, test } from 'vitest';
import { dateText, decimal, percent, signed } from '../src/ui/format';

test('a chance is never rounded to certainty', () => {
  expect([0, 1, 9, 10, 555, 990, 991, 999, 1000].map(percent)).toEqual([
    '0 %', '< 1 %', '< 1 %', '1 %', '56 %', '99 %', '> 99 %', '> 99 %', '100 %',
  ]);
});

test('numbers have a true minus sign, and zero has none', () => {
  expect(decimal(-1.256)).toBe('−1.26');
  expect(decimal(-0.001)).toBe('0.00');
  expect(signed(1.25, 2)).toBe('+1.25');
  expect(signed(-0.04)).toBe('0.0');
});

test('labels of steps read as dates', () => {
  expect(dateText('2026-07')).toBe('July 2026');
  expect(dateText('2026-07-05')).toBe('5 July 2026');
  expect(dateText('2026-Q3')).toBe('2026-Q3');
});
