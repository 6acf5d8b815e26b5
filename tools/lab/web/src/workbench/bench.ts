import type { Bench } from '../bench';
import type { Problem, Results, ScenarioEntry, VariantText, World } from '../contract';
import type { Engine } from '../engine/engine';
import type { App } from '../store';
import type { RunSettings } from './command';
import { seedOf } from './command';
import { Checker } from './checker';
import { historyOf, historyText } from './keep';
import { Runs } from './runs';
import { emptyVariant, syntaxProblems, textOf, withText } from './variant_text';
import * as space from './workspace';
import type { History, Workspace } from './workspace';

/** What may change, for those who show it. */
export type Topic = 'scenario' | 'workspace' | 'problems' | 'run' | 'file' | 'settings';

export interface Settings extends RunSettings {
  auto: boolean; // run when something has changed
}

/** How a world stands to the results that are shown. */
export type Standing = 'mistakes' | 'new' | 'changed' | 'shown';

const storageKey = 'entente-workspace';
const firstScenario = 'afghanistan-2026';
const pause = 120; // ms; changes that come together are run together
const typing = 700; // ms of quiet before a text that is typed is run

/** The workbench without its looks: what is built, whether it is sound, what is run. */
export class Workbench implements Bench {
  entries: ScenarioEntry[] = [];
  world: World | null = null;
  settings: Settings = { replicates: 256, seed: '', first: 0, auto: true };
  /** Name of the result file that is shown in place of own results. */
  file: string | null = null;
  readonly runs: Runs;

  private history: History = space.newHistory({ scenario: '', variants: [], edited: 0 });
  private readonly worlds = new Map<string, Promise<World>>();
  private readonly checker: Checker;
  private readonly listeners: { topics: Set<Topic>; listener: () => void }[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly app: App) {
    this.checker = new Checker(app.engine, () => this.emit('problems'));
    this.runs = new Runs(app.engine, () => this.emit('run'));
  }

  get engine(): Engine {
    return this.app.engine;
  }

  get workspace(): Workspace {
    return this.history.present;
  }

  get scenario(): string | null {
    return this.workspace.scenario || null;
  }

  /** The variant that is worked on; null: the baseline. */
  get variant(): VariantText | null {
    return this.workspace.variants[this.workspace.edited - 1] ?? null;
  }

  /** Whether the text that is worked on is YAML, so that knobs can write into it. */
  get readable(): boolean {
    return this.variant === null || syntaxProblems(this.variant.yaml).length === 0;
  }

  get canUndo(): boolean {
    return this.history.past.length > 0;
  }

  get canRedo(): boolean {
    return this.history.future.length > 0;
  }

  /** Calls the listener now and whenever one of these has changed. */
  on(topics: Topic[], listener: () => void): void {
    this.listeners.push({ topics: new Set(topics), listener });
    listener();
  }

  private emit(topic: Topic): void {
    for (const entry of this.listeners) if (entry.topics.has(topic)) entry.listener();
  }

  /** Id of the country that the page looks at; null: none. */
  lookedAt(): string | null {
    const { results, actor } = this.app.store.view;
    return actor === null ? null : (results?.world.actors[actor]?.id ?? null);
  }

  // Beginning.

  async begin(): Promise<void> {
    try {
      this.entries = await this.app.engine.scenarios();
    } catch (error) {
      this.runs.fail(error);
      return;
    }
    const kept = historyOf(stored(storageKey));
    const known = this.entries.some(({ name }) => name === kept?.present.scenario);
    const first = this.entries.find(({ name }) => name === firstScenario) ?? this.entries[0];
    if (kept && known) this.history = kept;
    else this.history = space.newHistory({
      scenario: first?.name ?? '', variants: [], edited: 0,
    });
    if (this.app.store.view.results) this.file = 'the file that the lab was started with';
    this.app.store.watch(['outcome', 'results'], () => this.follow());
    this.emit('file');
    this.changed();
    if (!this.file) await this.run();
  }

