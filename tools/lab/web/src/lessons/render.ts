import { h, uniqueId } from '../ui/dom';
import type { Block, Inline, Text } from './lesson';

function part(inline: Inline): Node {
  switch (inline.kind) {
    case 'code':
      return h('code', {}, inline.text);
    case 'strong':
      return h('strong', {}, inline.text);
    case 'em':
      return h('em', {}, inline.text);
    case 'link':
      // A link of the files leads to another file; the page has no such place.
      return /^https:/.test(inline.href)
        ? h('a', { href: inline.href, rel: 'noreferrer', target: '_blank' }, inline.text)
        : document.createTextNode(inline.text);
    case 'text':
      return document.createTextNode(inline.text);
  }
}

export const textNodes = (text: Text): Node[] => text.map(part);

function table(block: Block & { kind: 'table' }): HTMLElement {
  const head = block.head.map((cell) => h('th', { scope: 'col' }, ...textNodes(cell)));
  const rows = block.rows.map((row) =>
    h(
      'tr',
      {},
      ...row.map((cell, column) =>
        column === 0
          ? h('th', { scope: 'row' }, ...textNodes(cell))
          : h('td', { class: 'number' }, ...textNodes(cell)),
      ),
    ),
  );
  return h('table', {}, h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...rows));
}

/** A command that can be copied, in a box of its own. */
function command(text: string): HTMLElement {
  const lines = text.split('\n').length;
  return h(
    'details',
    { class: 'command' },
    h('summary', {}, lines > 1 ? 'The commands for a terminal' : 'The command for a terminal'),
    h('pre', { tabindex: 0 }, h('code', {}, text)),
  );
}

export function blockElement(block: Block): HTMLElement {
  switch (block.kind) {
    case 'paragraph':
      return h('p', {}, ...textNodes(block.text));
    case 'list': {
      const items = block.items.map((item) => h('li', {}, ...textNodes(item)));
      return block.ordered ? h('ol', {}, ...items) : h('ul', {}, ...items);
    }
    case 'table':
      return h('div', { class: 'lesson-table' }, table(block));
    case 'code':
      return command(block.text);
  }
}

/** A question with room for an answer. */
export function answerField(
  question: Text, value: string, changed: (text: string) => void,
): HTMLElement {
  const id = uniqueId('answer');
  const field: HTMLTextAreaElement = h('textarea', {
    id,
    rows: 2,
    input: () => changed(field.value),
  });
  field.value = value;
  return h(
    'div',
    { class: 'answer' },
    h('label', { for: id }, ...textNodes(question)),
    field,
  );
}
