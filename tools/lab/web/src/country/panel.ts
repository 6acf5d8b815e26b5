import type { App } from '../store';
import { h } from '../ui/dom';

/** The country that is looked at: where it stands, why, what would be enough. */
export function countryPanel(app: App): HTMLElement {
  void app;
  return h('section', { class: 'panel' });
}
