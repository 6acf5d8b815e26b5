import { svg, uniqueId } from '../ui/dom';
import type { Cell } from './cell';
import { dotPath } from './cell';
import type { Look } from './reading';
import { none } from './reading';

/** What a picture needs to know of a cell. */
export interface Subject {
  cell: Cell;
  actor: number | null; // null: land without an actor
  home: boolean; // land of the contested authority
}

/** A star around a point, as a path. */
function starPath(x: number, y: number, radius: number): string {
  const points = Array.from({ length: 10 }, (_, n) => {
    const r = n % 2 === 0 ? radius : radius * 0.45;
    const angle = (n * Math.PI) / 5 - Math.PI / 2;
    return `${(x + r * Math.cos(angle)).toFixed(1)} ${(y + r * Math.sin(angle)).toFixed(1)}`;
  });
  return `M${points.join('L')}z`;
}

interface Patterns {
  defs: SVGDefsElement;
  nodata: string;
  home: string;
  unsure: string;
}

/** Patterns are by id, and ids are of the whole document; so each picture has its own. */
function patterns(): Patterns {
  const [nodata, home, unsure] = ['no-data', 'home', 'unsure'].map(uniqueId) as [
    string, string, string,
  ];
  const units = { patternUnits: 'userSpaceOnUse' };
  const defs = svg(
    'defs',
    {},
    svg(
      'pattern',
      { id: nodata, width: 5, height: 5, patternTransform: 'rotate(45)', ...units },
      svg('rect', { width: 5, height: 5, class: 'map-bare' }),
      svg('rect', { width: 1.2, height: 5, class: 'map-hatch' }),
    ),
    svg(
      'pattern',
      { id: home, width: 5, height: 5, patternTransform: 'rotate(45)', ...units },
      svg('rect', { width: 5, height: 5, class: 'map-bare' }),
      svg('path', { d: 'M0 0h5M0 0v5', class: 'map-crosshatch' }),
    ),
    svg(
      'pattern',
      { id: unsure, width: 5, height: 5, patternTransform: 'rotate(-45)', ...units },
      svg('rect', { width: 1.7, height: 5, class: 'map-stripe' }),
    ),
  );
  return { defs, nodata: `url(#${nodata})`, home: `url(#${home})`, unsure: `url(#${unsure})` };
}

/** A picture of cells that writes only what has changed. */
export class Scene {
  readonly element: SVGSVGElement;
  readonly subjects: Subject[];
  private readonly paths: SVGPathElement[] = [];
  private readonly marks: (SVGPathElement | null)[]; // stripes of the unsure, by subject
  private readonly stars: (SVGPathElement | null)[];
  private readonly overlay = svg('g', { class: 'map-overlay' });
  private readonly chosen = svg('g', { class: 'map-chosen' });
  private readonly focused = svg('path', { class: 'map-focused' });
  private readonly patterns = patterns();
  private readonly shown: number[]; // class that is painted, by subject; -1: nothing yet
  private readonly codes: (SVGTextElement | null)[];
  private palette = '';

  /** @param codeOf  lines of text on a cell; null: only the authority's land is named */
  constructor(
    subjects: Subject[], readonly width: number, readonly height: number, backdrop: SVGElement[],
    private readonly codeOf: ((subject: Subject) => string[]) | null = null,
  ) {
    this.subjects = subjects;
    this.marks = subjects.map(() => null);
    this.stars = subjects.map(() => null);
    this.codes = subjects.map(() => null);
    this.shown = subjects.map(() => -1);
    const cells = svg('g', { class: 'map-cells' });
    subjects.forEach((subject, n) => cells.append(this.cellElement(subject, n)));
    const names = svg('g', { class: 'map-names' });
    subjects.forEach((subject, n) => this.nameElement(subject, n, names));
    this.element = svg(
      'svg',
      { viewBox: `0 0 ${width} ${height}`, width, height },
      this.patterns.defs, ...backdrop, cells, this.overlay, names, this.chosen, this.focused,
    );
  }

  private cellElement({ cell, actor, home }: Subject, n: number): SVGPathElement {
    const kind = home ? 'home' : actor === null ? 'bare' : 'actor';
    const small = cell.kind === 'shape' && cell.inside && cell.size < 7 ? ' small' : '';
    const name = `map-${cell.kind} ${kind}${small}`;
    const path = svg('path', { d: cell.d, class: name, 'data-subject': n });
    if (actor === null) path.setAttribute('fill', home ? this.patterns.home : this.patterns.nodata);
    this.paths.push(path);
    return path;
  }

