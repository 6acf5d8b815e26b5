import type { App } from '../store';
import { h } from '../ui/dom';
import { authoritySection } from './authority';
import { cascadeSection } from './cascade';
import { choices } from './controls';
import { countsFigure } from './counts';
import { differenceSection } from './difference';
import { timelineSection } from './timeline';

function terms(): HTMLElement {
  return h(
    'details',
    {},
    h('summary', {}, 'Words used here'),
    h(
      'dl',
      { class: 'terms' },
      h('dt', {}, 'Ladder, rung'),
      h('dd', {}, 'An ordered list of levels, such as severed, contact, dialogue, mission, ' +
        'ambassador; a state stands on one rung of each ladder.'),
      h('dt', {}, 'Replicate'),
      h('dd', {}, 'One possible history, simulated with its own luck. Shares and means are over ' +
        'all replicates.'),
      h('dt', {}, 'Baseline, variant'),
      h('dd', {}, 'The scenario as it is, and the scenario with something changed.'),
      h('dt', {}, 'Middle 90 %'),
      h('dd', {}, 'Of 100 replicates 90 lie within: 5 are lower, 5 are higher.'),
    ),
  );
}

/** Numbers over time, differences, events, the authority, who drew whom. */
export function chartsPanel(app: App): HTMLElement {
  const panel = h(
    'section',
    { class: 'panel charts', 'aria-label': 'Charts over time' },
    h('section', { class: 'part' },
      h('div', { class: 'part-head' }, h('h2', {}, 'Over time'), choices(app)),
      countsFigure(app), terms()),
    differenceSection(app),
    timelineSection(app),
    authoritySection(app),
    cascadeSection(app),
  );
  app.store.watch(['results'], ({ results }) => {
    panel.hidden = !results;
  });
  return panel;
}
