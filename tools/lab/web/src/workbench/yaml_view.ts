import { fill, h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { offsetOf } from './variant_text';
import { changeYaml } from './workspace';

/** The text of the variant with the mistakes that the program finds, at their lines. */
export function yamlView(bench: Workbench): HTMLElement {
  const id = uniqueId('yaml');
  const text = h('textarea', {
    id, spellcheck: 'false', autocapitalize: 'off', autocomplete: 'off', wrap: 'off', rows: 18,
    'aria-describedby': `${id}-state`,
    input: () => {
      const { edited } = bench.workspace;
      bench.edit((workspace) => changeYaml(workspace, edited, text.value), 'text');
    },
    scroll: () => {
      gutter.scrollTop = text.scrollTop;
    },
  });
  const gutter = h('div', { class: 'bench-gutter', 'aria-hidden': 'true' });
  const state = h('p', { class: 'note', id: `${id}-state`, role: 'status' });
  const problems = h('ol', { class: 'bench-problems' });
  const editor = h(
    'div',
    {},
    h('label', { for: id, class: 'visually-hidden' }, 'YAML of the variant'),
    h('div', { class: 'bench-editor' }, gutter, text),
    state,
    problems,
  );
  const baseline = h(
    'p', { class: 'note' },
    'The baseline is the scenario’s own files, which the lab leaves alone. Choose a variant, or ' +
      'begin one, to see and edit its text.',
  );

  const goTo = (line: number, column: number): void => {
    const at = offsetOf(text.value, line, column);
    text.focus();
    text.setSelectionRange(at, at);
    const height = text.scrollHeight / Math.max(text.value.split('\n').length, 1);
    text.scrollTop = Math.max(0, (line - 4) * height);
  };

  bench.on(['workspace', 'problems'], () => {
    const { variant } = bench;
    editor.hidden = !variant;
    baseline.hidden = variant !== null;
    if (!variant) return;
    if (text.value !== variant.yaml) text.value = variant.yaml;
    const found = bench.problems(variant);
    const wrong = new Set(found?.map(({ line }) => line));
    const lines = text.value.split('\n').length;
    fill(
      gutter,
      ...Array.from({ length: lines }, (_, n) =>
        h('div', wrong.has(n + 1) ? { class: 'is-wrong' } : {}, String(n + 1))),
    );
    gutter.scrollTop = text.scrollTop;
    text.setAttribute('aria-invalid', String((found?.length ?? 0) > 0));
    const count = found?.length ?? 0;
    state.textContent =
      found === null
        ? 'Checking …'
        : count === 0
          ? 'Sound. The program takes this text as it is.'
          : `${count === 1 ? 'One mistake' : `${count} mistakes`}; it is left out of runs until ` +
            'they are mended.';
    fill(
      problems,
      ...(found ?? []).map(({ line, column, message }) =>
        h(
          'li', {},
          line > 0 &&
            h(
              'button',
              { type: 'button', class: 'quiet', click: () => goTo(line, column) },
              `Line ${line}`,
            ),
          ` ${message}`,
        ),
      ),
    );
  });
  return h('div', {}, baseline, editor);
}
