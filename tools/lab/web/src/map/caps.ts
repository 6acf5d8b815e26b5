/** A round part of the globe: its middle as a unit vector, and its radius as an angle. */
export interface Cap {
  middle: [number, number, number];
  radius: number;
}

const radians = Math.PI / 180;

export function vector([longitude, latitude]: readonly number[]): [number, number, number] {
  const [l = 0, p = 0] = [longitude, latitude].map((x) => (x ?? 0) * radians);
  return [Math.cos(p) * Math.cos(l), Math.cos(p) * Math.sin(l), Math.sin(p)];
}

/** Angle between two unit vectors. */
export function angle(a: readonly number[], b: readonly number[]): number {
  const [ax = 0, ay = 0, az = 0] = a;
  const [bx = 0, by = 0, bz = 0] = b;
  return 2 * Math.asin(Math.min(Math.hypot(ax - bx, ay - by, az - bz) / 2, 1));
}

/** A cap that holds all points of a ring. */
export function capOf(ring: readonly (readonly number[])[]): Cap {
  const points = ring.map(vector);
  const sum = points.reduce(
    (s, p) => [s[0] + p[0], s[1] + p[1], s[2] + p[2]], [0, 0, 0] as Cap['middle'],
  );
  const length = Math.hypot(...sum) || 1;
  const middle = sum.map((x) => x / length) as Cap['middle'];
  return { middle, radius: Math.max(...points.map((p) => angle(p, middle))) };
}

type Part = [number, number][][];
const known = new WeakMap<Part, Cap>();

/** Whether some of a part may lie within a cap; its holes do not matter. */
export function meets(part: Part, view: Cap): boolean {
  let cap = known.get(part);
  if (!cap) known.set(part, (cap = capOf(part[0] ?? [])));
  return angle(cap.middle, view.middle) <= cap.radius + view.radius;
}
