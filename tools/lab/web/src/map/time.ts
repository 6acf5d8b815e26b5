import type { App } from '../store';
import { fill, h, svg, uniqueId } from '../ui/dom';
import { stepText } from './words';

const speeds = [2, 5, 10, 30]; // pictures per second
const strides: Record<string, number[]> = {
  day: [1, 7, 30], week: [1, 4, 13], month: [1, 3, 12], quarter: [1, 4], year: [1, 5],
};

const stepsOfYear = { day: 365, week: 52, month: 12, quarter: 4, year: 1 };

/** Steps that get a word under the slider: about every `wanted`-th part, on turns of the year. */
export function ticks(labels: readonly string[], wanted: number): { step: number; text: string }[] {
  const years: { step: number; text: string }[] = [];
  labels.forEach((label, step) => {
    const year = label.slice(0, 4);
    if (step === 0 || labels[step - 1]?.slice(0, 4) !== year) years.push({ step, text: year });
  });
  // A first year of which little is left would stand on the next one.
  const second = years[1];
  if (second && second.step < labels.length / 10) years.shift();
  const every = Math.max(1, Math.ceil(years.length / wanted));
  return years.filter((_, n) => n % every === 0);
}

function icon(d: string): SVGSVGElement {
  const shape = svg('path', { d, fill: 'currentColor' });
  return svg('svg', { width: 16, height: 16, viewBox: '0 0 16 16', 'aria-hidden': 'true' }, shape);
}

const icons = {
  first: 'M2 2h2v12H2zM14 2v12L5 8z',
  last: 'M12 2h2v12h-2zM2 2v12l9-6z',
  play: 'M3 1.5v13L14 8z',
  pause: 'M3 2h4v12H3zM9 2h4v12H9z',
};

/** The slider of time with its buttons; plays when the view says so. */
export class TimeBar {
  readonly element: HTMLElement;
  private readonly slider: HTMLInputElement;
  private readonly date = h('output', { class: 'map-date' });
  private readonly play = h('button', { type: 'button', class: 'play primary' });
  private readonly axis = h('div', { class: 'map-axis', 'aria-hidden': 'true' });
  private readonly speed = h('select', { 'aria-label': 'Pictures per second' });
  private readonly stride = h('select', { 'aria-label': 'Steps between pictures' });
  private frame = 0;

  constructor(private readonly app: App) {
    const { store } = app;
    const id = uniqueId('time');
    this.slider = h('input', {
      id, type: 'range', min: 0, step: 1, 'aria-label': 'Date',
      input: () => store.set({ step: this.slider.valueAsNumber, playing: false }),
      keydown: (event: KeyboardEvent) => this.key(event),
    });
    this.date.setAttribute('for', id);
    this.play.addEventListener('click', () => this.toggle());
    for (const n of speeds) this.speed.append(h('option', { value: n }, `${n} a second`));
    this.speed.value = '5';
    this.element = h(
      'div',
      { class: 'map-time no-print' },
      this.play,
      this.jump('first', 'To the first date', () => 0),
      h('div', { class: 'map-slide' }, this.slider, this.axis),
      this.jump('last', 'To the last date', () => this.last),
      h(
        'div', { class: 'map-when' },
        this.date, h('div', { class: 'map-speed' }, this.speed, this.stride),
      ),
    );
    store.watch(['results'], () => this.open());
    store.watch(['results', 'step'], ({ step }) => this.show(step));
    store.watch(['playing'], ({ playing }) => this.run(playing));
  }

  private get last(): number {
    return (this.app.store.view.results?.world.time.labels.length ?? 1) - 1;
  }

  private jump(name: 'first' | 'last', label: string, to: () => number): HTMLElement {
    return h(
      'button',
      {
        type: 'button', class: 'jump', 'aria-label': label, title: label,
        click: () => this.app.store.set({ step: to(), playing: false }),
      },
      icon(icons[name]),
    );
  }

  private toggle(): void {
    const { playing, step } = this.app.store.view;
    if (!playing && step >= this.last) this.app.store.set({ step: 0, playing: true });
    else this.app.store.set({ playing: !playing });
  }

  /** Space plays; the browser knows the arrows, but not that a page is a year. */
  private key(event: KeyboardEvent): void {
    const turn = { PageUp: 1, PageDown: -1 }[event.key];
    if (event.key !== ' ' && turn === undefined) return;
    event.preventDefault();
    if (turn === undefined) return this.toggle();
    const { step, results } = this.app.store.view;
    const year = stepsOfYear[results?.world.time.unit ?? 'month'];
    const to = Math.min(Math.max(step + turn * year, 0), this.last);
    this.app.store.set({ step: to, playing: false });
  }

  private open(): void {
    const time = this.app.store.view.results?.world.time;
    if (!time) return;
    this.slider.max = String(this.last);
    const chosen = this.stride.value;
    const { unit } = time;
    fill(
      this.stride,
      ...(strides[unit] ?? [1]).map((n) =>
        h('option', { value: n }, n === 1 ? `each ${unit}` : `every ${n} ${unit}s`),
      ),
    );
    this.stride.value = chosen || '1';
    if (!this.stride.value) this.stride.value = '1';
    fill(
      this.axis,
      ...ticks(time.labels, 8).map(({ step, text }) => {
        const tick = h('span', {}, text);
        tick.style.left = `${(100 * step) / Math.max(this.last, 1)}%`;
        return tick;
      }),
    );
  }

  private show(step: number): void {
    const time = this.app.store.view.results?.world.time;
    if (!time) return;
    const text = stepText(time, step);
    this.slider.value = String(step);
    this.slider.setAttribute('aria-valuetext', text);
    this.date.textContent = text;
  }

  private run(playing: boolean): void {
    const name = playing ? 'Pause' : 'Play';
    fill(this.play, icon(playing ? icons.pause : icons.play), name);
    cancelAnimationFrame(this.frame);
    if (!playing) return;
    let due = performance.now() + 1000 / Number(this.speed.value);
    const turn = (now: number): void => {
      if (now >= due) {
        const pause = 1000 / Number(this.speed.value);
        due = Math.max(due + pause, now); // who was held up does not hurry after
        const step = Math.min(this.app.store.view.step + Number(this.stride.value), this.last);
        this.app.store.set({ step, ...(step >= this.last ? { playing: false } : {}) });
        if (step >= this.last) return;
      }
      this.frame = requestAnimationFrame(turn);
    };
    this.frame = requestAnimationFrame(turn);
  }
}
