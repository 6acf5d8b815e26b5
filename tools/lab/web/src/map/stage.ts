import type { App } from '../store';
import { fill, h, svg } from '../ui/dom';
import { isDark } from '../ui/colours';
import { isWorld } from './atlas';
import type { Cell } from './cell';
import { areas } from './geo';
import type { Area } from './geo';
import { namesFor } from './names';
import { listenToPointer } from './pointer';
import type { Look, Reading } from './reading';
import { Scene } from './scene';
import type { Subject } from './scene';
import { areaSubjects, keyTarget, reachable } from './subjects';
import { tileScene } from './tilescene';
import { Tooltip, tipContent } from './tooltip';
import { valueText } from './words';

const insetKeys = ['gulf', 'europe', 'caribbean', 'pacific'];
const insetsFrom = 620; // pixels of width

const help =
  'Arrow keys go from country to country, Home and End to the first and last by name, ' +
  'Enter chooses.';

/** The picture: the world, a part of it, or tiles; with insets, tooltip and keys. */
export class Stage {
  readonly element: HTMLElement;
  private readonly views = h('div', {
    class: 'map-views', role: 'group', 'aria-label': 'Part of the world',
  });
  private readonly box = h('div', { class: 'map-box' });
  private readonly insets = h('div', { class: 'map-insets' });
  private readonly tip = new Tooltip();
  private view = 'world';
  private width = 0;
  private scene: Scene | null = null;
  private small: Scene[] = [];
  private reading: Reading | null = null;
  look: Look | null = null; // what is painted
  private later = 0; // timer of the insets
  private cursor: number | null = null; // subject that has the tab stop

  /** @param finder  stands beside the views; @param drawn  is called when another view is shown */
  constructor(
    private readonly app: App, finder: HTMLElement, private readonly drawn: () => void,
  ) {
    const bar = h('div', { class: 'map-bar no-print' }, this.views, finder);
    this.element = h('div', { class: 'map-stage' }, bar, this.box, this.insets);
    this.listen();
    new ResizeObserver(() => {
      const width = Math.floor(this.element.clientWidth);
      if (width > 0 && Math.abs(width - this.width) >= 4) {
        this.width = width;
        this.draw();
      }
    }).observe(this.element);
  }

  /** Whether actors are tiles, not lands. */
  get tiled(): boolean {
    return this.view === 'tiles';
  }

  /** Shows another world: other actors or another authority. */
  open(reading: Reading): void {
    this.reading = reading;
    const world = isWorld(reading.results.world.actors.map(({ id }) => id));
    if (!world) this.view = 'tiles';
    else if (this.view === 'tiles' && this.views.hidden) this.view = 'world';
    this.views.hidden = !world;
    this.look = null;
    this.draw();
  }

  /** Shows a reading at the step that the page is at. */
  paint(reading: Reading): void {
    this.reading = reading;
    this.look = reading.look(this.app.store.view.step);
    const colours = reading.colours(isDark());
    for (const scene of [this.scene, ...this.small]) scene?.paint(this.look, colours);
    if (this.tip.visible) this.tip.hide();
  }

  /** Marks the actor that is looked at, and brings it into the picture. */
  choose(actor: number | null): void {
    const inside = this.scene?.subjects.some((s) => s.actor === actor && s.cell.inside);
    if (actor !== null && this.scene && !inside && this.view !== 'tiles') {
      this.view = 'world';
      this.draw();
      return;
    }
    for (const scene of [this.scene, ...this.small]) scene?.choose(actor);
    const n = this.subjectOf(actor);
    if (n !== null) this.tabTo(n);
  }

  private subjectOf(actor: number | null): number | null {
    if (actor === null) return null;
    const n = this.scene?.subjects.findIndex((s) => s.actor === actor && s.cell.inside) ?? -1;
    return n < 0 ? null : n;
  }

  private areaScene(area: Area, width: number, height: number, radius: number): Scene {
    const sea = svg('rect', { width, height, class: 'map-sea' });
    const subjects = areaSubjects(this.reading as Reading, area, width, height, radius);
    const named = area.key !== 'world' && width > 300;
    const cells = (of: (subject: Subject) => boolean): Cell[] =>
      subjects.filter(of).map(({ cell }) => cell);
    const names = namesFor(cells((s) => s.actor !== null), width, height, cells((s) => s.home));
    const nameOf = ({ cell }: Subject): string[] => names.get(cell) ?? [];
    return new Scene(subjects, width, height, [sea], named ? nameOf : null);
  }

  private draw(): void {
    if (!this.reading || this.width === 0) return;
    const { width } = this;
    this.drawViews();
    const area = areas.find(({ key }) => key === this.view);
    if (area) {
      const phone = width < 600;
      const least = phone && area.key !== 'world' ? 0.75 : 0.475;
      const scene = this.areaScene(area, width, Math.round(width * least), phone ? 2.4 : 3.8);
      this.install(scene, `${area.name}: map`);
    } else {
      this.install(tileScene(this.reading, width), 'Tiles');
    }
    this.drawn();
    // The great map comes first; the insets are drawn when the page has shown it.
    this.insets.hidden = this.view !== 'world' || width < insetsFrom;
    this.insets.style.minHeight = `${this.insetSize().height}px`;
    this.small = [];
    window.clearTimeout(this.later);
    this.later = window.setTimeout(() => this.drawInsets());
  }

