import { h, fill, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { addShipped } from './variants';
import { maxVariants } from './workspace';

/** Which scenario, its question, and the variants that come with it. */
export function chooser(bench: Workbench): HTMLElement {
  const id = uniqueId('scenario');
  const select = h('select', { id, change: () => bench.chooseScenario(select.value) });
  const question = h('p', { class: 'note bench-question' });
  const offered = h('div', { class: 'bench-offered' });
  const summary = h('summary', {}, '');
  const details = h('details', { class: 'bench-shipped' }, summary, offered);

  bench.on(['scenario', 'workspace', 'file'], () => {
    const { scenario, variants } = bench.workspace;
    if (select.options.length !== bench.entries.length) {
      fill(select, ...bench.entries.map((e) => h('option', { value: e.name }, e.title)));
    }
    select.value = scenario;
    const entry = bench.entries.find(({ name }) => name === scenario);
    question.textContent = entry?.question ?? '';
    const shipped = entry?.variants ?? [];
    details.hidden = shipped.length === 0;
    summary.textContent = `${shipped.length} variants that come with it`;
    const full = variants.length >= maxVariants;
    const rows = shipped.map(({ name, title, question: asks }) => {
      const there = variants.some((variant) => variant.name === name);
      const attributes = {
        type: 'button',
        disabled: full,
        'aria-label': `${there ? 'Add again' : 'Add'}: ${title}`,
        'data-name': name,
        click: () => void addShipped(bench, name),
      };
      return h(
        'li',
        {},
        h('div', {}, h('strong', {}, title), h('p', { class: 'note' }, asks)),
        h('button', attributes, there ? 'Add again' : 'Add'),
      );
    });
    const state = `${scenario}:${variants.map((variant) => variant.name).join()}`;
    if (offered.dataset.state === state) return;
    offered.dataset.state = state;
    const focused = (document.activeElement as HTMLElement | null)?.dataset.name;
    fill(offered, h('ul', {}, ...rows));
    for (const button of offered.querySelectorAll('button')) {
      if (focused !== undefined && button.dataset.name === focused) button.focus();
    }
  });
  return h(
    'div',
    { class: 'bench-chooser' },
    h('div', { class: 'bench-field' }, h('label', { for: id }, 'Scenario'), select),
    question,
    details,
  );
}
