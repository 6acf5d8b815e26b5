import type { App } from '../store';
import { h } from '../ui/dom';

/** The world map with its legend, time slider, country list and search. */
export function mapPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
