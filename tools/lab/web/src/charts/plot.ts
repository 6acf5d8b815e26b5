import type { App } from '../store';
import { h, svg } from '../ui/dom';
import { dateTicks, niceTicks, scale, spread } from './axis';
import { bandPath, extent, linePath } from './layers';
import type { Layer, Values } from './layers';

export interface PlotSpec {
  title?: string;
  labels: readonly string[];
  layers: Layer[];
  height?: number;
  /** Bounds of the values; taken from the layers where they are not given. */
  low?: number;
  high?: number;
  format: (value: number) => string;
  /** What stands at a step, in words. */
  readout: (step: number) => string;
  /** A thin track above the picture: what was observed. */
  track?: { values: Values; fill: (value: number) => string; label: string };
  chosen?: boolean;
}

export interface Plot {
  element: HTMLElement;
  draw(spec: PlotSpec): void;
}

interface Frame {
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (step: number) => number;
  y: (value: number) => number;
}

const letter = 7; // px, what a letter of a label takes at most, on average

function endValue(layer: Layer): number | null {
  if (layer.kind === 'band') return null;
  if (layer.kind === 'area') {
    const last = layer.low.length - 1;
    return ((layer.low[last] ?? 0) + (layer.high[last] ?? 0)) / 2;
  }
  for (let step = layer.values.length - 1; step >= 0; step -= 1) {
    const value = layer.values[step] ?? null;
    if (value !== null) return value;
  }
  return null;
}

function frameOf(spec: PlotSpec, width: number, ticks: readonly number[]): Frame {
  const longest = Math.max(
    0,
    spec.track?.label.length ?? 0,
    ...spec.layers.map((layer) => (layer.kind === 'band' ? 0 : (layer.label ?? '').length)),
  );
  const left = 10 + letter * Math.max(...ticks.map((tick) => spec.format(tick).length));
  const margin = longest === 0 ? 16 : Math.min(14 + longest * letter, width * 0.38);
  const top = spec.track ? 24 : 8;
  const bottom = (spec.height ?? 180) - 22;
  const right = width - margin;
  const low = ticks[0] ?? 0;
  const high = ticks[ticks.length - 1] ?? 1;
  return {
    left, right, top, bottom,
    x: scale(0, Math.max(spec.labels.length - 1, 1), left, right),
    y: scale(low, high, bottom, top),
  };
}

function axes(spec: PlotSpec, frame: Frame, ticks: readonly number[]): SVGElement[] {
  const parts: SVGElement[] = [];
  for (const tick of ticks) {
    const y = Math.round(frame.y(tick)) + 0.5;
    const zero = tick === 0 && (ticks[0] ?? 0) < 0;
    parts.push(
      svg('line', {
        class: zero ? 'zero' : 'grid', x1: frame.left, x2: frame.right, y1: y, y2: y,
      }),
      svg('text', { class: 'tick', x: frame.left - 6, y: y + 4, 'text-anchor': 'end' },
        spec.format(tick)),
    );
  }
  for (const { step, text } of dateTicks(spec.labels, frame.right - frame.left)) {
    const x = Math.round(frame.x(step)) + 0.5;
    const anchor = x < frame.left + 12 ? 'start' : 'middle';
    parts.push(
      svg('line', { class: 'mark', x1: x, x2: x, y1: frame.bottom, y2: frame.bottom + 4 }),
      svg('text', { class: 'tick', x: anchor === 'start' ? frame.left - 2 : x,
        y: frame.bottom + 17, 'text-anchor': anchor }, text),
    );
  }
  return parts;
}

function shape(layer: Layer, frame: Frame): SVGElement {
  if (layer.kind === 'line') {
    return svg('path', {
      class: `line ${layer.look}${layer.dashed ? ' dashed' : ''}`,
      d: linePath(layer.values, frame.x, frame.y, layer.stepped),
    });
  }
  const d = bandPath(layer.low, layer.high, frame.x, frame.y);
  if (layer.kind === 'area') return svg('path', { class: 'area', d, style: `fill:${layer.fill}` });
  return svg('path', { class: `band ${layer.look}${layer.inner ? ' inner' : ''}`, d });
}

function trackOf(spec: PlotSpec, frame: Frame): SVGElement[] {
  const { track } = spec;
  if (!track) return [];
  const parts: SVGElement[] = [];
  const last = spec.labels.length - 1;
  for (let from = 0; from <= last; ) {
    const value = track.values[from] ?? null;
    let to = from;
    while (to < last && (track.values[to + 1] ?? null) === value) to += 1;
    if (value !== null) {
      const x = frame.x(from);
      const end = Math.min(frame.x(to + 1), frame.right);
      parts.push(svg('rect', {
        class: 'track', x, y: 4, width: Math.max(end - x, 2), height: 12,
        style: `fill:${track.fill(value)}`,
      }));
    }
    from = to + 1;
  }
  parts.push(svg('text', { class: 'label', x: frame.right + 8, y: 14 }, track.label));
  return parts;
}

