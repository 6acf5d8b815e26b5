import { fill, h, svg, uniqueId } from '../ui/dom';
import { isDark } from '../ui/colours';
import type { Look, Reading } from './reading';
import { counts, none } from './reading';

function swatch(colour: string): HTMLElement {
  const element = h('span', { class: 'swatch' });
  element.style.background = colour;
  return element;
}

/** A swatch of what is drawn with a class of its own. */
function sample(kind: 'nodata' | 'home' | 'unsure' | 'star'): SVGSVGElement {
  const id = uniqueId('sample');
  const units = { patternUnits: 'userSpaceOnUse', width: 5, height: 5 };
  const shapes = {
    nodata: [svg('rect', { width: 1.2, height: 5, class: 'map-hatch' })],
    home: [svg('path', { d: 'M0 0h5M0 0v5', class: 'map-crosshatch' })],
    unsure: [svg('rect', { width: 1.7, height: 5, class: 'map-stripe' })],
    star: [],
  }[kind];
  const box = svg('svg', { class: 'sample', width: 20, height: 16, 'aria-hidden': 'true' });
  if (kind === 'star') {
    box.append(
      svg('path', {
        class: 'map-star',
        d: 'M10 1l2.1 4.8 5.2.5-3.9 3.4 1.1 5.1-4.5-2.7-4.5 2.7 1.1-5.1-3.9-3.4 5.2-.5z',
      }),
    );
    return box;
  }
  const turn = `rotate(${kind === 'unsure' ? -45 : 45})`;
  box.append(
    svg('defs', {}, svg('pattern', { id, patternTransform: turn, ...units }, ...shapes)),
    svg('rect', { width: 20, height: 16, class: kind === 'unsure' ? 'map-under' : 'map-bare' }),
    svg('rect', { width: 20, height: 16, fill: `url(#${id})`, class: 'edge' }),
  );
  return box;
}

/** What colours and marks mean, with how many actors there are of each. */
export class Legend {
  readonly element = h('div', { class: 'map-legend' });
  private numbers: HTMLElement[] = [];
  private starNumber = h('span', { class: 'count' });
  private nodata = h('li', {});
  private reading: Reading | null = null;

  /**
   * @param home   name of the contested authority's land, null: not in the picture
   * @param tiles  whether there are no lands without an actor in it
   */
  open(reading: Reading, home: string | null, tiles: boolean): void {
    this.reading = reading;
    const colours = reading.colours(isDark());
    this.numbers = reading.classes.map(() => h('span', { class: 'count' }));
    const classes = reading.classes.map(({ label, rung }, n) =>
      h(
        'li',
        {},
        swatch(colours[n] ?? ''),
        rung === null ? null : h('b', {}, String(rung)),
        h('span', {}, label),
        this.numbers[n],
      ),
    );
    const marks: HTMLElement[] = [];
    if (reading.marksRecognition) {
      this.starNumber = h('span', { class: 'count' });
      marks.push(h('li', {}, sample('star'), h('span', {}, 'recognises'), this.starNumber));
    }
    if (reading.byRung && !reading.choice.recorded) {
      marks.push(h('li', {}, sample('unsure'), h('span', {}, 'no rung reaches 60 %')));
    }
    if (home) {
      const name = h('span', {}, `${home} (contested authority)`);
      marks.push(h('li', {}, sample('home'), name));
    }
    this.nodata = h('li', {}, sample('nodata'), h('span', {}, 'no data'));
    if (!tiles || reading.choice.recorded) marks.push(this.nodata);
    fill(
      this.element,
      h('ul', { class: 'classes', 'aria-label': 'Colours, with the number of states' }, ...classes),
      h('ul', { class: 'marks', 'aria-label': 'Marks' }, ...marks),
    );
  }

  /** Brings the numbers of states up to date. */
  count(look: Look): void {
    if (!this.reading) return;
    counts(look.classes, this.reading.classes.length).forEach((number, n) => {
      const element = this.numbers[n];
      if (element) write(element, String(number));
    });
    write(this.starNumber, String(look.recognises.reduce((sum, one) => sum + one, 0)));
    this.nodata.classList.toggle('some', look.classes.includes(none));
  }
}

function write(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}
