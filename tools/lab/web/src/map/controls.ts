import type { App, View } from '../store';
import { fill, h } from '../ui/dom';
import { words } from '../ui/format';
import { hasHistory } from './history';

type Option = { value: number; text: string };

/** A labelled choice that hides itself where there is nothing to choose. */
class Choice {
  readonly element: HTMLLabelElement;
  private readonly select: HTMLSelectElement;

  constructor(label: string, change: (value: number) => void) {
    this.select = h('select', { change: () => change(Number(this.select.value)) });
    this.element = h('label', {}, h('span', {}, label), this.select);
  }

  show(options: Option[], value: number, shown = options.length > 1): void {
    this.element.hidden = !shown;
    fill(this.select, ...options.map(({ value: v, text }) => h('option', { value: v }, text)));
    this.select.value = String(value);
  }
}

const shows = ['rung', 'reach', 'difference', 'history'] as const;
const showNames = {
  rung: 'most probable rung',
  reach: 'chance of a rung',
  difference: 'against the baseline',
  history: 'history instead',
};

/** What the map shows: whose world, which ladder, which measure of it. */
export class Controls {
  readonly element: HTMLElement;
  private readonly world = new Choice('World', (outcome) => this.showWorld(outcome));
  private readonly authority = new Choice('Authority', (authority) => this.set({ authority }));
  private readonly ladder = new Choice('Ladder', (ladder) => this.showLadder(ladder));
  private readonly measure = new Choice('Colours', (place) => this.showMeasure(place));
  private readonly rung = new Choice('Rung', (rung) => this.set({ rung }));

  /** @param history  turns the record of history on and off */
  constructor(private readonly app: App, private readonly history: (on: boolean) => void) {
    const choices = [this.world, this.ladder, this.authority, this.measure, this.rung];
    this.element = h(
      'div', { class: 'map-controls no-print' }, ...choices.map(({ element }) => element),
    );
  }

  private set(patch: Partial<View>): void {
    this.app.store.set(patch);
  }

  private showWorld(outcome: number): void {
    const { measure } = this.app.store.view;
    const ends = outcome === 0 && measure === 'difference';
    this.set({ outcome, ...(ends ? { measure: 'rung' } : {}) });
  }

  private showLadder(ladder: number): void {
    const rungs = this.app.store.view.results?.world.ladders[ladder]?.rungs.length ?? 2;
    this.set({ ladder, rung: Math.min(this.app.store.view.rung, rungs - 1) });
  }

  private showMeasure(place: number): void {
    const show = shows[place] ?? 'rung';
    this.history(show === 'history');
    if (show === 'history') return;
    const { outcome } = this.app.store.view;
    this.set({ measure: show, ...(show === 'difference' && outcome === 0 ? { outcome: 1 } : {}) });
  }

  show(recorded: boolean): void {
    const { view } = this.app.store;
    const { results } = view;
    if (!results) return;
    const { world, outcomes } = results;
    this.world.show(
      outcomes.map((outcome, n) => ({
        value: n, text: n === 0 ? 'Baseline' : outcome.title || outcome.name,
      })),
      view.outcome,
    );
    this.ladder.show(
      world.ladders
        .map(({ key, rungs }, value) => ({ value, text: words(key), rungs }))
        .filter(({ rungs }) => rungs.length > 1),
      view.ladder,
    );
    this.authority.show(
      world.authorities.map(({ name }, value) => ({ value, text: name })), view.authority,
    );
    const known = hasHistory(results, view.authority, view.ladder);
    this.measure.show(
      shows
        .map((show, value) => ({ value, text: showNames[show], show }))
        .filter(({ show }) => show !== 'difference' || outcomes.length > 1)
        .filter(({ show }) => show !== 'history' || known),
      shows.indexOf(recorded ? 'history' : view.measure),
    );
    const rungs = world.ladders[view.ladder]?.rungs ?? [];
    this.rung.show(
      rungs.slice(1).map((name, n) => ({
        value: n + 1,
        text: `${n + 1} ${words(name)}${n + 2 < rungs.length ? ' or higher' : ''}`,
      })),
      Math.min(view.rung, rungs.length - 1),
      !recorded && view.measure !== 'rung' && rungs.length > 2,
    );
  }
}
