import { stackSpec, stackTable } from '../charts/authority';
import { plotGrid } from '../charts/plot';
import { shareSeries } from '../charts/series';
import { observed } from '../results';
import type { App, View } from '../store';
import { isDark, rungColour } from '../ui/colours';
import { fill, h } from '../ui/dom';
import { figure } from '../ui/figure';
import { words } from '../ui/format';
import type { Table } from '../ui/table';
import { changeSentence, standingSentence, telling, worldOf } from './sentences';
import { valuesSection } from './values-view';
import { whySection } from './why';

function emptyState(app: App): HTMLElement {
  const important = h('div', { class: 'buttons' });
  const uncertain = h('div', { class: 'buttons' });
  const doubtful = h('p', { class: 'note' }, 'The least certain at this date:');
  const box = h('div', {},
    h('h2', {}, 'A country'),
    h('p', {}, 'Choose a country on the map or in the list to see where it stands, why, and what ' +
      'would have been enough.'),
    h('p', { class: 'note' }, 'The most important of this world:'), important,
    doubtful, uncertain);
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'step', 'actor'], (view) => {
    const { results } = view;
    box.hidden = view.actor !== null;
    if (!results || view.actor !== null || view.playing) return;
    const found = telling(results, view.outcome, view.authority, view.ladder, view.step, 5);
    const buttons = (actors: number[]): HTMLElement[] => actors.map((actor) =>
      h('button', { type: 'button', click: () => app.store.set({ actor }) },
        results.world.actors[actor]?.name ?? ''));
    fill(important, ...buttons(found.important));
    fill(uncertain, ...buttons(found.uncertain));
    doubtful.hidden = found.uncertain.length === 0;
  });
  return box;
}

function ladders(app: App): HTMLElement {
  const list = h('div', { class: 'ladders', role: 'group', 'aria-label': 'Ladder' });
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'step', 'actor'], (view) => {
    const { results, actor } = view;
    if (!results || actor === null) return;
    const had = list.contains(document.activeElement);
    fill(list, ...results.world.ladders.map((ladder, place) =>
      h('button', {
        type: 'button', class: 'ladder', 'aria-pressed': String(place === view.ladder),
        click: () => app.store.set({
          ladder: place, rung: ladder.recognises_from ?? Math.min(view.rung, ladder.rungs.length - 1),
        }),
      },
      h('span', { class: 'key' }, words(ladder.key)),
      h('span', { class: 'where' }, standingSentence(results, view.outcome, view.authority, place,
        view.step, actor).replace(/^[^:]*: /, '').replace(`${results.world.actors[actor]?.name ?? ''} `, '')))));
    if (had) list.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
  });
  return list;
}

function sharesFigure(app: App): HTMLElement {
  const grid = plotGrid(app);
  let table: Table = { columns: [], rows: [] };
  const chart = figure({ title: 'Where it stands over time', picture: grid.element, table: () => table });
  const draw = (view: Readonly<View>): void => {
    const { results, actor } = view;
    chart.element.hidden = !results || actor === null;
    const ladder = results?.world.ladders[view.ladder];
    if (!results || actor === null || !ladder) return;
    const { labels } = results.world.time;
    const seen = labels.map((_, step) => observed(results, view.authority, view.ladder, step, actor));
    const onRecord = seen.some((rung) => rung !== null);
    const dark = isDark();
    const places = view.outcome === 0 ? [0] : [view.outcome, 0];
    const all = places.flatMap((place) => {
      const outcome = results.outcomes[place];
      const shares = shareSeries(results, place, view.authority, view.ladder, actor);
      return outcome ? [{ name: worldOf(outcome, place), shares }] : [];
    });
    grid.draw(all.map(({ name, shares }) => ({
      ...stackSpec(shares, ladder.rungs, labels, all.length > 1 ? name : '', 190),
      ...(onRecord ? { track: {
        values: seen, label: 'on record',
        fill: (rung: number) => rungColour(rung, ladder.rungs.length, dark),
      } } : {}),
    })));
    const base = stackTable(all, ladder, labels, 'world');
    table = onRecord
      ? {
          columns: [...base.columns, 'on record'],
          rows: base.rows.map((row, place) => {
            const rung = seen[Math.floor(place / all.length)] ?? null;
            return [...row, rung === null ? null : (ladder.rungs[rung] ?? null)];
          }),
        }
      : base;
    const name = results.world.actors[actor]?.name ?? '';
    chart.refresh(
      `${name} on the ${words(ladder.key)} ladder`,
      'Share of replicates on each rung, the lowest at the bottom.' +
        (onRecord ? ' The track above: what is on record, in the same colours.' : ''),
    );
  };
  app.store.watch(['results', 'outcome', 'authority', 'ladder', 'actor', 'theme'], draw);
  return chart.element;
}

/** The country that is looked at: where it stands, why, what would be enough. */
export function countryPanel(app: App): HTMLElement {
  const { store } = app;
  const title = h('h2', { tabindex: -1 });
  const about = h('p', { class: 'note' });
  const change = h('p', {});
  const close = h('button', {
    type: 'button', class: 'quiet', click: () => store.set({ actor: null }),
  }, 'Close');
  const chosen = h('div', { class: 'chosen-country' },
    h('div', { class: 'part-head' }, title, close), about,
    ladders(app), change, sharesFigure(app), whySection(app), valuesSection(app));
  const panel = h('section', { class: 'panel country', 'aria-label': 'Country' },
    emptyState(app), chosen);
  store.watch(['results', 'actor', 'outcome', 'authority', 'ladder', 'rung', 'step'], (view) => {
    const { results, actor } = view;
    panel.hidden = !results;
    chosen.hidden = !results || actor === null;
    const who = actor === null ? undefined : results?.world.actors[actor];
    if (!results || actor === null || !who) return;
    title.textContent = who.name;
    const share = who.importance * 100;
    about.textContent = `${who.id}${who.region ? `, ${who.region}` : ''}. ` +
      `${share < 0.1 ? 'Less than 0.1' : share.toFixed(1)} % of the world’s importance.`;
    change.hidden = view.outcome === 0;
    if (view.outcome > 0) {
      change.textContent = changeSentence(results, view.outcome, view.authority, view.ladder,
        view.step, actor, view.rung);
    }
  });
  return panel;
}
