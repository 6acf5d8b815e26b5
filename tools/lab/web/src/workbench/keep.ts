import type { VariantText } from '../contract';
import type { RunSettings } from './command';
import { seedOf } from './command';
import { maxVariants } from './workspace';
import type { History, Workspace } from './workspace';

/** Keeping the workspace and how runs are set up over a reload of the page. */

export interface Settings extends RunSettings {
  auto: boolean; // run when something has changed
}

export const usualSettings: Settings = { replicates: 256, seed: '', first: 0, auto: true };
export const replicateChoices: readonly number[] = [16, 64, 256, 1000, 4096];
export const lastFirst = 9_000_000; // a scenario has 10^7 replicates

/** Of what was kept; the usual where that is nothing. */
export function settingsOf(text: string | null): Settings {
  try {
    const { replicates, seed, first, auto } = JSON.parse(text ?? '') as Record<string, unknown>;
    const sound =
      replicateChoices.includes(Number(replicates)) &&
      typeof seed === 'string' && (seed === '' || seedOf(seed) !== null) &&
      Number.isInteger(first) && Number(first) >= 0 && Number(first) <= lastFirst &&
      typeof auto === 'boolean';
    if (sound) return { replicates: Number(replicates), seed, first: Number(first), auto };
  } catch {
    // Nothing was kept.
  }
  return usualSettings;
}

export function save(key: string, text: string): void {
  try {
    sessionStorage.setItem(key, text);
  } catch {
    // Full or forbidden: it lives as long as the page.
  }
}

export function load(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

const keptSteps = 30; // of undo; a tab's storage is small

export function historyText({ past, present, future }: History): string {
  return JSON.stringify({
    format: 1,
    past: past.slice(-keptSteps),
    present,
    future: future.slice(0, keptSteps),
  });
}

/** @return null where the text is not one of `historyText` */
export function historyOf(text: string | null): History | null {
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as Record<string, unknown>;
    const { past, present, future } = kept;
    if (kept.format !== 1 || !isWorkspace(present)) return null;
    if (!Array.isArray(past) || !past.every(isWorkspace)) return null;
    if (!Array.isArray(future) || !future.every(isWorkspace)) return null;
    return { past, present, future, tag: null, time: 0 };
  } catch {
    return null;
  }
}

function isVariant(value: unknown): value is VariantText {
  const { name, yaml } = (value ?? {}) as Record<string, unknown>;
  return typeof name === 'string' && /^[a-z0-9-]{1,40}$/.test(name) && typeof yaml === 'string';
}

function isWorkspace(value: unknown): value is Workspace {
  const { scenario, variants, edited } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof scenario === 'string' &&
    Array.isArray(variants) &&
    variants.length <= maxVariants &&
    variants.every(isVariant) &&
    Number.isInteger(edited) &&
    Number(edited) >= 0 &&
    Number(edited) <= variants.length
  );
}
