import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { download, fileName } from '../ui/download';
import type { Lesson, Step } from './lesson';
import { answersText, compare, newProgress, partsOf, restore, score } from './progress';
import type { Part, Progress } from './progress';
import { quizElement } from './quiz';
import { answerField, blockElement, textNodes } from './render';
import { trialElement } from './trial';

const storageKey = (lesson: Lesson): string => `entente.lesson.${lesson.number}`;

/** The open lesson: one part at a time, with the way through it. */
export function lessonElement(app: App, lesson: Lesson, close: () => void): HTMLElement {
  const parts = partsOf(lesson);
  let progress: Progress = restore(lesson, sessionStorage.getItem(storageKey(lesson)));
  const keep = (): void => {
    sessionStorage.setItem(storageKey(lesson), JSON.stringify(progress));
  };
  const go = (part: number): void => {
    progress.part = part;
    keep();
    draw();
    body.querySelector<HTMLElement>('h3')?.focus();
  };

  const field = (key: string, question: Lesson['discussion'][number]): HTMLElement =>
    answerField(question, progress.answers[key] ?? '', (text) => {
      progress.answers[key] = text;
      keep();
    });

  const stepBody = (step: Step, s: number): HTMLElement[] => {
    const blocks = step.body.map(blockElement);
    const first = step.body.findIndex((block) => block.kind === 'code');
    if (step.trial) {
      blocks.splice(first < 0 ? blocks.length : first, 0, trialElement(app, step.trial));
    }
    const questions = step.questions.map((question, q) => field(`${s}.${q}`, question));
    const expected = h(
      'details',
      { class: 'expected' },
      h('summary', {}, 'What you should see'),
      ...step.expected.map(blockElement),
    );
    return [...blocks, ...questions, ...(step.expected.length > 0 ? [expected] : [])];
  };

  const contents = (part: Part): HTMLElement[] => {
    switch (part.kind) {
      case 'aims':
        return [
          h('p', {}, lesson.summary),
          h('p', {}, 'After this lesson you can:'),
          h('ul', {}, ...lesson.aims.map((aim) => h('li', {}, ...textNodes(aim)))),
          h('p', { class: 'note' }, `${lesson.minutes} minutes. ${lesson.audience}.`),
        ];
      case 'before':
        return [
          quizElement(lesson.before, progress.before, keep, () => {
            const right = score(lesson.before, progress.before) ?? 0;
            return `${right} of ${lesson.before.length} right. The lesson comes back to them.`;
          }),
        ];
      case 'after':
        return [
          quizElement(lesson.after, progress.after, keep, () =>
            compare(
              score(lesson.before, progress.before), score(lesson.after, progress.after),
              lesson.after.length,
            ),
          ),
        ];
      case 'discussion':
        return lesson.discussion.map((question, q) => field(`discussion.${q}`, question));
      case 'step': {
        const step = lesson.steps[part.step];
        return step ? stepBody(step, part.step) : [];
      }
    }
  };

  const minutes = (part: Part): string => {
    const step = part.kind === 'step' ? lesson.steps[part.step] : undefined;
    return step ? ` (${step.minutes} min)` : '';
  };
  const steps = h('ol', { class: 'lesson-parts' });
  const body = h('div', { class: 'lesson-body' });
  const draw = (): void => {
    fill(
      steps,
      ...parts.map((part, n) => {
        const here = n === progress.part;
        const done = n < progress.part;
        return h(
          'li',
          { class: here ? 'here' : done ? 'done' : '' },
          h(
            'button',
            {
              type: 'button',
              'aria-current': here ? 'step' : null,
              title: part.title,
              click: () => go(n),
            },
            part.kind === 'step' ? String(part.step + 1) : part.title,
            part.kind === 'step' && h('span', { class: 'visually-hidden' }, `. ${part.title}`),
            done && h('span', { class: 'visually-hidden' }, ' (done)'),
          ),
        );
      }),
    );
    const part = parts[progress.part] ?? parts[0];
    if (!part) return;
    const last = progress.part === parts.length - 1;
    const number = part.kind === 'step' ? `Step ${part.step + 1}: ` : '';
    fill(
      body,
      h('h3', { tabindex: -1 }, `${number}${part.title}${minutes(part)}`),
      ...contents(part),
      h(
        'div',
        { class: 'buttons way' },
        h(
          'button',
          { type: 'button', disabled: progress.part === 0, click: () => go(progress.part - 1) },
          'Back',
        ),
        last
          ? h(
              'button',
              { type: 'button', class: 'primary', click: () => saveAnswers(lesson, progress) },
              'Download my answers',
            )
          : h(
              'button',
              { type: 'button', class: 'primary', click: () => go(progress.part + 1) },
              'Next',
            ),
      ),
    );
  };
  draw();
  return h(
    'div',
    { class: 'lesson' },
    h(
      'div',
      { class: 'figure-head' },
      h('h2', { tabindex: -1 }, `${lesson.number}. ${lesson.title}`),
      h(
        'div',
        { class: 'buttons' },
        h(
          'button',
          { type: 'button', class: 'quiet', click: () => saveAnswers(lesson, progress) },
          'Download my answers',
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'quiet',
            click: () => {
              progress = newProgress(lesson);
              keep();
              draw();
            },
          },
          'Start anew',
        ),
        h('button', { type: 'button', class: 'quiet', click: close }, 'All lessons'),
      ),
    ),
    h(
      'div',
      { class: 'lesson-frame' },
      h('nav', { 'aria-label': 'Parts of the lesson' }, steps),
      body,
    ),
  );
}

function saveAnswers(lesson: Lesson, progress: Progress): void {
  const name = fileName('lesson', String(lesson.number), 'answers');
  download(`${name}.txt`, answersText(lesson, progress));
}
