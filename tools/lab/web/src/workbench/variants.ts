import type { Workbench } from './bench';
import { emptyVariant, textOf, withText } from './variant_text';
import * as space from './workspace';
import type { Workspace } from './workspace';

/** Beginning, copying and naming variants. */

/** With an empty variant that is worked on; the same where there is no room. */
export function withNew(workspace: Workspace): Workspace {
  const title = `Variant ${space.letter(workspace.variants.length + 1)}`;
  return space.addVariant(workspace, title, emptyVariant(title, 'What does this change?'));
}

/** Adds a variant that comes with the scenario. */
export async function addShipped(bench: Workbench, name: string): Promise<void> {
  const { scenario } = bench.workspace;
  try {
    const yaml = await bench.engine.variantYaml(scenario, name);
    if (scenario !== bench.workspace.scenario) return;
    bench.edit((workspace) => space.addVariant(workspace, name, yaml));
  } catch (error) {
    bench.runs.fail(error);
  }
}

export function copyVariant(bench: Workbench): void {
  const { variant } = bench;
  if (!variant) return;
  const title = `${textOf(variant.yaml, 'title') || variant.name} (copy)`;
  const yaml = withText(variant.yaml, 'title', title);
  bench.edit((workspace) => space.addVariant(workspace, title, yaml));
}

/** Titles the variant; a name that was made from its title before follows. */
export function setTitle(bench: Workbench, title: string): void {
  const { variant } = bench;
  const before = variant ? textOf(variant.yaml, 'title') : '';
  if (!variant || title.trim() === '' || title === before) return;
  const made = space.freeName(before, []);
  const follows = variant.name === made || variant.name.startsWith(`${made}-`);
  bench.edit((workspace) => {
    const yaml = withText(variant.yaml, 'title', title.trim());
    const next = space.changeYaml(workspace, workspace.edited, yaml);
    return follows ? space.renameVariant(next, workspace.edited, title) : next;
  });
}

/** The scenario of the lab that the result file which is shown is of; files know its title. */
export function scenarioOfFile(bench: Workbench): string | null {
  if (bench.file === null) return null;
  const title = bench.view.results?.world.title;
  return bench.entries.find((entry) => entry.title === title)?.name ?? null;
}

/** Begins anew with the variants of the file that is shown. */
export async function takeOver(bench: Workbench): Promise<void> {
  const { results } = bench.view;
  const scenario = scenarioOfFile(bench);
  if (!results || scenario === null) return;
  const empty = { scenario, variants: [], edited: 0 };
  const workspace = results.outcomes
    .slice(1)
    .reduce<Workspace>((all, { name, yaml }) => space.addVariant(all, name, yaml), empty);
  await bench.open(workspace.scenario, [...workspace.variants]);
}
