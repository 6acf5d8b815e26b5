type Colour = [number, number, number];

// Anchors of viridis (van der Walt and Smith 2015, CC0), dark to bright: told apart with any
// colour vision.
const viridis: Colour[] = [
  [68, 1, 84], [65, 68, 135], [42, 120, 142], [34, 168, 132], [122, 209, 81], [253, 231, 37],
];
// Blue - grey - orange, for less and more; both arms keep their lightness for all colour visions.
const less: Colour = [33, 102, 172];
const more: Colour = [230, 97, 1];
const middle = { light: [238, 238, 234] as Colour, dark: [44, 49, 56] as Colour };

export function isDark(): boolean {
  const chosen = document.documentElement.dataset.theme;
  if (chosen) return chosen === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

function mix(a: Colour, b: Colour, share: number): string {
  const part = a.map((x, n) => Math.round(x + ((b[n] ?? x) - x) * share));
  return `rgb(${part.join(' ')})`;
}

/** @param x  0 to 1 along the scale, dark to bright */
function along(x: number): string {
  const place = Math.min(Math.max(x, 0), 1) * (viridis.length - 1);
  const left = Math.min(Math.floor(place), viridis.length - 2);
  return mix(viridis[left] as Colour, viridis[left + 1] as Colour, place - left);
}

/**
 * Colour of a rung: the lowest is the quiet colour of land, the others run so that the highest
 * stands out most against the page.
 */
export function rungColour(rung: number, rungs: number, dark: boolean): string {
  if (rung <= 0) return dark ? 'rgb(58 64 73)' : 'rgb(224 224 218)';
  const x = rungs <= 2 ? 1 : (rung - 1) / (rungs - 2);
  return dark ? along(0.12 + 0.88 * x) : along(1 - x);
}

/** Colour of a probability, 0 to 1. */
export function shareColour(share: number, dark: boolean): string {
  if (share <= 0) return rungColour(0, 2, dark);
  return dark ? along(0.12 + 0.88 * share) : along(1 - share);
}

/** Colour of a difference, -1 to 1. */
export function differenceColour(difference: number, dark: boolean): string {
  const start = dark ? middle.dark : middle.light;
  return mix(start, difference < 0 ? less : more, Math.min(Math.sqrt(Math.abs(difference)), 1));
}
