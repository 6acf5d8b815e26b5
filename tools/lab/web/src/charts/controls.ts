import type { App } from '../store';
import type { Outcome, World } from '../contract';
import { h, fill, uniqueId } from '../ui/dom';
import { words } from '../ui/format';

/** What a world is called. */
export function worldName(outcome: Outcome, place: number): string {
  return place === 0 ? 'Baseline' : outcome.title || outcome.name;
}

/** Ladders with more than one rung, by place. */
export function climbable(world: World): number[] {
  return world.ladders.flatMap(({ rungs }, place) => (rungs.length > 1 ? [place] : []));
}

/** A ladder, and the rung of it to look at: the first that recognises, or one that it has. */
export function ladderView(
  world: World, ladder: number, rung: number,
): { ladder: number; rung: number } {
  const found = world.ladders[ladder];
  const top = (found?.rungs.length ?? 2) - 1;
  return { ladder, rung: Math.max(found?.recognises_from ?? Math.min(rung, top), 1) };
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
    const world = store.view.results?.world;
    if (world) store.set(ladderView(world, places[chosen] ?? 0, store.view.rung));
  });
  let places: number[] = [];
  store.watch(['results', 'outcome', 'authority', 'ladder'], (view) => {
    if (!view.results) return;
    world.show(view.results.outcomes.map(worldName), view.outcome);
    authority.show(view.results.world.authorities.map(({ name }) => name), view.authority);
    const { ladders } = view.results.world;
    places = climbable(view.results.world);
    ladder.show(
      places.map((place) => words(ladders[place]?.key ?? '')), places.indexOf(view.ladder));
  });
  return h('div', { class: 'choices no-print' }, world.element, authority.element, ladder.element);
}
