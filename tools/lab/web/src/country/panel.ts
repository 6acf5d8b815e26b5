import { orHigher } from '../charts/words';
import type { App } from '../store';
import { h } from '../ui/dom';
import { emptyState, ladderRows } from './head';
import { changeSentence, standingSentence } from './sentences';
import { sharesFigure } from './shares';
import { valuesSection } from './values-view';
import { whySection } from './why';

/**
 * The country that is looked at: where it stands, why, what would be enough. Two boxes: on wide
 * pages the first has its place beside the map, the second below both.
 */
export function countryPanel(app: App): HTMLElement {
  const { store } = app;
  const title = h('h2', {});
  const about = h('p', { class: 'note' });
  const headline = h('p', { class: 'headline' });
  const change = h('p', {});
  const close = h('button', {
    type: 'button', class: 'quiet', click: () => store.set({ actor: null }),
  }, 'Close');
  const chosen = h('div', { class: 'chosen-country' },
    h('div', {}, h('div', { class: 'part-head' }, title, close), about, headline, change,
      ladderRows(app)),
    sharesFigure(app));
  const more = h('div', { class: 'panel country-more' }, whySection(app), valuesSection(app));
  const panel = h('section', { class: 'country', 'aria-label': 'Country' },
    h('div', { class: 'panel country-head' }, emptyState(app), chosen), more);
  store.watch(['results', 'actor', 'outcome', 'authority', 'ladder', 'rung', 'step'], (view) => {
    const { results, actor } = view;
    const who = actor === null ? undefined : results?.world.actors[actor];
    panel.hidden = !results;
    chosen.hidden = !who;
    more.hidden = !who;
    if (!results || actor === null || !who) return;
    title.textContent = who.name;
    const share = who.importance * 100;
    const weight = share < 0.1 ? 'Less than 0.1' : share.toFixed(1);
    about.textContent =
      `${who.id}${who.region ? `, ${who.region}` : ''}. ${weight} % of the world’s importance.`;
    const { outcome, authority, ladder, step, rung } = view;
    headline.textContent = standingSentence(results, outcome, authority, ladder, step, actor);
    change.hidden = outcome === 0;
    if (outcome > 0) {
      const name = orHigher(results.world.ladders[ladder]?.rungs ?? [], rung);
      change.textContent = changeSentence(
        results, { outcome, authority, ladder, step, actor, rung }, name);
    }
  });
  return panel;
}
