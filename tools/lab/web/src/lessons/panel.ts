import lessons from 'virtual:lessons';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import type { Lesson } from './lesson';
import { lessonElement } from './view';

function card(lesson: Lesson, open: () => void): HTMLElement {
  return h(
    'li',
    { class: 'lesson-card' },
    h('h3', {}, `${lesson.number}. ${lesson.title}`),
    h('p', {}, lesson.summary),
    h('p', { class: 'note' }, `${lesson.minutes} minutes. ${lesson.audience}.`),
    h('button', { type: 'button', class: 'primary', click: open }, `Open lesson ${lesson.number}`),
  );
}

/** Guided lessons: a list, and the one that is open. */
export function lessonsPanel(app: App): HTMLElement {
  const panel = h('section', { class: 'panel lessons', 'aria-label': 'Lessons' });
  const list = (): void => {
    fill(
      panel,
      h('h2', {}, 'Lessons'),
      h(
        'p',
        { class: 'note' },
        'Each lesson has a quiz before and after, steps that can be tried at once, and room for ',
        'your answers. What you write stays in this browser until it is closed.',
      ),
      h('ul', { class: 'lesson-list' }, ...lessons.map((one) => card(one, () => open(one)))),
    );
  };
  const open = (lesson: Lesson): void => {
    const element = lessonElement(app, lesson, list);
    fill(panel, element);
    element.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  };
  list();
  return panel;
}
