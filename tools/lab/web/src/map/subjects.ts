import { atlas, homeOf } from './atlas';
import { neighbour } from './cell';
import type { Direction } from './cell';
import { worldCells } from './geo';
import type { Area } from './geo';
import type { Reading } from './reading';
import type { Subject } from './scene';

/** Lands and dots of a part of the world, with who decides for them. */
export function areaSubjects(
  reading: Reading, area: Area, width: number, height: number, radius: number,
): Subject[] {
  const { world } = reading.results;
  const actors = new Map(world.actors.map(({ id }, n) => [id, n]));
  const home = homeOf(world.authorities[reading.choice.authority]?.name ?? '');
  const isHome = (id: string, name: string): boolean =>
    home !== null && name === home.name && !actors.has(id);
  const cells = worldCells(
    atlas(), area, width, height,
    (id, name) => actors.has(id) || isHome(id, name),
    { radius, below: radius < 3 ? 3 : radius * radius },
  );
  return cells.map((cell) => {
    const actor = actors.get(cell.id) ?? null;
    const name = actor === null ? cell.name : (world.actors[actor]?.name ?? cell.name);
    return { cell: { ...cell, name }, actor, home: isHome(cell.id, cell.name) };
  });
}

/** Places of the subjects that keys can reach, by name. */
export function reachable(subjects: readonly Subject[]): number[] {
  return subjects
    .map((_, n) => n)
    .filter((n) => subjects[n]?.actor !== null && subjects[n]?.cell.inside)
    .sort((a, b) =>
      (subjects[a]?.cell.name ?? '').localeCompare(subjects[b]?.cell.name ?? '', 'en'),
    );
}

const directions: Record<string, Direction> = {
  ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

/** The subject that a key leads to from another one; null: none, it is not a key for that. */
export function keyTarget(subjects: readonly Subject[], from: number, key: string): number | null {
  const start = subjects[from];
  const direction = directions[key];
  if (start && direction) {
    const cells = subjects.filter((s) => s.actor !== null).map(({ cell }) => cell);
    const cell = neighbour(cells, start.cell, direction);
    return cell ? subjects.findIndex((s) => s.cell === cell) : from;
  }
  if (key === 'Home') return reachable(subjects)[0] ?? null;
  if (key === 'End') return reachable(subjects).at(-1) ?? null;
  return null;
}
