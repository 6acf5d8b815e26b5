import { isMap, isScalar, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { Problem } from '../contract';

/**
 * Edits of the text of a variant that leave the rest of it, comments included, as it is. Functions
 * that edit take and give texts; a text that is no YAML comes back unchanged.
 */

const layout = { lineWidth: 120, flowCollectionPadding: false } as const;

export function read(text: string): Document.Parsed {
  return parseDocument(text, { prettyErrors: false });
}

/** What keeps a text from being YAML of a variant at all; the program knows the other mistakes. */
export function syntaxProblems(text: string): Problem[] {
  const document = read(text);
  const problems = document.errors.map((error) => ({
    ...placeOf(text, error.pos[0]),
    message: error.message,
  }));
  if (problems.length === 0 && document.contents !== null && !isMap(document.contents)) {
    problems.push({ line: 1, column: 1, message: 'found no mapping; expected `key: value` lines' });
  }
  return problems;
}

/** Line and column, from 1, of a place in a text. */
function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

/** Where a line begins in a text; lines are counted from 1. */
export function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split('\n');
  const before = lines.slice(0, Math.max(line - 1, 0)).join('\n').length + (line > 1 ? 1 : 0);
  const width = lines[line - 1]?.length ?? 0;
  return Math.min(before + Math.min(Math.max(column - 1, 0), width), text.length);
}

/** Applies an edit to the document of a text; keys that it leaves alone keep their bytes. */
export function edited(text: string, edit: (document: Document.Parsed) => void): string {
  if (syntaxProblems(text).length > 0) return text;
  const document = read(text);
  const before = document.toJS() as Record<string, unknown> | null;
  edit(document);
  const after = document.toJS() as Record<string, unknown> | null;
  const folded = document.toString(layout);
  const old = chunks(text);
  const found = chunks(folded);
  const lines = chunks(document.toString({ ...layout, lineWidth: 0 }));
  if (!before || !after || !old || !found || !lines) return folded;
  const parts = [...found.parts].map(([key, part]) => {
    const kept = old.parts.get(key);
    if (kept && JSON.stringify(before[key]) === JSON.stringify(after[key])) return kept;
    return (key === 'events' || key === 'set' ? lines.parts.get(key) : null) ?? part;
  });
  return [old.head, ...parts].map((part) => part.replace(/([^\n])$/, '$1\n')).join('');
}

/** A text by its keys, each with all that follows up to the next; null: not in block style. */
function chunks(text: string): { head: string; parts: Map<string, string> } | null {
  const { contents } = read(text);
  if (!isMap(contents) || contents.flow) return null;
  const starts = contents.items.map(({ key }) => (isScalar(key) ? key.range?.[0] : undefined));
  const parts = new Map<string, string>();
  for (const [place, { key }] of contents.items.entries()) {
    const start = starts[place];
    if (start === undefined || (start > 0 && text[start - 1] !== '\n')) return null;
    parts.set(String(key), text.slice(start, starts[place + 1] ?? text.length));
  }
  return { head: text.slice(0, starts[0] ?? 0), parts };
}

/** A variant that changes nothing yet. */
export function emptyVariant(title: string, question: string): string {
  const text = 'entente: 1\ntitle: x\nquestion: x\n';
  return withText(withText(text, 'title', title), 'question', question);
}

type TextKey = 'title' | 'question' | 'reasoning' | 'look_at' | 'note';

/** A text of the variant; empty where there is none. */
export function textOf(text: string, key: TextKey): string {
  if (syntaxProblems(text).length > 0) return '';
  const value = read(text).get(key);
  return value === null || value === undefined ? '' : String(value);
}

export function withText(text: string, key: TextKey, value: string): string {
  return edited(text, (document) => {
    if (value === '' && key !== 'title' && key !== 'question') document.delete(key);
    else document.set(key, value);
  });
}

/** Numbers of a variant, by path, as it sets them. */
export class Numbers {
  private readonly document: Document.Parsed | null;
  private readonly given = new Map<string, number>();
  private readonly keys = new Set<string>();

  constructor(text: string) {
    this.document = syntaxProblems(text).length > 0 ? null : read(text);
    const { contents } = this.document ?? {};
    if (!isMap(contents)) return;
    for (const { key } of contents.items) this.keys.add(String(key));
    const set = contents.get('set');
    for (const { key, value } of isMap(set) ? set.items : []) {
      if (isScalar(value) && typeof value.value === 'number') {
        this.given.set(String(key), value.value);
      }
    }
  }

  /** Whether the text is YAML. */
  get readable(): boolean {
    return this.document !== null;
  }

  /** The number that `set` gives to a path, or that stands at the path itself. */
  value(path: string): number | null {
    const last = this.given.get(path);
    if (last !== undefined) return last;
    const parts = path.split('.');
    if (!this.document || !this.keys.has(parts[0] ?? '')) return null;
    return numberAt(this.document, parts);
  }
}

function numberAt(document: Document.Parsed, path: string[]): number | null {
  if (!isMap(document.contents)) return null;
  try {
    const value: unknown = document.getIn(path);
    return typeof value === 'number' ? value : null;
  } catch {
    return null; // something else than mappings on the way
  }
}

/** @param changes  number by path; null takes it out of the variant */
export function withNumbers(text: string, changes: ReadonlyMap<string, number | null>): string {
  return edited(text, (document) => {
    for (const [path, value] of changes) {
      if (value !== null) set(document, path, value);
      else remove(document, path);
    }
    const left = document.get('set');
    if (isMap(left) && left.items.length === 0) document.delete('set');
  });
}

function set(document: Document.Parsed, path: string, value: number): void {
  if (!isMap(document.get('set'))) document.set('set', document.createNode({}));
  document.setIn(['set', path], value);
}

function remove(document: Document.Parsed, path: string): void {
  if (isMap(document.get('set'))) document.deleteIn(['set', path]);
  // The same number in the variant's own keys; mappings that it leaves empty go, too.
  const parts = path.split('.');
  if (numberAt(document, parts) === null) return;
  for (let length = parts.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(parts.slice(0, length), true);
    if (length === parts.length ? isScalar(node) : isMap(node) && node.items.length === 0) {
      document.deleteIn(parts.slice(0, length));
    }
  }
}
