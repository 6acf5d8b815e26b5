import { describe, expect, it } from 'vitest';
import { parseLesson, readLessons } from '../build/lessons';
import { parseBlocks, parseInline, sections } from '../build/markdown';
import {
  answersText, compare, newProgress, partsOf, restore, score,
} from '../src/lessons/progress';
import type { QuizQuestion } from '../src/lessons/lesson';
import type { Results } from '../src/contract';
import { viewOf } from '../src/lessons/trial';

const lines = (text: string) => ({ file: 'x.md', first: 1, lines: text.split('\n') });

const small = `---
number: 9
title: Small
minutes: 10
scenario: classroom
audience: All
summary: A test
---

# 9. Small

## Aims

- Know **more**

## Before (1 minutes)

### One?

- [ ] no
- [x] yes, \`really\`

Because.

## Steps

### 1. Do it (5 minutes)

Turn the knob.

\`\`\`yaml variant=no-rights
entente: 1
\`\`\`

<!-- try scenario=afghanistan-2026 actor=CHN date=2026-06 china-recognises -->

\`\`\`sh
entente run classroom
\`\`\`

#### Questions

- Who?

#### Expected

| what | here |
|---|---|
| count <!-- count mission --> | 1.0 |

## Discussion (2 minutes)

- Why?

## After (1 minutes)

### One again?

- [x] yes
- [ ] no

So it is.
`;

describe('Markdown', () => {
  it('tells code, strong, emphasis and links from text, and leaves comments out', () => {
    expect(parseInline('a `b*c` **d** *e* [f](g.md) <!-- h --> i')).toEqual([
      { kind: 'text', text: 'a ' },
      { kind: 'code', text: 'b*c' },
      { kind: 'text', text: ' ' },
      { kind: 'strong', text: 'd' },
      { kind: 'text', text: ' ' },
      { kind: 'em', text: 'e' },
      { kind: 'text', text: ' ' },
      { kind: 'link', text: 'f', href: 'g.md' },
      { kind: 'text', text: ' i' },
    ]);
  });

  it('joins the lines of a paragraph and of an item', () => {
    expect(parseBlocks(lines('one\ntwo\n\n- a\n  b\n- c\n1. d'))).toEqual([
      { kind: 'paragraph', text: [{ kind: 'text', text: 'one two' }] },
      {
        kind: 'list',
        ordered: false,
        items: [[{ kind: 'text', text: 'a b' }], [{ kind: 'text', text: 'c' }]],
      },
      { kind: 'list', ordered: true, items: [[{ kind: 'text', text: 'd' }]] },
    ]);
  });

  it('keeps code as it is, headings in it too', () => {
    const code = '```sh\n# not a heading\nls\n```';
    expect(parseBlocks(lines(code))).toEqual([
      { kind: 'code', language: 'sh', text: '# not a heading\nls' },
    ]);
    expect(sections(lines(`# A\n${code}`), 1).sections.map(({ title }) => title)).toEqual(['A']);
  });

  it('says where a text has another form', () => {
    expect(() => parseBlocks(lines('a\n\n> quoted'))).toThrow('x.md:3: a lesson has no room for');
    expect(() => parseBlocks(lines('| a | b |\n|---|---|\n| 1 |'))).toThrow('x.md:3: a row');
    expect(() => parseBlocks(lines('```sh\nls'))).toThrow('does not end');
  });
});

