import { describe, expect, it } from 'vitest';
import {
  dateOf, durationText, parseDate, parseDuration, stepOf, stepsOf,
} from '../src/workbench/calendar';
import type { Time } from '../src/workbench/calendar';

const time = (unit: Time['unit'], start: string, steps: number): Time => ({
  unit, start, labels: Array.from({ length: steps }, (_, n) => String(n)),
});
const months = time('month', '2026-01-01', 60);

describe('dates', () => {
  it('are years, months or days', () => {
    expect(parseDate('2026')?.toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(parseDate('2024-02-29')?.getUTCDate()).toBe(29);
    for (const text of ['', '2023-02-29', '2026-13', '26-01', '2026-1', 'soon']) {
      expect(parseDate(text)).toBeNull();
    }
  });

  it('fall into steps', () => {
    expect(stepOf(months, '2026')).toBe(0);
    expect(stepOf(months, '2026-02-28')).toBe(1);
    expect(stepOf(months, '2030-12-31')).toBe(59);
    expect(stepOf(months, '2031-01')).toBeNull();
    expect(stepOf(months, '2025-12-31')).toBeNull();
    expect(stepOf(time('week', '2026-01-05', 10), '2026-01-18')).toBe(1);
    expect(stepOf(time('quarter', '2026-01-01', 10), '2026-06-30')).toBe(1);
    expect(stepOf(time('month', '2008-02-17', 10), '2008-03-16')).toBe(0);
    expect(stepOf(time('month', '2008-02-17', 10), '2008-02')).toBeNull(); // the 1st is before it
  });

  it('are written so that they fall into their step', () => {
    expect(dateOf(months, 13)).toBe('2027-02');
    expect(dateOf(time('year', '1996-01-01', 5), 2)).toBe('1998-01');
    expect(dateOf(time('day', '2026-01-01', 90), 59)).toBe('2026-03-01');
    for (const unit of ['day', 'week', 'month', 'quarter', 'year'] as const) {
      for (const start of ['2026-01-01', '2008-01-31', '2008-02-17']) {
        const odd = time(unit, start, 30);
        for (let step = 0; step < 30; step += 1) expect(stepOf(odd, dateOf(odd, step))).toBe(step);
      }
    }
  });
});

describe('durations', () => {
  it('are a number and a unit', () => {
    expect(parseDuration('6 months')).toEqual({ number: 6, unit: 'month' });
    expect(parseDuration('1 year')).toEqual({ number: 1, unit: 'year' });
    for (const text of ['', 'months', '6', '6  months', '-1 day', '6 moons']) {
      expect(parseDuration(text)).toBeNull();
    }
    expect(durationText({ number: 1, unit: 'week' })).toBe('1 week');
    expect(durationText({ number: 3, unit: 'year' })).toBe('3 years');
  });

  it('are rounded up to whole steps', () => {
    expect(stepsOf(months, { number: 18, unit: 'month' }, 3)).toBe(18);
    expect(stepsOf(months, { number: 31, unit: 'day' }, 0)).toBe(1);
    expect(stepsOf(months, { number: 32, unit: 'day' }, 0)).toBe(2);
    expect(stepsOf(months, { number: 1, unit: 'day' }, 0)).toBe(1);
    expect(stepsOf(months, { number: 9, unit: 'year' }, 50)).toBe(10); // the scenario ends
  });
});
