import type { App } from '../store';
import { h } from '../ui/dom';

/** Scenario, variants, knobs, events, YAML, downloads; of the lab alone. */
export function workbenchPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
