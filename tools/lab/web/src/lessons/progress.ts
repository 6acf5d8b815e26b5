import type { Lesson, QuizQuestion, Text } from './lesson';

/** What a learner has done of a lesson; kept in the page, and nowhere else. */
export interface Progress {
  part: number; // place among `partsOf`
  answers: Record<string, string>; // by question: `step.question`
  before: QuizState;
  after: QuizState;
}

export interface QuizState {
  chosen: (number | null)[]; // option by question
  submitted: boolean;
}

export const newQuiz = (questions: number): QuizState => ({
  chosen: Array.from({ length: questions }, () => null),
  submitted: false,
});

export function newProgress(lesson: Lesson): Progress {
  return {
    part: 0,
    answers: {},
    before: newQuiz(lesson.before.length),
    after: newQuiz(lesson.after.length),
  };
}

export type Part =
  | { kind: 'aims' | 'before' | 'discussion' | 'after'; title: string }
  | { kind: 'step'; title: string; step: number };

/** The parts of a lesson in their order. */
export function partsOf(lesson: Lesson): Part[] {
  return [
    { kind: 'aims', title: 'Aims' },
    { kind: 'before', title: 'Before' },
    ...lesson.steps.map(({ title }, step): Part => ({ kind: 'step', title, step })),
    { kind: 'discussion', title: 'Discussion' },
    { kind: 'after', title: 'After' },
  ];
}

/** Right answers of a quiz that was submitted; null: not yet. */
export function score(questions: QuizQuestion[], state: QuizState): number | null {
  if (!state.submitted) return null;
  return questions.filter((question, n) => question.options[state.chosen[n] ?? -1]?.right).length;
}

/** What before and after say together, in a sentence. */
export function compare(before: number | null, after: number | null, questions: number): string {
  if (after === null) return '';
  const now = `${after} of ${questions} right`;
  if (before === null) return `${now}. The questions before were not answered.`;
  if (after > before) return `${now}, ${after - before} more than before (${before}).`;
  if (after < before) return `${now}, ${before - after} fewer than before (${before}).`;
  return `${now}, as many as before.`;
}

/** Progress as it was kept, where it still fits the lesson; else a new one. */
export function restore(lesson: Lesson, kept: string | null): Progress {
  const fresh = newProgress(lesson);
  if (kept === null) return fresh;
  try {
    const old = JSON.parse(kept) as Partial<Progress>;
    const quiz = (state: QuizState | undefined, other: QuizState): QuizState =>
      state?.chosen?.length === other.chosen.length ? state : other;
    return {
      part: Math.min(Math.max(Math.trunc(old.part ?? 0), 0), partsOf(lesson).length - 1),
      answers: typeof old.answers === 'object' && old.answers ? old.answers : {},
      before: quiz(old.before, fresh.before),
      after: quiz(old.after, fresh.after),
    };
  } catch {
    return fresh;
  }
}

const plain = (text: Text): string => text.map((part) => part.text).join('');

/** Answers and scores of a lesson as text, for a file. */
export function answersText(lesson: Lesson, progress: Progress): string {
  const lines = [`Lesson ${lesson.number}: ${lesson.title}`, ''];
  const quiz = (name: string, questions: QuizQuestion[], state: QuizState): void => {
    const right = score(questions, state);
    lines.push(`${name}: ${right === null ? 'not answered' : `${right} of ${questions.length}`}`);
    questions.forEach((question, n) => {
      const option = question.options[state.chosen[n] ?? -1];
      lines.push(`- ${plain(question.text)}`, `  ${option ? plain(option.text) : '(no answer)'}`);
    });
    lines.push('');
  };
  const answer = (key: string, question: Text): void => {
    const given = (progress.answers[key] ?? '').trim();
    lines.push(`- ${plain(question)}`, `  ${given || '(no answer)'}`);
  };
  quiz('Quiz before', lesson.before, progress.before);
  lesson.steps.forEach((step, s) => {
    lines.push(`Step ${s + 1}: ${step.title}`);
    step.questions.forEach((question, q) => answer(`${s}.${q}`, question));
    lines.push('');
  });
  lines.push('Discussion');
  lesson.discussion.forEach((question, q) => answer(`discussion.${q}`, question));
  lines.push('');
  quiz('Quiz after', lesson.after, progress.after);
  return `${lines.join('\n').trimEnd()}\n`;
}
