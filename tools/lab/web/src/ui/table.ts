import { h } from './dom';

export type Cell = string | number | null;

/** The numbers behind a picture; what a reader of the table and of the CSV gets. */
export interface Table {
  columns: string[];
  rows: Cell[][];
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180, with a header row. */
export function csvText(table: Table): string {
  return [table.columns, ...table.rows].map((row) => row.map(csvCell).join(',') + '\r\n').join('');
}

function number(cell: number): string {
  return Number.isInteger(cell) ? String(cell) : String(Math.round(cell * 1000) / 1000);
}

/** @param caption  what the table is of */
export function tableElement(table: Table, caption: string): HTMLElement {
  const head = h('tr', {}, ...table.columns.map((name) => h('th', { scope: 'col' }, name)));
  const body = table.rows.map((row) =>
    h(
      'tr',
      {},
      ...row.map((cell, column) => {
        const text = typeof cell === 'number' ? number(cell) : (cell ?? '');
        if (column === 0) return h('th', { scope: 'row' }, text);
        return h('td', typeof cell === 'number' ? { class: 'number' } : {}, text);
      }),
    ),
  );
  return h(
    'div',
    { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'visually-hidden' }, caption),
      h('thead', {}, head),
      h('tbody', {}, ...body),
    ),
  );
}
