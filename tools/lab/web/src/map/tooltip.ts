import { fill, h } from '../ui/dom';
import { percent, words } from '../ui/format';
import type { Reading } from './reading';
import { sure } from './reading';
import { valueText } from './words';

/** Says what is known of an actor, beside the place it is at. */
export class Tooltip {
  readonly element = h('div', { class: 'map-tip', 'aria-hidden': 'true' });

  constructor() {
    this.element.hidden = true;
  }

  hide(): void {
    this.element.hidden = true;
  }

  get visible(): boolean {
    return !this.element.hidden;
  }

  /** @param x, y  in pixels of the box that it stands in; width: of that box */
  show(content: Node[], x: number, y: number, width: number): void {
    fill(this.element, ...content);
    this.element.hidden = false;
    const { offsetWidth, offsetHeight } = this.element;
    const left = x + 14 + offsetWidth > width ? x - offsetWidth - 14 : x + 14;
    const top = y - offsetHeight / 2;
    const rightmost = Math.max(width - offsetWidth - 2, 2);
    this.element.style.left = `${Math.min(Math.max(left, 2), rightmost)}px`;
    this.element.style.top = `${Math.max(top, 2)}px`;
  }
}

/** What a tooltip says of an actor: its value, and the chance of each rung. */
export function tipContent(reading: Reading, step: number, actor: number, dark: boolean): Node[] {
  const { world } = reading.results;
  const rungs = world.ladders[reading.choice.ladder]?.rungs ?? [];
  const content: Node[] = [
    h('strong', {}, world.actors[actor]?.name ?? ''),
    h('span', { class: 'value' }, valueText(reading, step, actor)),
  ];
  if (reading.choice.recorded) return content;
  const byRung = reading.choice.measure === 'rung';
  const colours = byRung ? reading.colours(dark) : [];
  const parts = reading.shares(step, actor);
  const rows = rungs.map((name, rung) => {
    const share = parts[rung] ?? 0;
    const bar = h('span', { class: 'bar' });
    bar.style.width = `${share / 10}%`;
    if (byRung) bar.style.background = colours[rung] ?? '';
    return h(
      'div',
      { class: 'row' },
      h('span', {}, `${rung} ${words(name)}`),
      h('span', { class: 'track' }, bar),
      h('span', { class: 'share' }, percent(share)),
    );
  });
  content.push(h('div', { class: 'rows' }, ...rows.reverse()));
  if (byRung && Math.max(...parts) < sure) {
    content.push(h('span', { class: 'quiet' }, 'No rung reaches 60 %.'));
  }
  return content;
}
