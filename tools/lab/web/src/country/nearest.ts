/** The step that was worked out nearest to one; of two the later. */
export function nearest(steps: readonly number[], step: number): number | null {
  let best: number | null = null;
  let least = Infinity;
  for (const one of steps) {
    const distance = Math.abs(one - step);
    if (distance > least || (distance === least && one < (best ?? one))) continue;
    best = one;
    least = distance;
  }
  return best;
}
