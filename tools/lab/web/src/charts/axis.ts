/** A place on the axis of time and what is written there. */
export interface Tick {
  step: number;
  text: string;
}

const months = [
  'Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec',
];

interface Moment {
  month: number; // since year 0
  day: number;
}

function moment(label: string): Moment | null {
  const found = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(label);
  if (!found) return null;
  return { month: Number(found[1]) * 12 + Number(found[2]) - 1, day: Number(found[3] ?? 1) };
}

function monthText(month: number, spacing: number, first: boolean): string {
  const year = Math.floor(month / 12);
  if (spacing >= 12) return String(year);
  const name = months[month % 12] ?? '';
  return first || month % 12 === 0 ? `${name} ${year}` : name;
}

/** Steps in which a multiple of `spacing` months begins. */
function starts(moments: readonly Moment[], spacing: number): number[] {
  const found: number[] = [];
  moments.forEach((now, step) => {
    const before = moments[step - 1];
    const begins = before
      ? Math.floor(now.month / spacing) > Math.floor(before.month / spacing)
      : now.month % spacing === 0 && now.day <= 7;
    if (begins) found.push(step);
  });
  return found;
}

function evenly(labels: readonly string[], room: number, text: (step: number) => string): Tick[] {
  const every = Math.max(1, Math.ceil(labels.length / Math.max(Math.floor(room / wide), 1)));
  const ticks: Tick[] = [];
  for (let step = 0; step < labels.length; step += every) ticks.push({ step, text: text(step) });
  return ticks;
}

const wide = 76; // px that a month with its year takes
const narrow = 48; // a year

/**
 * Where to write dates: at round ones, as many as there is room for. Labels are `YYYY-MM` or
 * `YYYY-MM-DD`; others are taken as they are, evenly spaced.
 * @param room  in px
 */
export function dateTicks(labels: readonly string[], room: number): Tick[] {
  const moments = labels.map(moment);
  if (moments.some((one) => one === null)) {
    return evenly(labels, room, (step) => labels[step] ?? '');
  }
  const known = moments as Moment[];
  for (const spacing of [1, 3, 6, 12, 24, 60, 120, 240, 600]) {
    const steps = starts(known, spacing);
    if (steps.length * (spacing < 12 ? wide : narrow) > room) continue;
    if (steps.length < 2) break;
    return steps.map((step, place) => ({
      step,
      text: monthText((known[step] as Moment).month, spacing, place === 0),
    }));
  }
  let year = -1; // that was written last
  return evenly(labels, room, (step) => {
    const { month, day } = known[step] as Moment;
    const within = labels[step]?.length === 10 ? `${day} ` : '';
    const first = Math.floor(month / 12) !== year;
    year = Math.floor(month / 12);
    return `${within}${monthText(month, 1, first)}`;
  });
}

/** About `count` round values; the outermost enclose `low` and `high`. */
export function niceTicks(low: number, high: number, count: number): number[] {
  const span = high - low;
  if (!(span > 0)) return [low, low + 1];
  const rough = span / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const unit = [1, 2, 5, 10].find((factor) => factor * power >= rough * 0.999) ?? 10;
  const step = unit * power;
  const first = Math.floor(low / step + 1e-9);
  const last = Math.ceil(high / step - 1e-9);
  const ticks: number[] = [];
  for (let n = first; n <= last; n += 1) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

/** A linear map from values to pixels. */
export function scale(
  low: number, high: number, from: number, to: number,
): (value: number) => number {
  const span = high - low;
  if (span === 0) return () => (from + to) / 2;
  return (value) => from + ((value - low) / span) * (to - from);
}

/**
 * Moves labels apart so that neighbours are `gap` or more from each other, within `low` and `high`
 * where there is room. @return places in the order of `wanted`
 */
export function spread(
  wanted: readonly number[], gap: number, low: number, high: number,
): number[] {
  const order = wanted.map((_, place) => place).sort((a, b) => wanted[a]! - wanted[b]! || a - b);
  const places = [...wanted];
  let floor = low;
  for (const place of order) {
    places[place] = Math.max(places[place]!, floor);
    floor = places[place]! + gap;
  }
  let ceiling = high;
  for (const place of [...order].reverse()) {
    places[place] = Math.min(places[place]!, ceiling);
    ceiling = places[place]! - gap;
  }
  return places;
}
