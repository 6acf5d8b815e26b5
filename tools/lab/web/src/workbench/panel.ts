import type { App } from '../store';
import { h } from '../ui/dom';
import { allKnobs } from './all_knobs';
import { Workbench } from './bench';
import { cards } from './cards';
import { chooser } from './chooser';
import { fileBar, files, takesDrops } from './files';
import { mainKnobs } from './main_knobs';
import { runBar } from './runbar';
import { tabs } from './tabs';
import { timeline } from './timeline';
import { yamlView } from './yaml_view';

/** Whether a key press belongs to a text that is being written, which has an undo of its own. */
function writes(target: EventTarget | null): boolean {
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !/^(range|checkbox|radio)$/.test(target.type);
}

/** Scenario, variants, knobs, events, YAML, downloads; of the lab alone. */
export function workbenchPanel(app: App): HTMLElement {
  const bench = new Workbench(app);
  app.bench = bench;
  const broken = h('p', { class: 'error', role: 'status' });
  const body = h(
    'div',
    { class: 'bench-body' },
    chooser(bench),
    cards(app, bench),
    runBar(bench),
    broken,
    tabs('Ways to change the variant', [
      { name: 'Main knobs', panel: mainKnobs(bench) },
      { name: 'All knobs', panel: allKnobs(bench) },
      { name: 'Events', panel: timeline(bench) },
      { name: 'YAML', panel: yamlView(bench) },
      { name: 'Files', panel: files(bench) },
    ]),
  );
  const panel = h(
    'section', { class: 'panel workbench', 'aria-label': 'Workbench' }, fileBar(bench), body,
  );
  bench.on(['file'], () => {
    body.hidden = bench.file !== null;
  });
  bench.on(['workspace'], () => {
    const { variant } = bench;
    const unreadable = variant !== null && !bench.readable;
    broken.hidden = !unreadable;
    broken.textContent = unreadable
      ? 'The YAML of this variant cannot be read, so its knobs rest until it is mended.'
      : '';
  });
  document.addEventListener('keydown', (event) => {
    const key = event.key.toLowerCase();
    if (!(event.ctrlKey || event.metaKey) || event.altKey || panel.hidden || bench.file) return;
    if ((key !== 'z' && key !== 'y') || writes(event.target)) return;
    event.preventDefault();
    if (key === 'y' || event.shiftKey) bench.redo();
    else bench.undo();
  });
  takesDrops(bench, panel);
  void bench.begin();
  return panel;
}