  /** Works on the world that another part of the page has turned to. */
  private follow(): void {
    const { results, outcome } = this.app.store.view;
    if (!results || results !== this.runs.own?.results) return;
    const name = results.outcomes[outcome]?.name;
    const { variants, edited } = this.workspace;
    const place = outcome === 0 ? 0 : variants.findIndex((v) => v.name === name) + 1;
    if (outcome !== 0 && place === 0) return;
    if (place !== edited && this.outcomeOf(edited) >= 0) {
      this.history = space.turnTo(this.history, place);
      this.emit('workspace');
    }
  }

  // What is built.

  edit(change: (workspace: Workspace) => Workspace, tag: string | null = null): void {
    const next = change(this.workspace);
    if (next === this.workspace) return;
    this.history = space.commit(this.history, next, tag, Date.now());
    this.changed();
  }

  /** Edits the variant that is worked on; on the baseline a new variant is begun. */
  editVariant(change: (yaml: string) => string, tag: string | null = null): void {
    this.edit((workspace) => {
      const full = workspace.edited === 0 && workspace.variants.length === space.maxVariants;
      if (full) {
        this.runs.fail(`A run takes ${space.maxVariants} variants; remove one or choose one to change.`);
        return workspace;
      }
      const at = workspace.edited > 0 ? workspace : this.withNew(workspace);
      return space.changeYaml(at, at.edited, change(at.variants[at.edited - 1]?.yaml ?? ''));
    }, tag);
  }

  private withNew(workspace: Workspace): Workspace {
    const title = `Variant ${space.letter(workspace.variants.length + 1)}`;
    return space.addVariant(workspace, title, emptyVariant(title, 'What does this change?'));
  }

  addEmpty(): void {
    this.edit((workspace) => this.withNew(workspace));
  }

  async addShipped(name: string): Promise<void> {
    const { scenario } = this.workspace;
    try {
      const yaml = await this.app.engine.variantYaml(scenario, name);
      if (scenario === this.workspace.scenario) {
        this.edit((workspace) => space.addVariant(workspace, name, yaml));
      }
    } catch (error) {
      this.runs.fail(error);
    }
  }

  copyVariant(): void {
    const { variant } = this;
    if (!variant) return this.addEmpty();
    const title = `${textOf(variant.yaml, 'title') || variant.name} (copy)`;
    this.edit((w) => space.addVariant(w, title, withText(variant.yaml, 'title', title)));
  }

  /** Titles a variant; a name that was made from its title before follows. */
  setTitle(title: string): void {
    const { variant, workspace } = this;
    if (!variant || title.trim() === '' || title === textOf(variant.yaml, 'title')) return;
    const made = space.freeName(textOf(variant.yaml, 'title'), []);
    const follows = variant.name === made || variant.name.startsWith(`${made}-`);
    this.edit((before) => {
      const yaml = withText(variant.yaml, 'title', title.trim());
      const next = space.changeYaml(before, workspace.edited, yaml);
      return follows ? space.renameVariant(next, workspace.edited, title) : next;
    });
  }

  select(world: number): void {
    this.history = space.turnTo(this.history, world);
    this.emit('workspace');
    this.keep();
    const outcome = this.outcomeOf(world);
    if (outcome >= 0 && this.runs.own?.results === this.app.store.view.results) {
      this.app.store.set({ outcome });
    }
  }

  undo(): void {
    this.history = space.undo(this.history);
    this.changed();
  }

  redo(): void {
    this.history = space.redo(this.history);
    this.changed();
  }

  chooseScenario(scenario: string): void {
    this.edit((w) => (w.scenario === scenario ? w : { scenario, variants: [], edited: 0 }));
  }

  async open(scenario: string, variants: VariantText[]): Promise<void> {
    if (!this.entries.some(({ name }) => name === scenario)) {
      throw new Error(`This lab has no scenario ${scenario}.`);
    }
    this.edit(() => ({ scenario, variants, edited: Math.min(1, variants.length) }));
    await this.run();
  }

