import { svg } from '../ui/dom';
import { dateText } from '../ui/format';
import type { Bar } from './bars';

export interface TrackOptions {
  bar: Bar;
  labels: readonly string[];
  key: string; // by which focus finds it again
  /** null: it stays where it is. */
  moved: ((step: number) => void) | null;
  faded: boolean;
}

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** The bar of one event; it can be dragged, and moved by the arrow keys. */
export function track(options: TrackOptions): SVGSVGElement {
  const { bar, labels, moved } = options;
  const steps = labels.length;
  const body = svg('rect', { class: 'bench-bar', y: 7, height: 10, rx: 3 });
  const handle = svg('circle', { class: 'bench-handle', cy: 12, r: 8 });
  const group = svg('g', { class: options.faded ? 'is-faded' : '' }, body, handle);
  const picture = svg('svg', { class: 'bench-track', height: 24, width: '100%' }, group);
  const place = (step: number): void => {
    const width = Math.min(bar.steps, steps - step) / steps;
    body.setAttribute('x', percent(step / steps));
    body.setAttribute('width', percent(bar.forever ? 1 - step / steps : width));
    handle.setAttribute('cx', percent(step / steps));
    group.setAttribute('aria-valuenow', String(step));
    group.setAttribute('aria-valuetext', dateText(labels[step] ?? ''));
  };
  if (bar.first === null) return picture;
  if (!moved) {
    picture.setAttribute('aria-hidden', 'true'); // the row says when
    place(bar.first);
    return picture;
  }
  group.setAttribute('role', 'slider');
  group.setAttribute('tabindex', '0');
  group.setAttribute('data-key', options.key);
  group.setAttribute('aria-label', `Date of ${bar.name}`);
  group.setAttribute('aria-valuemin', '0');
  group.setAttribute('aria-valuemax', String(steps - 1));
  group.classList.add('can-move');
  place(bar.first);
  drag(picture, group, bar.first, steps, place, moved);
  const year = Math.max(1, labels.filter((l) => l.slice(0, 4) === labels[0]?.slice(0, 4)).length);
  const first = bar.first;
  group.addEventListener('keydown', (event) => {
    const by: Record<string, number> = {
      ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: year, PageDown: -year,
      Home: -first, End: steps - 1 - first,
    };
    const change = by[event.key];
    if (change === undefined) return;
    event.preventDefault();
    const step = Math.min(Math.max(first + change, 0), steps - 1);
    if (step !== first) moved(step);
  });
  return picture;
}

function drag(
  picture: SVGSVGElement, group: SVGGElement, first: number, steps: number,
  place: (step: number) => void, moved: (step: number) => void,
): void {
  let from: number | null = null; // where the pointer took hold, in steps
  let step = first;
  const at = (event: PointerEvent): number => {
    const { left, width } = picture.getBoundingClientRect();
    return ((event.clientX - left) / width) * steps;
  };
  group.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    from = at(event);
    step = first;
    group.setPointerCapture(event.pointerId);
  });
  group.addEventListener('pointermove', (event) => {
    if (from === null) return;
    step = Math.min(Math.max(Math.round(first + at(event) - from), 0), steps - 1);
    place(step);
  });
  group.addEventListener('pointerup', () => {
    if (from === null) return;
    from = null;
    if (step !== first) moved(step);
  });
  group.addEventListener('pointercancel', () => {
    from = null;
    place(first);
  });
}