function labelsOf(spec: PlotSpec, frame: Frame): SVGElement[] {
  const named = spec.layers.flatMap((layer) => {
    if (layer.kind === 'band' || !layer.label) return [];
    const value = endValue(layer);
    if (value === null) return [];
    const look = layer.kind === 'line' ? ` ${layer.look}` : '';
    return [{ text: layer.label, look, y: frame.y(value) }];
  });
  const places = spread(named.map(({ y }) => y), 14, frame.top + 2, frame.bottom);
  return named.map(({ text, look }, n) =>
    svg('text', { class: `label${look}`, x: frame.right + 8, y: (places[n] ?? 0) + 4 }, text),
  );
}

/**
 * A chart over time. A line stands at the step that the page shows; pressing or dragging moves it.
 * Screen readers are given the table of the figure that it is part of.
 */
export function timePlot(app: App): Plot {
  const heading = h('h4', {});
  const readout = h('p', { class: 'readout' });
  const canvas = svg('svg', { 'aria-hidden': 'true' });
  const box = h('div', { class: 'canvas' }, canvas);
  const head = h('div', { class: 'plot-head' }, heading, readout);
  const element = h('div', { class: 'plot' }, head, box);
  const cursor = svg('line', { class: 'cursor' });
  const dots = svg('g', {});
  let spec: PlotSpec | null = null;
  let frame: Frame | null = null;
  let hovered: number | null = null;
  let width = 0;

  const point = (): void => {
    if (!spec || !frame) return;
    const step = Math.min(hovered ?? app.store.view.step, spec.labels.length - 1);
    const x = frame.x(step);
    for (const [name, value] of [['x1', x], ['x2', x], ['y1', 2], ['y2', frame.bottom]] as const) {
      cursor.setAttribute(name, String(value));
    }
    dots.replaceChildren();
    for (const layer of spec.layers) {
      const value = layer.kind === 'line' ? layer.values[step] : null;
      if (layer.kind !== 'line' || value === null || value === undefined) continue;
      dots.append(svg('circle', { class: `dot ${layer.look}`, cx: x, cy: frame.y(value), r: 3.5 }));
    }
    readout.textContent = spec.readout(step);
  };

  const render = (): void => {
    if (!spec || width < 40) return;
    const height = spec.height ?? 180;
    const [least, greatest] = extent(spec.layers);
    const ticks = niceTicks(spec.low ?? least, spec.high ?? greatest, height < 150 ? 3 : 4);
    frame = frameOf(spec, width, ticks);
    const place = frame;
    canvas.setAttribute('width', String(width));
    canvas.setAttribute('height', String(height));
    canvas.setAttribute('viewBox', `0 0 ${width} ${height}`);
    canvas.replaceChildren(
      ...axes(spec, place, ticks),
      ...spec.layers.map((layer) => shape(layer, place)),
      ...trackOf(spec, place),
      ...labelsOf(spec, place),
      cursor,
      dots,
    );
    point();
  };

  const stepAt = (event: PointerEvent): number => {
    if (!spec || !frame) return 0;
    const x = event.clientX - canvas.getBoundingClientRect().left;
    const share = (x - frame.left) / (frame.right - frame.left);
    const last = spec.labels.length - 1;
    return Math.min(Math.max(Math.round(share * last), 0), last);
  };
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    hovered = null;
    app.store.set({ step: stepAt(event), playing: false });
  });
  canvas.addEventListener('pointermove', (event) => {
    if (canvas.hasPointerCapture(event.pointerId)) {
      app.store.set({ step: stepAt(event), playing: false });
    } else if (event.pointerType === 'mouse') {
      hovered = stepAt(event);
      point();
    }
  });
  canvas.addEventListener('pointerleave', () => {
    hovered = null;
    point();
  });
  new ResizeObserver(([entry]) => {
    const now = Math.floor(entry?.contentRect.width ?? 0);
    if (now === width) return;
    width = now;
    render();
  }).observe(box);
  app.store.watch(['step'], point);

  return {
    element,
    draw(next) {
      spec = next;
      heading.textContent = next.title ?? '';
      heading.hidden = !next.title;
      element.classList.toggle('chosen', next.chosen ?? false);
      box.style.minHeight = `${next.height ?? 180}px`;
      render();
    },
  };
}

/** Charts of one kind beside each other; charts are kept and drawn anew. */
export function plotGrid(app: App): { element: HTMLElement; draw(specs: PlotSpec[]): void } {
  const element = h('div', { class: 'plot-grid' });
  const plots: Plot[] = [];
  return {
    element,
    draw(specs) {
      while (plots.length < specs.length) {
        const plot = timePlot(app);
        plots.push(plot);
        element.append(plot.element);
      }
      plots.forEach((plot, place) => {
        const spec = specs[place];
        plot.element.hidden = !spec;
        if (spec) plot.draw(spec);
      });
      element.dataset.count = String(specs.length);
    },
  };
}
