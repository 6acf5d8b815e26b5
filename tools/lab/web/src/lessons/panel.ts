import type { App } from '../store';
import { h } from '../ui/dom';

/** Guided lessons. */
export function lessonsPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
