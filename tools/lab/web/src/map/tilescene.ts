import { svg } from '../ui/dom';
import { atlas, isWorld } from './atlas';
import type { Reading } from './reading';
import { Scene } from './scene';
import { tileLayout } from './tiles';
import { lines } from './words';

/** Equal cells for all actors, whether or not they are on a map. */
export function tileScene(reading: Reading, width: number): Scene {
  const { actors } = reading.results.world;
  const places = isWorld(actors.map(({ id }) => id)) ? atlas() : [];
  const where = new Map(places.map(({ id, at, parts }) => [id, at ?? parts[0]?.[0]?.[0] ?? null]));
  const layout = tileLayout(
    actors.map(({ id, name, region }) => ({ id, name, region, at: where.get(id) ?? null })),
    width,
  );
  const numbers = new Map(actors.map(({ id }, n) => [id, n]));
  const subjects = layout.cells.map((cell) => ({
    cell, actor: numbers.get(cell.id) ?? null, home: false,
  }));
  const headings = layout.headings.map(({ text, x, y }) =>
    svg('text', { x, y, class: 'map-heading' }, text),
  );
  const full = actors.length <= 40;
  return new Scene(subjects, width, layout.height, headings, ({ cell }) =>
    full ? lines(cell.name, Math.floor(cell.size / 7.5)) : [cell.id],
  );
}
