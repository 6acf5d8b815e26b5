import type { Block, Inline, Text } from '../src/lessons/lesson';

/** A mistake in a lesson's text, with its place. */
export class MarkdownError extends Error {
  constructor(file: string, line: number, message: string) {
    super(`${file}:${line}: ${message}`);
    this.name = 'MarkdownError';
  }
}

const inline = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*|\[([^\]]+)\]\(([^)\s]+)\)/g;

/** Text with code, strong, emphasis and links; comments of HTML are left out. */
export function parseInline(source: string): Text {
  const text = source.replace(/\s*<!--.*?-->/g, '').trim();
  const out: Inline[] = [];
  let end = 0;
  for (const found of text.matchAll(inline)) {
    if (found.index > end) out.push({ kind: 'text', text: text.slice(end, found.index) });
    const [whole, code, strong, em, label, href] = found;
    if (code !== undefined) out.push({ kind: 'code', text: code });
    else if (strong !== undefined) out.push({ kind: 'strong', text: strong });
    else if (em !== undefined) out.push({ kind: 'em', text: em });
    else out.push({ kind: 'link', text: label ?? '', href: href ?? '' });
    end = found.index + whole.length;
  }
  if (end < text.length) out.push({ kind: 'text', text: text.slice(end) });
  return out;
}

/** Lines of a file with the number of the first. */
export interface Lines {
  file: string;
  first: number;
  lines: string[];
}

export interface Section extends Lines {
  title: string;
}

const fence = /^```(.*)$/;

/**
 * Cuts at the headings of a level; `###` inside a code block is no heading.
 *
 * @return  what stands before the first heading, and the sections
 */
export function sections(text: Lines, level: number): { intro: Lines; sections: Section[] } {
  const mark = `${'#'.repeat(level)} `;
  const intro: Lines = { file: text.file, first: text.first, lines: [] };
  const found: Section[] = [];
  let code = false;
  text.lines.forEach((line, n) => {
    if (fence.test(line)) code = !code;
    if (!code && line.startsWith(mark)) {
      const first = text.first + n + 1;
      found.push({ title: line.slice(mark.length).trim(), file: text.file, first, lines: [] });
      return;
    }
    (found.at(-1) ?? intro).lines.push(line);
  });
  return { intro, sections: found };
}

const item = /^(?:[-*]|(\d+)\.) +(.*)$/;
const row = /^\|(.*)\|\s*$/;

const cells = (line: string): Text[] =>
  (row.exec(line)?.[1] ?? '').split('|').map((cell) => parseInline(cell));

/** Paragraphs, lists of one level, tables and fenced code; all else is refused. */
export function parseBlocks(text: Lines): Block[] {
  const out: Block[] = [];
  let n = 0;
  const line = (): string => text.lines[n] ?? '';
  const more = (): boolean => n < text.lines.length;
  const fail = (message: string): never => {
    throw new MarkdownError(text.file, text.first + n, message);
  };
  /** What a line begins, continued by the lines that follow it. */
  const paragraph = (begin: string): string => {
    let whole = begin;
    for (n += 1; more() && /^\s*[^\s|`#><-]/.test(line()) && !item.test(line()); n += 1) {
      whole += ` ${line().trim()}`;
    }
    return whole;
  };

  const code = (language: string): Block => {
    const body: string[] = [];
    for (n += 1; !fence.test(line()); n += 1) {
      if (!more()) fail('a code block that does not end');
      body.push(line());
    }
    n += 1;
    return { kind: 'code', language, text: body.join('\n') };
  };
  const list = (ordered: boolean): Block => {
    const items: Text[] = [];
    for (let at = item.exec(line()); at && (at[1] !== undefined) === ordered; ) {
      items.push(parseInline(paragraph(at[2] ?? '')));
      at = item.exec(line());
    }
    return { kind: 'list', ordered, items };
  };
  const table = (): Block => {
    const head = cells(line());
    n += 1;
    if (!/^\|(?:\s*:?-+:?\s*\|)+\s*$/.test(line())) fail('a table needs a line of dashes');
    const rows: Text[][] = [];
    for (n += 1; row.test(line()); n += 1) {
      rows.push(cells(line()));
      if (rows.at(-1)?.length !== head.length) fail('a row with more or fewer cells than the head');
    }
    return { kind: 'table', head, rows };
  };

  while (more()) {
    const fenced = fence.exec(line());
    const listed = item.exec(line());
    if (line().trim() === '' || /^<!--.*-->$/.test(line())) n += 1;
    else if (fenced) out.push(code((fenced[1] ?? '').trim()));
    else if (listed) out.push(list(listed[1] !== undefined));
    else if (row.test(line())) out.push(table());
    else if (/^\s*[#>|<]/.test(line())) fail(`a lesson has no room for: ${line().trim()}`);
    else out.push({ kind: 'paragraph', text: parseInline(paragraph(line())) });
  }
  return out;
}
