import type { VariantText } from '../contract';
import { maxVariants } from './workspace';
import type { History, Workspace } from './workspace';

/** Keeping the workspace over a reload of the page. */

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
