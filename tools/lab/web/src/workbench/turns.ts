import type { Knob } from '../contract';
import type { Workbench } from './bench';
import type { KnobRow, Turn } from './knob_row';
import { knobRow } from './knob_row';
import { factorOf, levelled, rangeText, scaled, tidy } from './knobs';
import type { CountryKnob } from './knobs';
import { Numbers, withNumbers } from './variant_text';

/** Knobs as views on the text of the variant that is worked on. */

let last: { yaml: string; numbers: Numbers } | null = null;

/** The numbers of the variant that is worked on; the text is read once for all knobs. */
export function numbersOf(bench: Workbench): Numbers {
  const yaml = bench.variant?.yaml ?? '';
  if (last?.yaml !== yaml) last = { yaml, numbers: new Numbers(yaml) };
  return last.numbers;
}

export function write(
  bench: Workbench, changes: ReadonlyMap<string, number | null>, tag: string,
): void {
  const needless = [...changes.values()].every((value) => value === null);
  if (!bench.variant && needless) return; // the baseline as it is
  bench.editVariant((yaml) => withNumbers(yaml, changes), tag);
}

export function turnOf(bench: Workbench, knob: Knob): Turn {
  const set = (): number | null => numbersOf(bench).value(knob.path);
  return {
    label: knob.label,
    unit: knob.unit,
    meaning: sentence(knob.meaning),
    low: knob.low,
    high: knob.high,
    baseline: () => String(tidy(knob.value)),
    mark: () => knob.value,
    value: () => set() ?? knob.value,
    changed: () => set() !== null,
    turn: (value) => {
      const same = value === null || value === tidy(knob.value);
      write(bench, new Map([[knob.path, same ? null : value]]), knob.path);
    },
    enabled: () => numbersOf(bench).readable,
  };
}

export function row(bench: Workbench, knob: Knob): KnobRow {
  return knobRow(turnOf(bench, knob));
}

/** One number for several countries. */
export function levelTurn(
  bench: Workbench, kind: CountryKnob, ids: () => readonly string[],
): Turn {
  const knobs = (): Knob[] => ids().flatMap((id) => kind.knobs.get(id) ?? []);
  const base = (): number[] => knobs().map((knob) => knob.value);
  const values = (): number[] => {
    const numbers = numbersOf(bench);
    return knobs().map((knob) => numbers.value(knob.path) ?? knob.value);
  };
  const same = (numbers: number[]): number | null =>
    numbers.length > 0 && numbers.every((n) => n === numbers[0]) ? (numbers[0] ?? null) : null;
  return {
    label: kind.label,
    unit: kind.unit,
    meaning: sentence(kind.meaning),
    low: kind.low,
    high: kind.high,
    baseline: () => rangeText(base()),
    mark: () => same(base()) ?? mean(base()),
    value: () => same(values()),
    changed: () => knobs().some((knob) => numbersOf(bench).value(knob.path) !== null),
    turn: (value) => write(bench, levelled(kind, ids(), value), kind.pattern),
    enabled: () => numbersOf(bench).readable && knobs().length > 0,
  };
}

/** A factor for several countries, each its own number times it. */
export function scaleTurn(
  bench: Workbench, kind: CountryKnob, ids: () => readonly string[],
): Turn {
  const level = levelTurn(bench, kind, ids);
  return {
    ...level,
    label: `${kind.label}, times`,
    unit: '',
    low: 0,
    high: 3,
    mark: () => 1,
    value: () => factorOf(kind, ids(), (path) => numbersOf(bench).value(path)),
    turn: (value) => {
      if (value === null || value === 1) level.turn(null);
      else write(bench, scaled(kind, ids(), value), kind.pattern);
    },
  };
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** `wS: how much ...` as `How much ... .`, without the symbol of the formulas. */
export function sentence(meaning: string): string {
  const text = meaning.replace(/^[A-Za-z]{1,3}: /, '').replace(/ \([A-Za-z0-9]{1,5}\)$/, '');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}
