import type { VariantText } from './contract';

/**
 * The workbench as other parts of the page use it: a lesson hands it a variant and the reader sees
 * what it does. `workbenchPanel` sets `App.bench`; it is null until then, and in a report.
 */
export interface Bench {
  /** The scenario that is open; null: none yet. */
  readonly scenario: string | null;
  /**
   * Opens a scenario, puts these variants in the place of those that are there (which undo brings
   * back), and runs. Resolves when the results are shown; mistakes are shown by the workbench.
   */
  open(scenario: string, variants: VariantText[]): Promise<void>;
}
