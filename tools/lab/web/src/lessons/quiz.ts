import { fill, h, uniqueId } from '../ui/dom';
import type { QuizQuestion } from './lesson';
import { score } from './progress';
import type { QuizState } from './progress';
import { textNodes } from './render';

function optionRow(
  question: QuizQuestion, option: number, group: string, state: QuizState, place: number,
  chosen: () => void,
): HTMLElement {
  const entry = question.options[option];
  if (!entry) throw new RangeError(`no option ${option}`);
  const mine = state.chosen[place] === option;
  const input = h('input', {
    type: 'radio',
    name: group,
    checked: mine,
    disabled: state.submitted,
    change: () => {
      state.chosen[place] = option;
      chosen();
    },
  });
  const told = state.submitted && (mine || entry.right);
  const verdict = entry.right ? ' ✓ right' : ' ✗ not so';
  const mark = told && h('span', { class: entry.right ? 'right' : 'wrong' }, verdict);
  return h('label', { class: 'option' }, input, h('span', {}, ...textNodes(entry.text), mark));
}

/** Radio buttons, a button to submit, and then what is right and why. */
export function quizElement(
  questions: QuizQuestion[], state: QuizState, changed: () => void, verdict: () => string,
): HTMLElement {
  const element = h('form', { class: 'quiz' });
  const draw = (): void => {
    const groups = questions.map((question, place) => {
      const group = uniqueId('quiz');
      return h(
        'fieldset',
        {},
        h('legend', {}, ...textNodes(question.text)),
        ...question.options.map((_, option) =>
          optionRow(question, option, group, state, place, () => {
            changed();
            submit.disabled = state.chosen.includes(null);
          }),
        ),
        state.submitted &&
          h('p', { class: 'why' }, h('strong', {}, 'Why: '), ...textNodes(question.why)),
      );
    });
    const submit = h(
      'button',
      { type: 'submit', class: 'primary', disabled: state.chosen.includes(null) },
      'Submit',
    );
    const told = h('p', { class: 'verdict', role: 'status', tabindex: -1 });
    if (state.submitted) told.textContent = verdict();
    const note = h('p', { class: 'note' }, 'Choose one answer each. Nothing is sent anywhere.');
    fill(element, ...groups, state.submitted ? told : submit, !state.submitted && note);
    if (state.submitted && score(questions, state) !== null) told.focus({ preventScroll: true });
  };
  element.addEventListener('submit', (event) => {
    event.preventDefault();
    state.submitted = true;
    changed();
    draw();
  });
  draw();
  return element;
}
