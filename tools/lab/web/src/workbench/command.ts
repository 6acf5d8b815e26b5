import type { Workspace } from './workspace';

/** How a run is set up. */
export interface RunSettings {
  replicates: number;
  seed: string; // empty: the scenario's
  first: number; // first replicate
}

/** A word as a POSIX shell takes it. */
export function shellWord(word: string): string {
  return /^[A-Za-z0-9_./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}

/** Name of the result file that the command writes. */
export function resultName(workspace: Workspace): string {
  return `${workspace.variants.length === 1 ? workspace.variants[0]?.name : workspace.scenario}.h5`;
}

/** The command that does in a shell what the lab does; it needs the files of the variants. */
export function command(workspace: Workspace, settings: RunSettings): string {
  const { scenario, variants } = workspace;
  const words = ['entente', variants.length === 0 ? 'run' : 'whatif', scenario];
  words.push(...variants.map(({ name }) => `${name}.yaml`));
  if (settings.seed !== '') words.push('--seed', settings.seed);
  if (settings.first !== 0) words.push('--first-replicate', String(settings.first));
  words.push('--replicates', String(settings.replicates), '-o', resultName(workspace));
  return words.map(shellWord).join(' ');
}

/** A text that tells how to repeat the run without the lab. */
export function recipe(workspace: Workspace, settings: RunSettings): string {
  const files = workspace.variants.map(({ name }) => `  ${name}.yaml`);
  return [
    '# The same run without the lab. The result file has the same bytes for any number of threads.',
    ...(files.length > 0
      ? ['# Put these files, which the lab hands out, into the folder where you run it:']
      : []),
    ...files.map((line) => `#${line}`),
    command(workspace, settings),
    '',
  ].join('\n');
}

/** @return null: no seed; else its digits. Seeds are 64-bit and do not fit a number. */
export function seedOf(text: string): string | null {
  const digits = text.trim();
  return /^\d{1,20}$/.test(digits) && BigInt(digits) < 2n ** 64n ? BigInt(digits).toString() : null;
}
