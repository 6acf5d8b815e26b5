import { nearestDot } from './cell';
import type { Scene, Subject } from './scene';

/** What is done about what a pointer means. */
export interface PointerAnswers {
  over(subject: Subject, event: PointerEvent): void;
  leave(): void;
  click(subject: Subject): void;
}

const reach = 12; // pixels around a dot on the sea: a target of 24
const reachOnLand = 7; // where a click may mean the land

/** What is meant by a place in a picture; dots win over what they stand on. */
function meant(scene: Scene, event: MouseEvent): Subject | null {
  const box = scene.element.getBoundingClientRect();
  const scale = scene.width / (box.width || 1);
  const x = (event.clientX - box.left) * scale;
  const y = (event.clientY - box.top) * scale;
  const number = (event.target as Element).getAttribute('data-subject');
  const under = number === null ? null : (scene.subjects[Number(number)] ?? null);
  if (under?.cell.kind === 'dot' && under.actor === null) return under;
  const cells = scene.subjects.filter((s) => s.actor !== null).map(({ cell }) => cell);
  const onLand = under !== null && under.actor !== null;
  const dot = nearestDot(cells, x, y, onLand ? reachOnLand : reach);
  return scene.subjects.find(({ cell }) => cell === dot) ?? under;
}

/** Listens to the pointer over a picture. */
export function listenToPointer(scene: Scene, answers: PointerAnswers): void {
  const { element } = scene;
  element.addEventListener('pointermove', (event) => {
    const subject = meant(scene, event);
    element.classList.toggle('over', subject !== null && subject.actor !== null);
    if (subject) answers.over(subject, event);
    else answers.leave();
  });
  element.addEventListener('pointerleave', () => answers.leave());
  element.addEventListener('click', (event) => {
    const subject = meant(scene, event);
    if (subject) answers.click(subject);
  });
}