  private nameElement(subject: Subject, n: number, place: SVGGElement): void {
    const { cell, home } = subject;
    const text = home ? [label(cell)] : (this.codeOf?.(subject) ?? []);
    if (text.length === 0 || !cell.inside) return;
    const y = cell.kind === 'dot' ? cell.y - 12 : cell.y;
    const element = svg('text', { x: cell.x, y, class: home ? 'map-home-name' : 'map-code' });
    text.forEach((line, k) => {
      const dy = k === 0 ? `${0.35 - 0.55 * (text.length - 1)}em` : '1.1em';
      element.append(svg('tspan', { x: cell.x, dy }, line));
    });
    this.codes[n] = home ? null : element;
    place.append(element);
  }

  /** Paints what is not painted so already. @return number of cells written */
  paint(look: Look, colours: readonly string[]): number {
    const palette = colours.join();
    if (palette !== this.palette) this.shown.fill(-1);
    this.palette = palette;
    let written = 0;
    this.subjects.forEach(({ actor }, n) => {
      if (actor === null) return;
      const shown = look.classes[actor] ?? none;
      if (this.shown[n] !== shown) {
        this.shown[n] = shown;
        const colour = colours[shown];
        this.paths[n]?.setAttribute('fill', colour ?? this.patterns.nodata);
        this.codes[n]?.setAttribute('fill', colour ? inkOn(colour) : 'var(--text)');
        this.codes[n]?.setAttribute('stroke', colour ?? 'var(--surface)'); // on stripes, too
        written += 1;
      }
      this.toggle(this.marks, n, look.unsure[actor] === 1, () => this.stripes(n));
      this.toggle(this.stars, n, look.recognises[actor] === 1, () => this.star(n));
    });
    return written;
  }

  private toggle(
    kept: (SVGPathElement | null)[], n: number, wanted: boolean, make: () => SVGPathElement,
  ): void {
    const old = kept[n] ?? null;
    if (wanted === (old !== null)) return;
    old?.remove();
    kept[n] = wanted ? this.overlay.appendChild(make()) : null;
  }

  private stripes(n: number): SVGPathElement {
    const { cell } = this.subjects[n] as Subject;
    return svg('path', { d: cell.d, class: 'map-unsure', fill: this.patterns.unsure });
  }

  private star(n: number): SVGPathElement {
    const { cell } = this.subjects[n] as Subject;
    const tile = cell.kind === 'tile';
    const x = tile ? cell.x + cell.size / 2 - 4 : cell.x;
    const named = this.codes[n] ? cell.y - 14 : cell.y;
    const y = tile ? cell.y - cell.height / 2 + 3 : named;
    const radius = tile || this.width < 500 ? 5.5 : 7;
    return svg('path', { d: starPath(x, y, radius), class: 'map-star' });
  }

  /** Shows which actor is looked at. */
  choose(actor: number | null): void {
    this.chosen.replaceChildren();
    this.subjects.forEach(({ cell, actor: other }) => {
      if (actor === null || other !== actor) return;
      const small = cell.kind === 'dot' || (cell.kind === 'shape' && cell.size < 12);
      const around = small && cell.inside ? dotPath(cell.x, cell.y, 10) : '';
      this.chosen.append(
        svg('path', { d: cell.d + around, class: 'halo' }),
        svg('path', { d: cell.d + around, class: 'line' }),
      );
    });
  }

  /** Shows which cell the keys are on; null: none. */
  focus(n: number | null): void {
    const cell = n === null ? null : (this.subjects[n] as Subject).cell;
    const ring = cell && cell.kind === 'dot' ? dotPath(cell.x, cell.y, cell.size + 4) : '';
    this.focused.setAttribute('d', cell ? ring || cell.d : '');
  }

  path(n: number): SVGPathElement | undefined {
    return this.paths[n];
  }
}

/** A name where there is room for it, else the code. */
function label(cell: Cell): string {
  return cell.name.length * 6.4 < cell.size * 1.45 || !cell.id ? cell.name : cell.id;
}

/** Black or white, whichever is read better on a colour `rgb(r g b)`. */
export function inkOn(colour: string): string {
  const [r = 0, g = 0, b = 0] = (colour.match(/\d+/g) ?? []).map((part) => {
    const x = Number(part) / 255;
    return x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? '#000' : '#fff';
}
