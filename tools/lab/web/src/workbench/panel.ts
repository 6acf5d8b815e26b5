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
  const events = timeline(bench);
  const ways = tabs('Ways to change the variant', [
    { name: 'Main knobs', panel: mainKnobs(bench, (subject) => beginEvent(subject)) },
    { name: 'All knobs', panel: allKnobs(bench) },
    { name: 'Events', panel: events.element },
    { name: 'YAML', panel: yamlView(bench) },
    { name: 'Files', panel: files(bench) },
  ]);
  const beginEvent = (subject: string): void => {
    ways.choose('Events');
    events.begin(subject);
  };
  const body = h(
    'div',
    { class: 'bench-body' },
    chooser(bench),
    cards(app, bench),
    runBar(bench),
    broken,
    ways.element,
  );
  const panel = h(
    'section', { class: 'panel workbench no-print', 'aria-label': 'Workbench' },
    fileBar(bench), body,
  );
  bench.on(['file'], () => {
    body.hidden = bench.file !== null;
  });
  bench.on(['workspace', 'problems'], () => {
    const { variant } = bench;
    const [first, ...more] = (variant && bench.problems(variant)) ?? [];
    broken.hidden = !first;
    if (!first) return;
    const others = more.length > 0 ? ` (and ${more.length} more, see YAML)` : '';
    const rest = bench.readable ? '' : ' Its knobs rest until it is mended.';
    broken.textContent =
      `This variant is left out of runs. Line ${first.line}: ${first.message}${others}.${rest}`;
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
  return panel;
}
