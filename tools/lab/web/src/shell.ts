import { chartsPanel } from './charts/panel';
import { countryPanel } from './country/panel';
import type { Engine } from './engine/engine';
import { lessonsPanel } from './lessons/panel';
import { mapPanel } from './map/panel';
import { seatsPanel } from './seats/panel';
import type { App, Store } from './store';
import { h } from './ui/dom';
import { isDark } from './ui/colours';
import { workbenchPanel } from './workbench/panel';

type Mode = 'explore' | 'lessons' | 'seats';

function titles(store: Store): HTMLElement {
  const title = h('h1', {}, 'entente');
  const question = h('p', {});
  store.watch(['results'], ({ results }) => {
    title.textContent = results?.world.title ?? 'entente';
    question.textContent = results?.world.question ?? '';
    document.title = results ? `${results.world.title} – entente` : 'entente';
  });
  return h('div', { class: 'titles' }, title, question);
}

function themeButton(store: Store): HTMLElement {
  const button = h('button', {
    type: 'button',
    class: 'quiet',
    click: () => store.set({ theme: isDark() ? 'light' : 'dark' }),
  });
  const apply = (): void => {
    const dark = store.view.theme
      ? store.view.theme === 'dark'
      : matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = dark ? 'dark' : 'light';
    button.textContent = dark ? 'Light colours' : 'Dark colours';
  };
  store.watch(['theme'], apply);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    apply();
    store.set({ theme: isDark() ? 'dark' : 'light' }); // so that pictures are drawn anew
  });
  // Paper is white.
  let chosen = store.view.theme;
  addEventListener('beforeprint', () => {
    chosen = isDark() ? 'dark' : 'light';
    store.set({ theme: 'light' });
  });
  addEventListener('afterprint', () => store.set({ theme: chosen }));
  return button;
}

/** The frame of the page: what stands where. */
export function shell(place: HTMLElement, store: Store, engine: Engine): void {
  const live = h('div', { class: 'visually-hidden', 'aria-live': 'polite', role: 'status' });
  const app: App = {
    store,
    engine,
    bench: null,
    announce: (text) => {
      live.textContent = text;
    },
  };
  const theme = themeButton(store); // first: colours are taken from the theme

  const look = h(
    'div',
    { class: 'look' },
    h('div', { class: 'look-grid' }, mapPanel(app), countryPanel(app)),
  );
  const charts = chartsPanel(app);
  const side = h('div', { class: 'side' });
  const extra = new Map<Mode, HTMLElement>();
  if (engine.live) {
    extra.set('lessons', lessonsPanel(app));
    extra.set('explore', workbenchPanel(app));
    extra.set('seats', seatsPanel(app));
    side.append(...extra.values());
  }
  const main = h('main', { id: 'main' });
  const show = (mode: Mode): void => {
    for (const [name, panel] of extra) {
      // A lesson is done with the workbench at hand.
      panel.hidden = !(name === mode || (name === 'explore' && mode === 'lessons'));
    }
    main.dataset.mode = engine.live ? mode : 'report';
    // Who reads from the top finds the picture first, or the lesson that leads to it.
    if (!engine.live) main.replaceChildren(look, charts);
    else if (mode === 'seats') main.replaceChildren(side);
    else if (mode === 'lessons') main.replaceChildren(side, look, charts);
    else main.replaceChildren(look, side, charts);
    for (const button of nav.children) {
      const chosen = (button as HTMLElement).dataset.mode === mode;
      button.setAttribute('aria-pressed', String(chosen));
    }
  };
  const nav = h('nav', { 'aria-label': 'Ways to use the page' });
  if (engine.live) {
    const names: [Mode, string][] = [
      ['explore', 'Explore'],
      ['lessons', 'Lessons'],
      ['seats', 'Class mode'],
    ];
    for (const [mode, name] of names) {
      nav.append(
        h('button', { type: 'button', 'data-mode': mode, click: () => show(mode) }, name),
      );
    }
  }
  place.replaceChildren(
    h('a', { class: 'skip', href: '#main' }, 'Skip to the content'),
    h('header', { class: 'top' }, titles(store), nav, theme),
    main,
    live,
  );
  show('explore');
}
