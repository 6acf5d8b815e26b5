import { blocKey, blocOptions, blocsOf, orgName } from '../blocs';
import type { Bloc } from '../blocs';
import type { World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import type { Who } from './event_form';

export interface Picker {
  element: HTMLElement;
  show(who: Who): void;
}

export interface PickerOptions {
  label: string;
  world: World;
  /** Whether regions, organisations and `all` stay names; else their countries are added. */
  selectors: boolean;
  changed(who: Who): void;
}

/** The country that a text means: its id, or its name; null: none, or not only one. */
export function countryOf(world: World, text: string): string | null {
  const wanted = text.trim().toLowerCase();
  if (wanted === '') return null;
  const exact = world.actors.find(
    ({ id, name }) => id.toLowerCase() === wanted || name.toLowerCase() === wanted,
  );
  if (exact) return exact.id;
  const begins = world.actors.filter(({ name }) => name.toLowerCase().startsWith(wanted));
  return begins.length === 1 ? (begins[0]?.id ?? null) : null;
}

/** A selector with a bloc more: by its name, or by its members. */
export function withBloc(who: Who, bloc: Bloc, world: World, named: boolean): Who {
  if (named) return { ...who, [bloc.kind]: [...new Set([...who[bloc.kind], bloc.id])] };
  const ids = bloc.members.flatMap((actor) => world.actors[actor]?.id ?? []);
  return { ...who, ids: [...new Set([...who.ids, ...ids])] };
}

/** Choosing several countries by name, by region or by organisation. */
export function picker(options: PickerOptions): Picker {
  const { world } = options;
  const id = uniqueId('who');
  let who: Who = { all: false, ids: [], org: [], region: [], subregion: [], except: [] };
  const change = (patch: Partial<Who>): void => {
    who = { ...who, ...patch };
    show();
    options.changed(who);
  };
  const chips = h('ul', { class: 'bench-chips', 'aria-label': `Chosen: ${options.label}` });
  const names = h(
    'datalist', { id: `${id}-names` },
    ...world.actors.map((actor) => h('option', { value: actor.name }, actor.id)),
  );
  const input = h('input', {
    id, list: names.id, placeholder: 'Country', autocomplete: 'off', size: 14,
    'aria-describedby': `${id}-hint`,
    change: () => take(false),
    keydown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter') return;
      event.preventDefault();
      take(true);
    },
  });
  const hint = h('span', { id: `${id}-hint`, class: 'note', role: 'status' });
  const take = (asked: boolean): void => {
    const found = countryOf(world, input.value);
    hint.textContent = '';
    if (found) {
      input.value = '';
      if (!who.ids.includes(found)) change({ ids: [...who.ids, found] });
    } else if (asked && input.value.trim() !== '') {
      hint.textContent = `No country of this scenario is called ${input.value.trim()}.`;
    }
  };
  const blocs = blocsOf(world);
  const add = h(
    'select',
    {
      'aria-label': `Add a region or an organisation to ${options.label}`,
      change: () => {
        const key = add.value;
        add.value = '';
        if (key === 'all') {
          change(options.selectors
            ? { all: true, ids: [], org: [], region: [], subregion: [] }
            : { ids: world.actors.map((actor) => actor.id) });
        }
        const bloc = blocs.find((other) => blocKey(other) === key);
        if (bloc) change(withBloc(who, bloc, world, options.selectors));
      },
    },
    h('option', { value: '' }, 'Add a region or bloc …'),
    ...blocOptions(blocs),
    h('option', { value: 'all' }, 'All countries'),
  );
  const clear = h(
    'button',
    {
      type: 'button', class: 'quiet', 'aria-label': `Clear ${options.label}`,
      click: () => {
        change({ all: false, ids: [], org: [], region: [], subregion: [], except: [] });
        input.focus();
      },
    },
    'Clear',
  );
  const chip = (text: string, title: string, remove: () => void): HTMLElement =>
    h(
      'li', {},
      h('button', {
        type: 'button', 'aria-label': `Remove ${title}`, title,
        click: () => {
          remove();
          input.focus();
        },
      }, text, h('span', { 'aria-hidden': 'true' }, ' ×')),
    );
  const show = (): void => {
    const nameOf = (country: string): string =>
      world.actors.find((actor) => actor.id === country)?.name ?? country;
    const parts = (['org', 'region', 'subregion'] as const).flatMap((key) =>
      who[key].map((id) => {
        const name = key === 'org' ? orgName(id) : id;
        return chip(name, name, () => change({ [key]: who[key].filter((n) => n !== id) }));
      }),
    );
    const many = who.ids.length > 12;
    fill(
      chips,
      who.all && chip('All countries', 'all countries', () => change({ all: false })),
      ...parts,
      ...who.ids.slice(0, many ? 10 : 12).map((country) =>
        chip(nameOf(country), nameOf(country), () =>
          change({ ids: who.ids.filter((other) => other !== country) })),
      ),
      many && h('li', { class: 'note' }, `and ${who.ids.length - 10} more`),
      ...who.except.map((country) =>
        chip(`not ${nameOf(country)}`, `the exception ${nameOf(country)}`, () =>
          change({ except: who.except.filter((other) => other !== country) })),
      ),
    );
    clear.hidden = chips.childElementCount === 0;
  };
  const element = h(
    'div',
    { class: 'bench-who', role: 'group', 'aria-label': options.label },
    h('label', { for: id }, options.label),
    chips,
    h('div', { class: 'bench-who-add' }, input, names, add, clear),
    hint,
  );
  show();
  return {
    element,
    show(next) {
      who = next;
      show();
    },
  };
}
