import type { App } from '../store';
import { fill, h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { headlines } from './headline';
import type { Standing } from './standing';
import { arrowed } from './tabs';
import { textOf } from './variant_text';
import { copyVariant, setTitle, withNew } from './variants';
import { letter, maxVariants, removeVariant } from './workspace';

const standings: Record<Standing, string> = {
  mistakes: 'has mistakes, see YAML',
  new: 'not run yet',
  changed: 'changed since the run',
  shown: '',
};

function card(app: App, bench: Workbench, world: number): HTMLElement {
  const variant = bench.workspace.variants[world - 1];
  const outcome = bench.outcomeOf(world);
  const results = bench.runs.own?.results;
  const fresh = bench.runs.own?.request.scenario === bench.workspace.scenario;
  const found =
    results && fresh && outcome >= 0 ? headlines(results, outcome, app.store.view.authority) : [];
  const chosen = world === bench.workspace.edited;
  const standing = bench.standing(world);
  const title = variant ? textOf(variant.yaml, 'title') || variant.name : 'Scenario as it is';
  return h(
    'button',
    {
      type: 'button',
      role: 'tab',
      class: 'bench-card',
      'aria-selected': String(chosen),
      tabindex: chosen ? 0 : -1,
      click: () => bench.select(world),
    },
    h(
      'span',
      { class: 'bench-card-title' },
      world > 0 && h('span', { class: `bench-letter bench-letter-${world}` }, letter(world)),
      h('span', {}, title),
    ),
    ...found.map(({ what, value, margin }) =>
      h(
        'span',
        { class: 'bench-card-answer' },
        h('b', {}, value),
        margin !== '' && h('span', { class: 'bench-range' }, ` ${margin}`),
        ` ${what}`,
      ),
    ),
    found.length > 0 &&
      h(
        'span', { class: 'bench-range' },
        world === 0 ? 'states, at the end' : 'states more or less, 95\u00a0%',
      ),
    standing !== 'shown' && h('span', { class: 'bench-standing' }, standings[standing]),
  );
}

/** The baseline and the variants side by side; the one that is worked on is marked. */
export function cards(app: App, bench: Workbench): HTMLElement {
  const list = h('div', {
    role: 'tablist',
    'aria-label': 'Baseline and variants',
    class: 'bench-cards',
    keydown: (event: KeyboardEvent) => {
      const { edited, variants } = bench.workspace;
      const next = arrowed(event.key, edited, variants.length + 1);
      if (next === null) return;
      event.preventDefault();
      bench.select(next);
    },
  });
  const show = (): void => {
    const focused = list.contains(document.activeElement);
    const worlds = [0, ...bench.workspace.variants.map((_, place) => place + 1)];
    fill(list, ...worlds.map((world) => card(app, bench, world)));
    if (focused) list.querySelector<HTMLElement>('[aria-selected=true]')?.focus();
  };
  bench.on(['workspace', 'problems'], show);
  app.store.watch(['authority'], show);
  return h('div', {}, list, actions(bench));
}

/** What can be done with the variant that is worked on, and with the workspace. */
function actions(bench: Workbench): HTMLElement {
  const id = uniqueId('title');
  const title = h('input', { id, maxlength: 120, change: () => setTitle(bench, title.value) });
  const field = h(
    'div',
    { class: 'bench-field bench-grow' },
    h('label', { for: id }, 'Title of the variant'),
    title,
  );
  const hint = h('p', { class: 'note bench-grow' });
  const button = (text: string, click: () => void, label?: string): HTMLButtonElement =>
    h('button', { type: 'button', 'aria-label': label, click }, text);
  const add = button('New variant', () => bench.edit(withNew));
  const copy = button('Copy', () => copyVariant(bench), 'Copy this variant');
  const remove = button(
    'Remove',
    () => bench.edit((workspace) => removeVariant(workspace, workspace.edited)),
    'Remove this variant; undo brings it back',
  );
  const undo = button('Undo', () => bench.undo());
  const redo = button('Redo', () => bench.redo());
  undo.setAttribute('aria-keyshortcuts', 'Control+Z');
  redo.setAttribute('aria-keyshortcuts', 'Control+Shift+Z');
  bench.on(['workspace'], () => {
    const { variant, workspace } = bench;
    field.hidden = remove.hidden = copy.hidden = !variant;
    hint.hidden = variant !== null;
    hint.textContent =
      'The scenario as it comes. Turn a knob, and a variant begins that is compared with it on ' +
      'the same luck.';
    if (document.activeElement !== title) {
      title.value = variant ? textOf(variant.yaml, 'title') : '';
    }
    title.disabled = variant !== null && (bench.problems(variant)?.length ?? 0) > 0;
    add.disabled = copy.disabled = workspace.variants.length >= maxVariants;
    undo.disabled = !bench.can.undo;
    redo.disabled = !bench.can.redo;
  });
  return h(
    'div',
    { class: 'bench-actions' },
    field,
    hint,
    h('div', { class: 'buttons' }, add, copy, remove, undo, redo),
  );
}
