import { expect, test } from 'vitest';
import type { Results } from '../src/contract';
import { hasHistory, history } from '../src/map/history';
import { counts, none, pointClass, Reading, shareClass } from '../src/map/reading';
import type { Choice } from '../src/map/reading';
import { lines, sentence, valueText, when, withArticle } from '../src/map/words';

/** Two states, two months, engagement with three rungs and recognition with two. */
function small(): Results {
  const outcome = (engagement: number[], recognition: number[], title: string) => ({
    title,
    authorities: [{ ladders: [{ reach: engagement }, { reach: recognition }] }],
  });
  const ladder = (role: string, rungs: string[], recognises_from: number | null) => ({
    role, key: role, rungs, recognises_from,
  });
  return {
    world: {
      time: { labels: ['2026-01', '2026-02'], unit: 'month', start: '2026-01-01' },
      actors: [{ id: 'AAA', name: 'Aland' }, { id: 'BBB', name: 'Bland' }],
      authorities: [{ id: 'X', name: 'Republic of X' }],
      ladders: [
        ladder('engagement', ['none', 'talks', 'mission'], null),
        ladder('recognition', ['withheld', 'recognised'], 1),
      ],
      observations: [
        { actor: 0, authority: 0, ladder: 0, step: 1, rung: 2 },
        { actor: 1, authority: 0, ladder: 0, step: 0, rung: 1 },
        { actor: 1, authority: 0, ladder: 1, step: 0, rung: 1 },
      ],
    },
    outcomes: [
      // [steps][actors][rungs - 1]
      outcome([1000, 100, 400, 0, 550, 500, 0, 0], [0, 900, 0, 600], 'Baseline'),
      outcome([1000, 100, 400, 0, 850, 800, 0, 0], [0, 900, 0, 600], 'Aid'),
    ],
  } as unknown as Results;
}

const choice: Choice = {
  outcome: 0, measure: 'rung', authority: 0, ladder: 0, rung: 2, recorded: false,
};
const reading = (patch: Partial<Choice> = {}): Reading =>
  new Reading(small(), { ...choice, ...patch });

test('the map shows the most probable rung and whether it is sure', () => {
  const look = reading().look(0);
  expect([...look.classes]).toEqual([1, 0]); // 900 of 1000 on talks; 600 on none
  expect([...look.unsure]).toEqual([0, 0]);
  const later = reading().look(1);
  expect([...later.classes]).toEqual([2, 0]); // 450, 50, 500
  expect([...later.unsure]).toEqual([1, 0]);
});

test('recognition is marked on other ladders, not on its own', () => {
  expect([...reading().look(0).recognises]).toEqual([0, 1]);
  expect(reading().marksRecognition).toBe(true);
  expect(reading({ ladder: 1, rung: 1 }).marksRecognition).toBe(false);
  expect([...reading({ ladder: 1, rung: 1 }).look(0).recognises]).toEqual([0, 0]);
});

test('chances and differences fall into classes', () => {
  expect([0, 9, 10, 99, 100, 250, 500, 749, 750, 1000].map(shareClass)).toEqual([
    0, 0, 1, 1, 2, 3, 4, 4, 5, 5,
  ]);
  expect([-1000, -300, -299, -100, -20, -19, 0, 19, 20, 100, 300].map(pointClass)).toEqual([
    0, 1, 1, 2, 2, 3, 3, 3, 4, 5, 6,
  ]);
});

test('a difference is that of the variant less the baseline', () => {
  const other = reading({ outcome: 1, measure: 'difference' });
  expect(other.difference(1, 0)).toBe(300);
  expect([...other.look(1).classes]).toEqual([6, 3]);
  expect(other.classes).toHaveLength(7);
});

test('a legend counts actors by class, not those without data', () => {
  expect(counts(Uint8Array.from([0, 2, 2, none]), 3)).toEqual([1, 0, 2]);
});

test('history holds until the next row and is unknown before the first', () => {
  expect([...history(small(), 0, 0)]).toEqual([255, 1, 2, 1]);
  expect(hasHistory(small(), 0, 0)).toBe(true);
  expect(hasHistory(small(), 0, 2)).toBe(false);
  const recorded = reading({ recorded: true });
  expect([...recorded.look(0).classes]).toEqual([none, 1]);
  expect([...recorded.look(0).recognises]).toEqual([0, 1]);
});

test('a sentence says what the map shows', () => {
  expect(sentence(reading(), 1)).toBe(
    'Most probable engagement with the Republic of X at the end of February 2026',
  );
  expect(sentence(reading({ outcome: 1, ladder: 1 }), 0)).toBe(
    'Most probable recognition of the Republic of X at the end of January 2026, variant “Aid”',
  );
  expect(sentence(reading({ measure: 'reach', rung: 1 }), 0)).toBe(
    'Chance of “talks or higher” in engagement with the Republic of X at the end of January 2026',
  );
  expect(sentence(reading({ measure: 'difference', outcome: 1 }), 0)).toBe(
    'What “Aid” changes in the chance of “mission” in engagement with the Republic of X ' +
      'at the end of January 2026',
  );
  expect(sentence(reading({ recorded: true }), 0)).toBe(
    'Engagement with the Republic of X on record at the end of January 2026',
  );
});

test('a country has its value in words', () => {
  expect(valueText(reading(), 0, 1)).toBe('0 none, 60 %, recognises');
  expect(valueText(reading({ measure: 'reach' }), 1, 0)).toBe('mission: 50 %');
  expect(valueText(reading({ measure: 'difference', outcome: 1 }), 1, 0)).toBe(
    'mission: +30.0 points',
  );
  expect(valueText(reading({ recorded: true }), 0, 0)).toBe('nothing on record');
});

test('dates read as the step that they are of', () => {
  const time = (unit: 'day' | 'month' | 'quarter', label: string) => ({
    labels: [label], unit, start: label,
  });
  expect(when(time('day', '2027-07-15'), 0)).toBe('on 15 July 2027');
  expect(when(time('quarter', '2020-01'), 0)).toBe('at the end of the quarter from January 2020');
});

test('names get an article where one is due, and lines where room is short', () => {
  expect(withArticle('Council of Karst')).toBe('the Council of Karst');
  expect(withArticle('Karst')).toBe('Karst');
  expect(lines('Bosnia and Herzegovina', 12)).toEqual(['Bosnia and', 'Herzegovina']);
});
