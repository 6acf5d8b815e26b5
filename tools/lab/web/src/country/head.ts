import { climbable, ladderView } from '../charts/controls';
import type { Ladder } from '../contract';
import { mostProbable, observed, shares } from '../results';
import type { App } from '../store';
import { isDark, rungColour } from '../ui/colours';
import { fill, h } from '../ui/dom';
import { words } from '../ui/format';
import { shareText, telling } from './sentences';

/** What is shown before a country is chosen: how to, and a few that are worth a look. */
export function emptyState(app: App): HTMLElement {
  const important = h('div', { class: 'buttons' });
  const uncertain = h('div', { class: 'buttons' });
  const doubtful = h('p', { class: 'note' }, 'The least certain at this date:');
  const box = h(
    'div',
    {},
    h('h2', {}, 'A country'),
    h('p', {}, 'Choose a country on the map or in the list to see where it stands, why, and what ' +
      'would have been enough.'),
    h('p', { class: 'note' }, 'The most important of this world:'),
    important,
    doubtful,
    uncertain,
  );
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'step', 'actor'], (view) => {
    const { results } = view;
    box.hidden = view.actor !== null;
    if (!results || view.actor !== null || view.playing) return;
    const found = telling(results, view.outcome, view.authority, view.ladder, view.step, 5);
    const buttons = (actors: number[]): HTMLElement[] =>
      actors.map((actor) =>
        h('button', { type: 'button', click: () => app.store.set({ actor }) },
          results.world.actors[actor]?.name ?? ''),
      );
    fill(important, ...buttons(found.important));
    fill(uncertain, ...buttons(found.uncertain));
    doubtful.hidden = found.uncertain.length === 0;
  });
  return box;
}

function shareBar(parts: readonly number[]): HTMLElement {
  const dark = isDark();
  const colour = (rung: number): string => rungColour(rung, parts.length, dark);
  return h('span', { class: 'share-bar', 'aria-hidden': 'true' }, ...parts.map((part, rung) =>
    h('span', { style: `width:${part / 10}%;background:${colour(rung)}` })));
}

/** Where the country stands on each ladder at the date; a row chooses its ladder. */
export function ladderRows(app: App): HTMLElement {
  const list = h('div', { class: 'ladders', role: 'group', 'aria-label': 'Ladder' });
  const keys = ['results', 'outcome', 'authority', 'ladder', 'step', 'actor', 'theme'] as const;
  app.store.watch([...keys], (view) => {
    const { results, actor } = view;
    if (!results || actor === null) return;
    const had = list.contains(document.activeElement);
    const { world } = results;
    fill(list, ...climbable(world).map((place) => {
      const ladder = world.ladders[place] as Ladder;
      const parts = shares(results, view.outcome, view.authority, place, view.step, actor);
      const seen = observed(results, view.authority, place, view.step, actor);
      const best = ladder.rungs[mostProbable(parts)] ?? '';
      return h(
        'button',
        {
          type: 'button', class: 'ladder', 'aria-pressed': String(place === view.ladder),
          click: () => app.store.set(ladderView(world, place, view.rung)),
        },
        h('span', { class: 'key' }, words(ladder.key)),
        h('strong', {}, best),
        h('span', { class: 'record' },
          seen === null ? '' : `on record: ${ladder.rungs[seen] ?? ''}`),
        shareBar(parts),
        h('span', { class: 'where' }, shareText(parts, ladder.rungs)),
      );
    }));
    if (had) list.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  });
  return list;
}
