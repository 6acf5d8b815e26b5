import type { Decision, Results } from '../contract';
import { dateOf } from '../charts/words';
import { h } from '../ui/dom';
import { percent, words } from '../ui/format';
import { driverMeaning } from './drivers';
import { enoughLine, othersLine } from './sentences';

/** From where the choice was made, when, and how likely it was to be made at all. */
export function statusText(decision: Decision, results: Results): string {
  const { step, ladder } = decision.question;
  const rung = results.world.ladders[ladder]?.rungs[decision.rung] ?? '';
  const from =
    decision.share >= 1000
      ? `standing on ${rung}`
      : `the mean of the replicates in which it stood on ${rung} (${percent(decision.share)})`;
  const held = decision.held
    ? ' An event or a body set or held its rung: the choice had no effect.'
    : '';
  return (
    `${dateOf(results.world, step)}, ${from}. It reconsiders in this step with probability ` +
    `${percent(decision.reconsiders * 1000)}.${held}`
  );
}

/** What it did in the step, with probabilities. */
export function chances(decision: Decision, rungs: readonly string[]): HTMLElement {
  const { rung, probability } = decision;
  const [below, stay, above] = probability;
  const parts: { name: string; share: number }[] = [];
  if (rung + 1 < rungs.length) parts.push({ name: `up to ${rungs[rung + 1] ?? ''}`, share: above });
  parts.push({ name: `stays on ${rungs[rung] ?? ''}`, share: stay });
  if (rung > 0) parts.push({ name: `down to ${rungs[rung - 1] ?? ''}`, share: below });
  return h('ul', { class: 'odds', 'aria-label': 'Probabilities in this step' },
    ...parts.map(({ name, share }) =>
      h('li', {},
        h('span', { class: 'bar', style: `width:${Math.max(share * 100, 0.5)}%` }),
        h('span', { class: 'what' }, name),
        h('span', { class: 'value' }, percent(share * 1000)))));
}

/** What would have turned the odds, one thing at a time. */
export function enoughList(decision: Decision, results: Results): HTMLElement {
  const { enough, question } = decision;
  const rungs = results.world.ladders[question.ladder]?.rungs ?? [];
  if (!enough) {
    return h('p', { class: 'note' },
      'What would have been enough was not worked out for this choice.');
  }
  const others = othersLine(decision, results);
  const possible = enough.drivers.filter(({ needed }) => needed !== null);
  const hopeless = enough.drivers.filter(({ needed }) => needed === null);
  return h('div', { class: 'enough' },
    h('h3', {}, `What would have been enough for ${rungs[enough.rung] ?? ''}`),
    h('p', { class: 'note' }, 'To make it more likely than not once it reconsiders: one thing ' +
      'changed at a time, all else as it was.'),
    h('ul', {},
      ...possible.map((one) => {
        const meaning = driverMeaning(one.driver);
        return h('li', {}, h('strong', {}, words(one.driver)), `, ${enoughLine(one)}`,
          meaning ? h('span', { class: 'meaning' }, meaning) : null);
      }),
      others ? h('li', {}, h('strong', {}, 'others'), `: ${others}`) : null),
    hopeless.length > 0
      ? h('p', { class: 'note' }, 'Not enough alone, whatever value they had: ' +
        `${hopeless.map(({ driver }) => words(driver)).join(', ')}.`)
      : null);
}
