import { h, uniqueId } from './dom';
import { download, fileName } from './download';
import { csvText, tableElement } from './table';
import type { Table } from './table';

export interface FigureOptions {
  title: string;
  /** How to read it, in a sentence or two. */
  note?: string;
  /** The picture; it is told to be hidden from those who cannot see it: the table says the same. */
  picture: Element;
  table: () => Table;
}

export interface Figure {
  element: HTMLElement;
  /** To be called when the numbers have changed: a table that is shown is made anew. */
  refresh(title?: string, note?: string): void;
}

/** A picture with its twin, a table, and the table as CSV. Every chart of the page is one. */
export function figure(options: FigureOptions): Figure {
  const id = uniqueId('figure');
  const title = h('h3', { id: `${id}-title` }, options.title);
  const note = h('p', { class: 'note' }, options.note ?? '');
  note.hidden = !options.note;
  const twin = h('div', { class: 'twin', id: `${id}-table` });
  twin.hidden = true;

  const show = (): void => {
    twin.replaceChildren(tableElement(options.table(), title.textContent ?? ''));
  };
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      'aria-expanded': 'false',
      'aria-controls': twin.id,
      click: () => {
        twin.hidden = !twin.hidden;
        toggle.setAttribute('aria-expanded', String(!twin.hidden));
        if (!twin.hidden) show();
      },
    },
    'Table',
  );
  const save = h(
    'button',
    {
      type: 'button',
      class: 'quiet',
      click: () =>
        download(`${fileName(title.textContent ?? '')}.csv`, csvText(options.table()), 'text/csv'),
    },
    'CSV',
  );
  const element = h(
    'figure',
    { class: 'figure', 'aria-labelledby': title.id },
    h('div', { class: 'figure-head' }, title, h('div', { class: 'buttons' }, toggle, save)),
    note,
    options.picture,
    twin,
  );
  return {
    element,
    refresh(newTitle, newNote) {
      if (newTitle !== undefined) title.textContent = newTitle;
      if (newNote !== undefined) {
        note.textContent = newNote;
        note.hidden = newNote === '';
      }
      if (!twin.hidden) show();
    },
  };
}
