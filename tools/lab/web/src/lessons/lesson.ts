/** A guided lesson as docs/lessons/*.md has it; `build/lessons.ts` reads them. */

export type Inline =
  | { kind: 'text' | 'code' | 'strong' | 'em'; text: string }
  | { kind: 'link'; text: string; href: string };

export type Text = Inline[];

export type Block =
  | { kind: 'paragraph'; text: Text }
  | { kind: 'list'; ordered: boolean; items: Text[] }
  | { kind: 'table'; head: Text[]; rows: Text[][] }
  | { kind: 'code'; language: string; text: string };

export interface QuizQuestion {
  text: Text;
  options: { text: Text; right: boolean }[]; // exactly one is right
  why: Text;
}

/** What to look at: ids, names and labels of the world; null: as it is. */
export interface Look {
  actor: string | null;
  ladder: string | null; // role
  rung: string | null;
  date: string | null;
}

/** What `Try it` hands to the workbench, and what it turns the page to. */
export interface Trial {
  scenario: string;
  look: Look | null;
  shipped: string[]; // variants that the scenario comes with
  own: { name: string; yaml: string }[];
}

export interface Step {
  title: string;
  minutes: number;
  body: Block[];
  trial: Trial | null; // null: nothing to run
  questions: Text[];
  expected: Block[];
}

export interface Lesson {
  number: number;
  title: string;
  minutes: number; // with the quizzes
  scenario: string; // unless a step names another
  audience: string;
  summary: string;
  aims: Text[];
  before: QuizQuestion[];
  steps: Step[];
  discussion: Text[];
  after: QuizQuestion[];
}
