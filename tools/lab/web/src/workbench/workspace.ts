import type { VariantText } from '../contract';
import { fileName } from '../ui/download';

/** What the user builds: a scenario and variants of it. The text of a variant is the truth. */
export interface Workspace {
  readonly scenario: string;
  readonly variants: readonly VariantText[];
  /** Which world is worked on: 0 the baseline, k variant k - 1. */
  readonly edited: number;
}

export const maxVariants = 8; // of a run
const maxPast = 100;
const sameEdit = 1500; // ms within which edits with the same tag are one step of undo

/** Workspaces before and after the present one. */
export interface History {
  readonly past: readonly Workspace[];
  readonly present: Workspace;
  readonly future: readonly Workspace[];
  readonly tag: string | null; // of the last edit
  readonly time: number;
}

export function newHistory(present: Workspace): History {
  return { past: [], present, future: [], tag: null, time: 0 };
}

/**
 * Makes `next` the present one.
 *
 * @param tag   what is being turned; its moves in quick succession are undone as one. null: alone
 * @param time  now, in ms
 */
export function commit(
  history: History, next: Workspace, tag: string | null, time: number,
): History {
  const { past, present } = history;
  if (next === present) return history;
  const goesOn = tag !== null && tag === history.tag && time - history.time < sameEdit;
  const before = goesOn ? past : [...past, present].slice(-maxPast);
  return { past: before, present: next, future: [], tag, time };
}

/** Turns to another world; that is not an edit. */
export function turnTo(history: History, edited: number): History {
  const { present } = history;
  if (edited === present.edited || edited < 0 || edited > present.variants.length) return history;
  return { ...history, present: { ...present, edited }, tag: null };
}

export function undo(history: History): History {
  const present = history.past.at(-1);
  if (!present) return history;
  const past = history.past.slice(0, -1);
  return { past, present, future: [history.present, ...history.future], tag: null, time: 0 };
}

export function redo(history: History): History {
  const [present, ...future] = history.future;
  if (!present) return history;
  return { past: [...history.past, history.present], present, future, tag: null, time: 0 };
}

// Names and letters.

/** A, B, ... of a variant; empty for the baseline. */
export function letter(world: number): string {
  return world === 0 ? '' : String.fromCharCode(64 + world);
}

/** A name for files and for the program, [a-z0-9-], that none of the others has. */
export function freeName(wish: string, others: readonly string[]): string {
  const stem =
    fileName(wish.normalize('NFKD').replace(/[\u0300-\u036f.]/g, '')).slice(0, 36)
      .replace(/-+$/, '') || 'variant';
  const taken = new Set([...others, 'baseline']);
  if (!taken.has(stem)) return stem;
  for (let n = 2; ; n += 1) {
    const name = `${stem}-${n}`;
    if (!taken.has(name)) return name;
  }
}

// Edits; each gives a new workspace, or the same where there is nothing to do.

/** Puts a variant behind the others and turns to it; the same where there is no room. */
export function addVariant(workspace: Workspace, wish: string, yaml: string): Workspace {
  if (workspace.variants.length >= maxVariants) return workspace;
  const name = freeName(wish, workspace.variants.map((variant) => variant.name));
  const variants = [...workspace.variants, { name, yaml }];
  return { ...workspace, variants, edited: variants.length };
}

export function removeVariant(workspace: Workspace, world: number): Workspace {
  if (world < 1 || world > workspace.variants.length) return workspace;
  const variants = workspace.variants.filter((_, place) => place !== world - 1);
  const { edited: at } = workspace;
  const edited = at > world ? at - 1 : Math.min(at, variants.length);
  return { ...workspace, variants, edited };
}

export function changeYaml(workspace: Workspace, world: number, yaml: string): Workspace {
  if (workspace.variants[world - 1]?.yaml === yaml) return workspace;
  return change(workspace, world, (variant) => ({ ...variant, yaml }));
}

/** Gives a variant a name that comes from `wish`. */
export function renameVariant(workspace: Workspace, world: number, wish: string): Workspace {
  const others = workspace.variants.filter((_, place) => place !== world - 1);
  const name = freeName(wish, others.map((variant) => variant.name));
  if (workspace.variants[world - 1]?.name === name) return workspace;
  return change(workspace, world, (variant) => ({ ...variant, name }));
}

function change(
  workspace: Workspace, world: number, edit: (variant: VariantText) => VariantText,
): Workspace {
  const variants = workspace.variants.map((variant, place) =>
    place === world - 1 ? edit(variant) : variant,
  );
  return { ...workspace, variants };
}
