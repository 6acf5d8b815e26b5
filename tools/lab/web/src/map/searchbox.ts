import type { App } from '../store';
import { fill, h, uniqueId } from '../ui/dom';
import { search } from './search';

const most = 8;

/** Finds a country by name or code (a combobox with a list, as the ARIA practices have it). */
export function searchBox(app: App): HTMLElement {
  const id = uniqueId('find');
  const list = h('ul', { id: `${id}-list`, role: 'listbox', 'aria-label': 'Countries found' });
  list.hidden = true;
  let found: number[] = [];
  let active = -1;

  const input = h('input', {
    id, type: 'text', role: 'combobox', placeholder: 'Find a country', autocomplete: 'off',
    'aria-label': 'Find a country by name or code', 'aria-autocomplete': 'list',
    'aria-expanded': 'false', 'aria-controls': list.id, spellcheck: 'false',
  });
  const close = (): void => {
    list.hidden = true;
    active = -1;
    input.setAttribute('aria-expanded', 'false');
    input.removeAttribute('aria-activedescendant');
  };
  const take = (place: number | undefined): void => {
    const actor = found[place ?? -1];
    if (actor === undefined) return;
    input.value = app.store.view.results?.world.actors[actor]?.name ?? '';
    close();
    app.store.set({ actor });
  };
  const mark = (place: number): void => {
    active = place;
    [...list.children].forEach((option, n) =>
      option.setAttribute('aria-selected', String(n === active)),
    );
    list.children[active]?.scrollIntoView({ block: 'nearest' });
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${id}-${active}`);
  };
  const open = (): void => {
    const actors = app.store.view.results?.world.actors ?? [];
    found = search(actors, input.value).slice(0, most);
    const options = found.map((actor, n) =>
      h(
        'li',
        {
          id: `${id}-${n}`, role: 'option', 'aria-selected': 'false',
          pointerdown: (event: PointerEvent) => {
            event.preventDefault(); // keeps the focus where it is
            take(n);
          },
        },
        h('span', {}, actors[actor]?.name ?? ''),
        h('span', { class: 'code' }, actors[actor]?.id ?? ''),
      ),
    );
    const nothing = input.value.trim() !== '' && found.length === 0;
    fill(list, ...options, nothing && h('li', { class: 'nothing' }, 'No country of that name'));
    list.hidden = options.length === 0 && !nothing;
    input.setAttribute('aria-expanded', String(!list.hidden));
    mark(options.length > 0 ? 0 : -1);
  };
  input.addEventListener('input', open);
  input.addEventListener('focus', () => input.select());
  input.addEventListener('blur', close);
  input.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      if (list.hidden) input.value = '';
      close();
    } else if (event.key === 'Enter') {
      take(active);
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (list.hidden) return open();
      const turn = event.key === 'ArrowDown' ? 1 : -1;
      if (found.length > 0) mark((active + turn + found.length) % found.length);
    }
  });
  app.store.watch(['actor', 'results'], ({ actor, results }) => {
    const name = actor === null ? '' : (results?.world.actors[actor]?.name ?? '');
    if (document.activeElement !== input) input.value = name;
  });
  return h('div', { class: 'map-find no-print' }, input, list);
}
