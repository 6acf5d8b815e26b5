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

/** What the map shows: whose world, which ladder, which measure of it. */
export class Controls {
  readonly element: HTMLElement;
  private readonly world = new Choice('World', (outcome) => this.showWorld(outcome));
  private readonly authority = new Choice('Authority', (authority) => this.set({ authority }));
  private readonly ladder = new Choice('Ladder', (ladder) => this.showLadder(ladder));
  private readonly rung = new Choice('Rung', (rung) => this.set({ rung }));
  private readonly measures = h('div', {
    class: 'measures', role: 'group', 'aria-label': 'What the colours show',
  });

  /** @param history  turns the record of history on and off */
  constructor(
    private readonly app: App, private readonly history: (on: boolean) => void,
  ) {
    this.element = h(
      'div',
      { class: 'map-controls no-print' },
      this.world.element, this.ladder.element, this.authority.element, this.measures,
      this.rung.element,
    );
  }

  private set(patch: Partial<View>): void {
    this.app.store.set(patch);
  }

  private showWorld(outcome: number): void {
    const { measure } = this.app.store.view;
    this.set({ outcome, ...(outcome === 0 && measure === 'difference' ? { measure: 'rung' } : {}) });
  }

  private showLadder(ladder: number): void {
    const rungs = this.app.store.view.results?.world.ladders[ladder]?.rungs.length ?? 2;
    this.set({ ladder, rung: Math.min(this.app.store.view.rung, rungs - 1) });
  }

  private button(text: string, pressed: boolean, click: () => void): HTMLElement {
    return h('button', { type: 'button', 'aria-pressed': String(pressed), click }, text);
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
    const ladders = world.ladders
      .map(({ key, rungs }, value) => ({ value, text: words(key), rungs }))
      .filter(({ rungs }) => rungs.length > 1);
    this.ladder.show(ladders, view.ladder);
    this.authority.show(
      world.authorities.map(({ name }, value) => ({ value, text: name })), view.authority,
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
    this.showMeasures(view, recorded);
  }

  private showMeasures(view: Readonly<View>, recorded: boolean): void {
    const { results } = view;
    if (!results) return;
    const held = this.measures.contains(document.activeElement)
      ? [...this.measures.children].indexOf(document.activeElement as Element)
      : -1;
    const measure = (to: View['measure']): void => {
      this.history(false);
      const first = to === 'difference' && view.outcome === 0 ? { outcome: 1 } : {};
      this.set({ measure: to, ...first });
    };
    const pressed = (of: View['measure']): boolean => !recorded && view.measure === of;
    const buttons = [
      this.button('Most probable rung', pressed('rung'), () => measure('rung')),
      this.button('Chance of a rung', pressed('reach'), () => measure('reach')),
    ];
    if (results.outcomes.length > 1) {
      buttons.push(
        this.button('Against the baseline', pressed('difference'), () => measure('difference')),
      );
    }
    if (hasHistory(results, view.authority, view.ladder)) {
      buttons.push(this.button('History', recorded, () => this.history(!recorded)));
    }
    fill(this.measures, ...buttons);
    buttons[held]?.focus();
  }
}
