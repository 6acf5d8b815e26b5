import type { App } from '../store';
import { h } from '../ui/dom';

/** Class mode: people decide for some countries. */
export function seatsPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
