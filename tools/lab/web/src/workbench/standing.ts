import type { Results, RunRequest } from '../contract';
import type { Workspace } from './workspace';

/** How a world stands to the results that are shown. */
export type Standing = 'mistakes' | 'new' | 'changed' | 'shown';

/** Results with what was asked for. */
export interface Own {
  request: RunRequest;
  results: Results;
}

/** Place of a world of the workspace among the outcomes; -1: it has not been run. */
export function outcomeOf(workspace: Workspace, own: Own | null, world: number): number {
  if (world === 0) return 0;
  const name = workspace.variants[world - 1]?.name;
  if (own?.request.scenario !== workspace.scenario || name === undefined) return -1;
  return own.results.outcomes.findIndex((outcome, n) => n > 0 && outcome.name === name);
}

/** Whether what is shown of a world is what its text says. */
export function standing(workspace: Workspace, own: Own | null, world: number): Standing {
  if (own?.request.scenario !== workspace.scenario) return 'new';
  const variant = workspace.variants[world - 1];
  if (!variant) return 'shown';
  const ran = own.request.variants.find(({ name }) => name === variant.name);
  if (!ran) return 'new';
  return ran.yaml === variant.yaml ? 'shown' : 'changed';
}