describe('a lesson', () => {
  const lesson = parseLesson('x.md', small);

  it('has its parts', () => {
    expect(lesson).toMatchObject({ number: 9, title: 'Small', minutes: 10, scenario: 'classroom' });
    expect(partsOf(lesson).map(({ title }) => title)).toEqual([
      'Aims', 'Before', 'Do it', 'Discussion', 'After',
    ]);
    expect(lesson.before[0]?.options.map(({ right }) => right)).toEqual([false, true]);
    expect(lesson.before[0]?.options[1]?.text).toEqual([
      { kind: 'text', text: 'yes, ' },
      { kind: 'code', text: 'really' },
    ]);
  });

  it('takes what is tried out of the text and leaves the command in', () => {
    const [step] = lesson.steps;
    expect(step?.minutes).toBe(5);
    expect(step?.trial).toEqual({
      scenario: 'afghanistan-2026',
      look: { actor: 'CHN', ladder: null, rung: null, date: '2026-06' },
      shipped: ['china-recognises'],
      own: [{ name: 'no-rights', yaml: 'entente: 1\n' }],
    });
    expect(step?.body.map((block) => block.kind)).toEqual(['paragraph', 'code']);
    expect(step?.expected).toMatchObject([
      { kind: 'table', rows: [[[{ text: 'count' }], [{ text: '1.0' }]]] },
    ]);
  });

  it('refuses a quiz without one right answer', () => {
    expect(() => parseLesson('x.md', small.replace('- [x] yes, ', '- [ ] yes, '))).toThrow(
      'one of them right',
    );
    expect(() => parseLesson('x.md', small.replace('actor=', 'who='))).toThrow('no who');
    expect(() => parseLesson('x.md', small.replace('## Discussion', '## Talk'))).toThrow(
      'no section Discussion',
    );
  });

  it('restores what was done, and starts anew where it does not fit', () => {
    const done = { ...newProgress(lesson), part: 3, answers: { '0.0': 'Me' } };
    expect(restore(lesson, JSON.stringify(done))).toEqual(done);
    expect(restore(lesson, '{"part": 99, "before": {"chosen": [1, 2]}}')).toEqual({
      ...newProgress(lesson),
      part: 4,
    });
    expect(restore(lesson, 'not JSON')).toEqual(newProgress(lesson));
  });

  it('tells answers and scores as text', () => {
    const progress = newProgress(lesson);
    progress.answers['0.0'] = ' Russia ';
    progress.before = { chosen: [0], submitted: true };
    expect(answersText(lesson, progress)).toBe(
      [
        'Lesson 9: Small', '', 'Quiz before: 0 of 1', '- One?', '  no', '', 'Step 1: Do it',
        '- Who?', '  Russia', '', 'Discussion', '- Why?', '  (no answer)', '',
        'Quiz after: not answered', '- One again?', '  (no answer)', '',
      ].join('\n'),
    );
  });
});

describe('a look', () => {
  const world = {
    actors: [{ id: 'CHN' }, { id: 'DEU' }],
    ladders: [{ role: 'engagement', rungs: ['severed', 'contact', 'mission'] }],
    time: { labels: ['2024-08', '2024-09'] },
  };
  const results = { world } as unknown as Results;

  it('names what the page turns to', () => {
    const look = { actor: 'DEU', ladder: 'engagement', rung: 'mission', date: '2024-09' };
    expect(viewOf(results, look)).toEqual({ actor: 1, ladder: 0, rung: 2, step: 1 });
  });

  it('leaves alone what the world does not have', () => {
    const look = { actor: 'XXX', ladder: null, rung: 'mission', date: '2030-01' };
    expect(viewOf(results, look)).toEqual({});
  });
});

describe('a quiz', () => {
  const question = (right: number): QuizQuestion => ({
    text: [],
    options: [0, 1, 2].map((n) => ({ text: [], right: n === right })),
    why: [],
  });
  const questions = [question(0), question(2), question(1)];

  it('counts right answers once it is submitted', () => {
    expect(score(questions, { chosen: [0, 2, 0], submitted: false })).toBeNull();
    expect(score(questions, { chosen: [0, 2, 0], submitted: true })).toBe(2);
    expect(score(questions, { chosen: [null, null, null], submitted: true })).toBe(0);
  });

  it('compares before and after', () => {
    expect(compare(1, 3, 3)).toBe('3 of 3 right, 2 more than before (1).');
    expect(compare(2, 1, 3)).toBe('1 of 3 right, 1 fewer than before (2).');
    expect(compare(2, 2, 3)).toBe('2 of 3 right, as many as before.');
    expect(compare(null, 2, 3)).toBe('2 of 3 right. The questions before were not answered.');
    expect(compare(1, null, 3)).toBe('');
  });
});

describe('docs/lessons', () => {
  const all = readLessons();

  it('has three lessons of 30 to 45 minutes with as many questions before as after', () => {
    expect(all.map(({ number }) => number)).toEqual([1, 2, 3]);
    for (const lesson of all) {
      expect(lesson.minutes).toBeGreaterThanOrEqual(30);
      expect(lesson.minutes).toBeLessThanOrEqual(45);
      expect(lesson.steps.length).toBeGreaterThanOrEqual(5);
      expect(lesson.before.length).toBeGreaterThanOrEqual(3);
      for (const step of lesson.steps) {
        expect(step.expected.length).toBeGreaterThan(0);
        expect(step.trial, step.title).not.toBeNull();
      }
    }
  });
});
