import type { Knob } from '../contract';
import type { Workbench } from './bench';
import type { KnobRow, Turn } from './knob_row';
import { knobRow } from './knob_row';
import { levelled, rangeText, scaled, tidy } from './knobs';
import type { CountryKnob } from './knobs';
import { Settings, withSettings } from './variant_text';

/** Knobs as views on the text of the variant that is worked on. */

let last: { yaml: string; settings: Settings } | null = null;

/** The numbers of the variant that is worked on; the text is read once for all knobs. */
export function settingsOf(bench: Workbench): Settings {
  const yaml = bench.variant?.yaml ?? '';
  if (last?.yaml !== yaml) last = { yaml, settings: new Settings(yaml) };
  return last.settings;
}

export function write(
  bench: Workbench, changes: ReadonlyMap<string, number | null>, tag: string,
): void {
  const needless = [...changes.values()].every((value) => value === null);
  if (!bench.variant && needless) return; // the baseline as it is
  bench.editVariant((yaml) => withSettings(yaml, changes), tag);
}

export function turnOf(bench: Workbench, knob: Knob): Turn {
  const set = (): number | null => settingsOf(bench).value(knob.path);
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
    enabled: () => settingsOf(bench).readable,
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
    const settings = settingsOf(bench);
    return knobs().map((knob) => settings.value(knob.path) ?? knob.value);
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
    changed: () => knobs().some((knob) => settingsOf(bench).value(knob.path) !== null),
    turn: (value) => write(bench, levelled(kind, ids(), value), kind.pattern),
    enabled: () => settingsOf(bench).readable && knobs().length > 0,
  };
}

/** A factor for several countries, each its own number times it. */
export function scaleTurn(
  bench: Workbench, kind: CountryKnob, ids: () => readonly string[],
): Turn {
  let factor = 1;
  return {
    ...levelTurn(bench, kind, ids),
    label: `${kind.label}, times`,
    unit: '',
    low: 0,
    high: 3,
    mark: () => 1,
    value: () => factor,
    turn: (value) => {
      factor = value ?? 1;
      const changes = factor === 1 ? levelled(kind, ids(), null) : scaled(kind, ids(), factor);
      write(bench, changes, kind.pattern);
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
