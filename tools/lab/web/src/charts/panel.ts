import type { App } from '../store';
import { h } from '../ui/dom';

/** Numbers over time, differences, events, the authority, who drew whom. */
export function chartsPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
