import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import type { Block, Lesson, QuizQuestion, Step, Text, Trial } from '../src/lessons/lesson';
import { MarkdownError, parseBlocks, parseInline, sections } from './markdown';
import type { Lines, Section } from './markdown';

const folder = fileURLToPath(new URL('../../../../docs/lessons/', import.meta.url));
const virtual = 'virtual:lessons';

function header(file: string, lines: string[]): { keys: Map<string, string>; rest: Lines } {
  const end = lines.indexOf('---', 1);
  if (lines[0] !== '---' || end < 0) throw new MarkdownError(file, 1, 'no header between ---');
  const keys = new Map<string, string>();
  lines.slice(1, end).forEach((line, n) => {
    const found = /^(\w+): (.+)$/.exec(line);
    if (!found) throw new MarkdownError(file, n + 2, 'the header has lines `key: value`');
    keys.set(found[1] ?? '', found[2] ?? '');
  });
  return { keys, rest: { file, first: end + 2, lines: lines.slice(end + 1) } };
}

function listOf(text: Lines): Text[] {
  const blocks = parseBlocks(text);
  const [only] = blocks;
  if (blocks.length !== 1 || only?.kind !== 'list') {
    throw new MarkdownError(text.file, text.first, 'one list is expected here');
  }
  return only.items;
}

/** `### Question`, options `- [ ]` and `- [x]`, and the reason in a paragraph. */
function quiz(text: Section): QuizQuestion[] {
  return sections(text, 3).sections.map((part) => {
    const [options, why, ...others] = parseBlocks(part);
    if (options?.kind !== 'list' || why?.kind !== 'paragraph' || others.length > 0) {
      throw new MarkdownError(part.file, part.first, 'a question has options and a reason');
    }
    const marked = options.items.map((item) => {
      const [lead, ...tail] = item;
      const found = lead?.kind === 'text' ? /^\[([ x])\] (.*)$/s.exec(lead.text) : null;
      if (!found) throw new MarkdownError(part.file, part.first, 'options begin with [ ] or [x]');
      const begin: Text = found[2] ? [{ kind: 'text', text: found[2] }] : [];
      return { text: [...begin, ...tail], right: found[1] === 'x' };
    });
    if (marked.length < 2 || marked.filter(({ right }) => right).length !== 1) {
      throw new MarkdownError(part.file, part.first, 'two options or more, one of them right');
    }
    return { text: parseInline(part.title), options: marked, why: why.text };
  });
}

const tried = /^<!-- try((?: [^ ]+)*) -->$/;

/** `<!-- try scenario=NAME actor=ID ladder=ROLE rung=NAME date=DATE variant ... -->` */
function instruction(words: string[], trial: Trial, place: Section): void {
  const look = { actor: null, ladder: null, rung: null, date: null } as NonNullable<Trial['look']>;
  for (const word of words) {
    const [key, value] = word.split('=', 2);
    if (value === undefined) trial.shipped.push(word);
    else if (key === 'scenario') trial.scenario = value;
    else if (key === 'actor' || key === 'ladder' || key === 'rung' || key === 'date') {
      look[key] = value;
      trial.look = look;
    } else throw new MarkdownError(place.file, place.first, `try knows no ${key ?? ''}`);
  }
}

/** Takes what `Try it` runs out of a step; commands and other text stay. */
function trialOf(text: Lines, scenario: string, place: Section): [Block[], Trial | null] {
  const trial: Trial = { scenario, look: null, shipped: [], own: [] };
  let runs = false;
  const lines = text.lines.map((line) => {
    const found = tried.exec(line);
    if (!found) return line;
    runs = true;
    instruction((found[1] ?? '').trim().split(' ').filter(Boolean), trial, place);
    return '';
  });
  const blocks = parseBlocks({ ...text, lines }).filter((block) => {
    if (block.kind !== 'code') return true;
    const own = /^yaml variant=([a-z0-9-]{1,40})$/.exec(block.language);
    if (own) trial.own.push({ name: own[1] ?? '', yaml: `${block.text}\n` });
    else if (block.language !== 'sh') {
      throw new MarkdownError(place.file, place.first, `a block of \`${block.language}\``);
    }
    return !own;
  });
  return [blocks, runs || trial.own.length > 0 ? trial : null];
}

function step(text: Section, scenario: string): Step {
  const found = /^\d+\. (.+) \((\d+) minutes\)$/.exec(text.title);
  if (!found) throw new MarkdownError(text.file, text.first, 'a step is `1. Title (5 minutes)`');
  const parts = sections(text, 4);
  const named = (title: string): Section | undefined =>
    parts.sections.find((part) => part.title === title);
  for (const part of parts.sections) {
    if (part.title !== 'Questions' && part.title !== 'Expected') {
      throw new MarkdownError(part.file, part.first, 'allowed: Questions, Expected');
    }
  }
  const questions = named('Questions');
  const expected = named('Expected');
  const [body, trial] = trialOf(parts.intro, scenario, text);
  return {
    title: found[1] ?? '',
    minutes: Number(found[2]),
    body,
    trial,
    questions: questions ? listOf(questions) : [],
    expected: expected ? parseBlocks(expected) : [],
  };
}

/** @throws MarkdownError  with the place, where the text has another form */
export function parseLesson(file: string, source: string): Lesson {
  const { keys, rest } = header(file, source.split(/\r?\n/));
  const key = (name: string): string => {
    const value = keys.get(name);
    if (!value) throw new MarkdownError(file, 1, `the header lacks ${name}`);
    return value;
  };
  const parts = sections(rest, 2).sections;
  const part = (title: string): Section => {
    const found = parts.find((other) => other.title.replace(/ \(\d+ minutes\)$/, '') === title);
    if (!found) throw new MarkdownError(file, rest.first, `no section ${title}`);
    return found;
  };
  const scenario = key('scenario');
  const lesson = {
    number: Number(key('number')),
    title: key('title'),
    minutes: Number(key('minutes')),
    scenario,
    audience: key('audience'),
    summary: key('summary'),
    aims: listOf(part('Aims')),
    before: quiz(part('Before')),
    steps: sections(part('Steps'), 3).sections.map((text) => step(text, scenario)),
    discussion: listOf(part('Discussion')),
    after: quiz(part('After')),
  };
  if (lesson.before.length !== lesson.after.length) {
    throw new MarkdownError(file, part('After').first, 'as many questions as before');
  }
  return lesson;
}

/** Lessons in the order of their numbers, from `docs/lessons`. */
export function readLessons(): Lesson[] {
  return lessonFiles().map((name) =>
    parseLesson(`docs/lessons/${name}`, readFileSync(path.join(folder, name), 'utf-8')),
  );
}

function lessonFiles(): string[] {
  return readdirSync(folder)
    .filter((name) => /^\d+-.*\.md$/.test(name))
    .sort();
}

/** Gives the page what docs/lessons says, as the module `virtual:lessons`. */
export function lessons(): Plugin {
  return {
    name: 'lessons',
    resolveId: (id) => (id === virtual ? `\0${virtual}` : null),
    load(id) {
      if (id !== `\0${virtual}`) return null;
      for (const name of lessonFiles()) this.addWatchFile(path.join(folder, name));
      return `export default ${JSON.stringify(readLessons())};`;
    },
  };
}