  private changed(): void {
    this.keep();
    void this.loadWorld();
    this.emit('workspace');
    const { scenario, variants } = this.workspace;
    this.checker.ask(scenario, variants.map(({ yaml }) => yaml));
    this.runSoon(this.history.tag === 'text' ? typing : pause);
  }

  private keep(): void {
    try {
      sessionStorage.setItem(storageKey, historyText(this.history));
    } catch {
      // Full or forbidden: the workspace lives as long as the page.
    }
  }

  private async loadWorld(): Promise<void> {
    const { scenario } = this.workspace;
    if (scenario === '' || this.world?.scenario === scenario) return;
    const known = this.worlds.get(scenario) ?? this.app.engine.load(scenario);
    this.worlds.set(scenario, known);
    try {
      const world = await known;
      if (scenario !== this.workspace.scenario) return;
      this.world = world;
      this.emit('scenario');
    } catch (error) {
      this.worlds.delete(scenario);
      this.runs.fail(error);
    }
  }

  // Whether it is sound.

  /** @return null: not known yet */
  problems(variant: VariantText): Problem[] | null {
    return this.checker.problems(this.workspace.scenario, variant.yaml);
  }

  /** Place among the outcomes that are shown; -1: not run yet. */
  outcomeOf(world: number): number {
    if (world === 0) return 0;
    const { own } = this.runs;
    if (own?.request.scenario !== this.workspace.scenario) return -1;
    const name = this.workspace.variants[world - 1]?.name;
    return own.results.outcomes.findIndex((outcome, n) => n > 0 && outcome.name === name);
  }

  standing(world: number): Standing {
    const variant = this.workspace.variants[world - 1];
    if (variant && (this.problems(variant)?.length ?? 0) > 0) return 'mistakes';
    const { own } = this.runs;
    if (!own || own.request.scenario !== this.workspace.scenario) return 'new';
    const ran = own.request.variants.find(({ name }) => name === variant?.name);
    if (variant && !ran) return 'new';
    return variant && ran?.yaml !== variant.yaml ? 'changed' : 'shown';
  }

  // What is run.

  set(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    this.emit('settings');
    this.runSoon();
  }

  private runSoon(quiet = pause): void {
    clearTimeout(this.timer);
    if (!this.settings.auto || this.file || this.workspace.scenario === '') return;
    this.timer = setTimeout(() => void this.run(true), quiet);
  }

  /** @param changedOnly  do nothing where the same is shown or running already */
  async run(changedOnly = false): Promise<void> {
    clearTimeout(this.timer);
    const { scenario, variants } = this.workspace;
    const { replicates, first } = this.settings;
    const problems = await Promise.all(
      variants.map(({ yaml }) => this.checker.settled(scenario, yaml)),
    );
    if (this.workspace.variants !== variants) return this.runSoon();
    const sound = variants.filter((_, place) => problems[place]?.length === 0);
    const seed = seedOf(this.settings.seed);
    const request = { scenario, seed, first_replicate: first, replicates, variants: sound };
    if (changedOnly && this.runs.has(request)) return;
    const results = await this.runs.start(request);
    if (results) this.show(results);
  }

  private show(results: Results): void {
    if (this.file) {
      this.file = null;
      this.emit('file');
    }
    this.app.store.show(results, Math.max(this.outcomeOf(this.workspace.edited), 0));
    this.emit('workspace');
    const replicates = results.outcomes[0]?.replicates ?? 0;
    this.app.announce(`Results of ${replicates} replicates are shown.`);
  }

  // Files.

  async openFile(file: File): Promise<void> {
    try {
      const results = await this.app.engine.open(file);
      this.runs.cancel('');
      this.file = file.name;
      this.app.store.show(results);
      this.emit('file');
    } catch (error) {
      this.runs.fail(error);
    }
  }

  /** Back from a file to own results. */
  closeFile(): void {
    this.file = null;
    this.emit('file');
    if (this.runs.own) this.show(this.runs.own.results);
    void this.run(true);
  }
}

function stored(key: string): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