  private insetSize(): { width: number; height: number } {
    const width = Math.floor((this.width - 3 * 8) / insetKeys.length);
    return { width, height: Math.round(width * 0.56) };
  }

  private drawInsets(): void {
    fill(this.insets);
    if (this.insets.hidden) return;
    const { width, height } = this.insetSize();
    for (const area of areas.filter(({ key }) => insetKeys.includes(key))) {
      const scene = this.areaScene(area, width, height, 3);
      scene.element.setAttribute('aria-hidden', 'true'); // the great map has them, too
      this.point(scene);
      this.small.push(scene);
      const name = h('button', { type: 'button', click: () => this.show(area.key) }, area.name);
      this.insets.append(
        h('div', { class: 'map-inset', 'data-name': area.name }, scene.element, name),
      );
    }
    this.refresh(this.small);
  }

  private drawViews(): void {
    const names = [...areas.map(({ key, name }) => [key, name]), ['tiles', 'Tiles']] as const;
    fill(
      this.views,
      ...names.map(([key, name]) =>
        h(
          'button',
          {
            type: 'button', class: 'quiet', 'aria-pressed': String(key === this.view),
            click: () => this.show(key as string),
          },
          name as string,
        ),
      ),
    );
  }

  /** Shows a part of the world. */
  show(view: string): void {
    this.view = view;
    this.draw();
    const pressed = this.views.querySelector<HTMLElement>('[aria-pressed="true"]');
    pressed?.focus({ preventScroll: true });
  }

  private install(scene: Scene, name: string): void {
    const focused = this.box.contains(document.activeElement);
    this.scene = scene;
    const { element } = scene;
    element.setAttribute('role', 'group');
    element.setAttribute('aria-label', `${name}. ${help}`);
    scene.subjects.forEach(({ actor, cell }, n) => {
      const path = scene.path(n);
      if (actor === null || !cell.inside || !path) return;
      path.setAttribute('role', 'button');
      path.setAttribute('aria-label', this.nameOf(actor));
      path.setAttribute('tabindex', '-1');
    });
    this.point(scene);
    fill(this.box, element, this.tip.element);
    this.tip.hide();
    this.cursor = null;
    this.refresh([scene]);
    const { actor } = this.app.store.view;
    const first = this.subjectOf(actor) ?? reachable(scene.subjects)[0];
    if (first !== undefined) this.tabTo(first);
    if (focused && first !== undefined) scene.path(first)?.focus({ preventScroll: true });
  }

  private refresh(scenes: Scene[]): void {
    if (!this.reading) return;
    this.look ??= this.reading.look(this.app.store.view.step);
    for (const scene of scenes) {
      scene.paint(this.look, this.reading.colours(isDark()));
      scene.choose(this.app.store.view.actor);
    }
  }

  private nameOf(actor: number): string {
    return this.reading?.results.world.actors[actor]?.name ?? '';
  }

  private tabTo(n: number): void {
    if (this.cursor !== null) this.scene?.path(this.cursor)?.setAttribute('tabindex', '-1');
    this.scene?.path(n)?.setAttribute('tabindex', '0');
    this.cursor = n;
  }

  private select(actor: number | null | undefined): void {
    if (actor === null || actor === undefined) return;
    this.app.store.set({ actor });
  }

  private tipFor(subject: Subject, x: number, y: number): void {
    if (!this.reading) return;
    const { actor, cell, home } = subject;
    const step = this.app.store.view.step;
    const content =
      actor !== null
        ? tipContent(this.reading, step, actor, isDark())
        : [
            h('strong', {}, cell.name || cell.id),
            h('span', {}, home ? 'Where the contested authority is' : 'No data: not an actor here'),
          ];
    this.tip.show(content, x, y, this.width);
  }

  private point(scene: Scene): void {
    listenToPointer(scene, {
      over: (subject, { clientX, clientY }) => {
        const box = this.box.getBoundingClientRect();
        this.tipFor(subject, clientX - box.left, clientY - box.top);
      },
      leave: () => this.tip.hide(),
      click: ({ actor }) => this.select(actor),
    });
  }

  private listen(): void {
    this.box.addEventListener('focusin', (event) => {
      const path = event.target as Element;
      const n = Number(path.getAttribute('data-subject') ?? NaN);
      const subject = this.scene?.subjects[n];
      if (!subject || subject.actor === null) return;
      this.tabTo(n);
      if (!path.matches(':focus-visible')) return;
      this.scene?.focus(n);
      this.tipFor(subject, subject.cell.x, subject.cell.y);
      const value = this.reading
        ? valueText(this.reading, this.app.store.view.step, subject.actor)
        : '';
      this.app.announce(`${this.nameOf(subject.actor)}: ${value}`);
    });
    this.box.addEventListener('focusout', () => {
      this.scene?.focus(null);
      this.tip.hide();
    });
    this.box.addEventListener('keydown', (event) => this.key(event));
    document.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.tip.hide();
    });
  }

  private key(event: KeyboardEvent): void {
    const { scene, cursor } = this;
    if (!scene || cursor === null || event.ctrlKey || event.metaKey || event.altKey) return;
    const choose = event.key === 'Enter' || event.key === ' ';
    const to = choose ? cursor : keyTarget(scene.subjects, cursor, event.key);
    if (to === null) return;
    event.preventDefault();
    if (choose) this.select(scene.subjects[to]?.actor);
    scene.path(to)?.focus({ preventScroll: true });
  }
}
