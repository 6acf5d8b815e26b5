import type { Cascade, CountDifference, World } from '../contract';
import { dateText, decimal, percent, signed } from '../ui/format';

/** Sentences about numbers. */

export function plural(count: number, one: string, many: string): string {
  return Math.abs(count - 1) < 1e-9 ? one : many;
}

/** A number of states, a mean over replicates, as short as it can be. */
export function count(value: number): string {
  return Number.isInteger(value) ? decimal(value, 0) : decimal(value, Math.abs(value) < 10 ? 1 : 0);
}

export function dateOf(world: World, step: number): string {
  return dateText(world.time.labels[step] ?? '');
}

/**
 * Shares per mille as percentages that add up to 100: what rounding leaves goes to the shares that
 * lost most by it.
 */
export function percentages(parts: readonly number[]): string[] {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const whole = parts.map((part) => Math.floor(part / 10));
  const order = parts
    .map((part, place) => ({ place, lost: part % 10, part }))
    .sort((a, b) => b.lost - a.lost || b.part - a.part);
  let left = Math.round(total / 10) - whole.reduce((sum, part) => sum + part, 0);
  for (const { place } of order) {
    if (left <= 0) break;
    whole[place] = (whole[place] ?? 0) + 1;
    left -= 1;
  }
  return parts.map((part, place) =>
    (part > 0 && part < 10) || part > 990 ? percent(part) : `${whole[place] ?? 0} %`);
}

/** `Aruba, Fiji and Malta`. */
export function listed(names: readonly string[], and = 'and'): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} ${and} ${names[names.length - 1]}`;
}

/** `mission or higher`; the highest rung by its name alone. */
export function orHigher(rungs: readonly string[], rung: number): string {
  const name = rungs[rung] ?? '';
  return rung + 1 < rungs.length ? `${name} or higher` : name;
}

/** What a difference comes to at a step. @param rung  such as `mission or higher` */
export function differenceSentence(
  difference: CountDifference, step: number, date: string, rung: string,
): string {
  const mean = difference.difference[step] ?? 0;
  const low = difference.low[step] ?? null;
  const high = difference.high[step] ?? null;
  if (mean === 0 && (low ?? 0) === 0 && (high ?? 0) === 0) {
    return `${date}: as many states stand at ${rung} as in the baseline.`;
  }
  const side = mean < 0 ? 'fewer' : 'more';
  const interval =
    low === null || high === null
      ? ''
      : ` (95 % interval ${signed(low, 2)} to ${signed(high, 2)})`;
  const chance =
    low !== null && high !== null && low <= 0 && high >= 0
      ? ' The interval includes 0: chance alone could give this.'
      : '';
  const follow = difference.followers[step] ?? 0;
  return (
    `${date}: on average ${decimal(Math.abs(mean), 2)} states ${side} than in the baseline stand ` +
    `at ${rung}${interval}. Of the difference, ${signed(follow, 2)} falls to states that the ` +
    `variant does not move itself.${chance}`
  );
}

/** Moves, those that followed, those that were brought. @param name  of the world */
export function cascadeSentences(cascade: Cascade, world: World, name: string): string {
  const rung = orHigher(world.ladders[cascade.ladder]?.rungs ?? [], cascade.rung);
  const { moves, followed, brought } = cascade;
  const moved =
    `${name}: in a replicate ${decimal(moves, 1)} ${plural(moves, 'state moves', 'states move')} ` +
    `to ${rung} by own choice, on average.`;
  const share = moves > 0 ? ` (${percent((followed / moves) * 1000)})` : '';
  const drawn =
    moves > 0
      ? ` ${decimal(followed, 1)} of these moves${share} are credited to states that had gone ` +
        'ahead; the rest is own reasons.'
      : '';
  const put =
    brought > 0
      ? ` Events and bodies bring another ${decimal(brought, 1)} there; these follow nobody.`
      : '';
  return `${moved}${drawn}${put} Means over ${cascade.replicates} replicates.`;
}
