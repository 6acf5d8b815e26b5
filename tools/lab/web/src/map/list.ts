import { blocKey, blocOptions, blocsOf } from '../blocs';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { isDark } from '../ui/colours';
import { percent, signed } from '../ui/format';
import type { Reading } from './reading';
import { none } from './reading';

export interface Row {
  actor: number;
  name: string;
  region: string;
  shown: number; // class
  value: number; // what decides within a class: per mille
}

export type Sort = 'name' | 'shown' | 'region';

/** Rows in order; the class from the highest down, and the surest first. */
export function sorted(rows: readonly Row[], by: Sort, reversed: boolean): Row[] {
  const names = (a: Row, b: Row): number => a.name.localeCompare(b.name, 'en');
  const order = {
    name: names,
    region: (a: Row, b: Row) => a.region.localeCompare(b.region, 'en') || names(a, b),
    shown: (a: Row, b: Row) => b.shown - a.shown || b.value - a.value || names(a, b),
  }[by];
  const result = [...rows].sort(order);
  return reversed ? result.reverse() : result;
}

/** All countries, to be read, sorted and chosen from. */
export class CountryList {
  readonly element: HTMLDetailsElement;
  private readonly summary = h('summary', {});
  private readonly bloc = h('select', { 'aria-label': 'Only those of', change: () => this.draw() });
  private readonly head = h('tr', {});
  private readonly body = h('tbody', {});
  private by: Sort = 'shown';
  private reversed = false;
  private reading: Reading | null = null;
  private late = 0;

  constructor(private readonly app: App) {
    const table = h('table', {}, h('thead', {}, this.head), this.body);
    const box = h(
      'div',
      { class: 'table-box', tabindex: 0, role: 'region', 'aria-label': 'List of countries' },
      table,
    );
    this.element = h(
      'details',
      { class: 'map-list no-print', toggle: () => this.draw() },
      this.summary,
      h('label', { class: 'bloc' }, 'Only those of ', this.bloc),
      box,
    );
  }

  open(reading: Reading): void {
    this.reading = reading;
    const { actors } = reading.results.world;
    this.summary.textContent = `List of all ${actors.length}`;
    const blocs = blocsOf(reading.results.world);
    const chosen = this.bloc.value;
    fill(this.bloc, h('option', { value: '' }, 'all'), ...blocOptions(blocs));
    this.bloc.value = blocs.some((bloc) => blocKey(bloc) === chosen) ? chosen : '';
    (this.bloc.parentElement as HTMLElement).hidden = blocs.length < 2;
    this.draw();
  }

  /** Brings the list up to date; not at each picture while time runs. */
  refresh(): void {
    if (!this.element.open || this.late !== 0) return;
    const wait = this.app.store.view.playing ? 500 : 0;
    this.late = window.setTimeout(() => {
      this.late = 0;
      this.draw();
    }, wait);
  }

  private rows(reading: Reading): Row[] {
    const { step } = this.app.store.view;
    const chosen = blocsOf(reading.results.world).find((bloc) => blocKey(bloc) === this.bloc.value);
    return reading.results.world.actors
      .map(({ name, region }, actor) => {
        const shown = reading.classAt(step, actor);
        const { measure } = reading.choice;
        let value = 0;
        if (!reading.choice.recorded) {
          if (measure === 'rung') value = reading.shares(step, actor)[shown] ?? 0;
          if (measure === 'reach') value = reading.chance(step, actor);
          if (measure === 'difference') value = reading.difference(step, actor);
        }
        return { actor, name, region, shown: shown === none ? -1 : shown, value };
      })
      .filter(({ actor }) => !chosen || chosen.members.includes(actor));
  }

  private draw(): void {
    const { reading } = this;
    if (!this.element.open || !reading) return;
    const held = this.body.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.actor
      : undefined;
    const title = reading.byRung ? 'Rung' : 'Chance';
    fill(
      this.head,
      this.heading('Country', 'name'),
      this.heading(title, 'shown'),
      this.heading('Region', 'region'),
    );
    const colours = reading.colours(isDark());
    fill(this.body, ...sorted(this.rows(reading), this.by, this.reversed).map((row) =>
      this.rowElement(row, reading, colours),
    ));
    if (held !== undefined) {
      const button = this.body.querySelector<HTMLElement>(`[data-actor="${held}"]`);
      button?.focus({ preventScroll: true });
    }
  }

  private heading(text: string, by: Sort): HTMLElement {
    const here = this.by === by;
    const order = here ? (this.reversed ? 'descending' : 'ascending') : 'none';
    const arrow = here ? (this.reversed ? ' ▲' : ' ▼') : '';
    const button = h(
      'button',
      {
        type: 'button', class: 'quiet',
        click: () => {
          this.reversed = here && !this.reversed;
          this.by = by;
          this.draw();
          this.head.querySelectorAll('button').forEach((b) => {
            if (b.dataset.by === by) b.focus();
          });
        },
        'data-by': by,
      },
      text + arrow,
    );
    return h('th', { scope: 'col', 'aria-sort': order }, button);
  }

  private rowElement(row: Row, reading: Reading, colours: readonly string[]): HTMLElement {
    const { actor, name, region, shown, value } = row;
    const chosen = this.app.store.view.actor === actor;
    const choose = h(
      'button',
      {
        type: 'button', class: 'quiet', 'data-actor': actor, 'aria-pressed': String(chosen),
        click: () => this.app.store.set({ actor }),
      },
      name,
    );
    const swatch = h('span', { class: 'swatch' });
    swatch.style.background = colours[shown] ?? 'none';
    const { recorded, measure } = reading.choice;
    let text = shown < 0 ? 'no data' : (reading.classes[shown]?.label ?? '');
    if (reading.byRung && shown >= 0) text = `${shown} ${text}`;
    if (!recorded && measure === 'rung') text += `, ${percent(value)}`;
    if (!recorded && measure === 'reach') text = percent(value);
    if (!recorded && measure === 'difference') text = `${signed(value / 10)} points`;
    const star = reading.recognises(this.app.store.view.step, actor) && ' ★ recognises';
    return h(
      'tr',
      {},
      h('th', { scope: 'row' }, choose),
      h('td', {}, swatch, ' ', text, star && h('span', { class: 'star' }, star)),
      h('td', {}, region),
    );
  }
}
