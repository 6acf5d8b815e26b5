import type { App } from '../store';
import type { Outcome } from '../contract';
import { h, fill, uniqueId } from '../ui/dom';
import { words } from '../ui/format';

/** What a world is called. */
export function worldName(outcome: Outcome, place: number): string {
  return place === 0 ? 'Baseline' : outcome.title || outcome.name;
}

function choice(
  label: string, change: (value: number) => void,
): { element: HTMLElement; show(names: string[], value: number): void } {
  const id = uniqueId('choice');
  const select = h('select', { id, change: () => change(select.selectedIndex) });
  const element = h('span', { class: 'choice' }, h('label', { for: id }, label), select);
  let shown = '';
  return {
    element,
    show(names, value) {
      const key = names.join('\n');
      if (key !== shown) fill(select, ...names.map((name) => h('option', {}, name)));
      shown = key;
      select.selectedIndex = value;
      element.hidden = names.length < 2;
    },
  };
}

/** World, authority and ladder that the charts are of; the same as those of the map. */
export function choices(app: App): HTMLElement {
  const { store } = app;
  const world = choice('World', (outcome) => store.set({ outcome }));
  const authority = choice('Authority', (chosen) => store.set({ authority: chosen }));
  const ladder = choice('Ladder', (chosen) => {
    const found = store.view.results?.world.ladders[chosen];
    if (!found) return;
    const rung = found.recognises_from ?? Math.min(store.view.rung, found.rungs.length - 1);
    store.set({ ladder: chosen, rung: Math.max(rung, 1) });
  });
  store.watch(['results', 'outcome', 'authority', 'ladder'], (view) => {
    if (!view.results) return;
    world.show(view.results.outcomes.map(worldName), view.outcome);
    authority.show(view.results.world.authorities.map(({ name }) => name), view.authority);
    ladder.show(view.results.world.ladders.map(({ key }) => words(key)), view.ladder);
  });
  return h('div', { class: 'choices no-print' }, world.element, authority.element, ladder.element);
}
