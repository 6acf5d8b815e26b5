import type { Bench } from '../bench';
import type { Problem, Results, ScenarioEntry, VariantText, World } from '../contract';
import type { Engine } from '../engine/engine';
import type { App, View } from '../store';
import { seedOf } from './command';
import { Checker } from './checker';
import type { Settings } from './keep';
import { historyOf, historyText, load, save, settingsOf } from './keep';
import { Runs, messageOf } from './runs';
import { outcomeOf, standing } from './standing';
import type { Standing } from './standing';
import { syntaxProblems } from './variant_text';
import { withNew } from './variants';
import { Worlds } from './worlds';
import * as space from './workspace';
import type { History, Workspace } from './workspace';

/** What may change, for those who show it. */
export type Topic = 'scenario' | 'workspace' | 'problems' | 'run' | 'file' | 'settings';

const workspaceKey = 'entente-workspace';
const settingsKey = 'entente-settings';
const leftKey = 'entente-file-left';
const firstScenario = 'afghanistan-2026';
const pause = 120; // ms; changes that come together are run together
const typing = 700; // ms of quiet before a text that is typed is run

/** The workbench without its looks: what is built, whether it is sound, what is run. */
export class Workbench implements Bench {
  entries: ScenarioEntry[] = [];
  world: World | null = null;
  settings: Settings = settingsOf(load(settingsKey));
  private readonly begun: Promise<void>;
  /** Name of the result file that is shown in place of own results. */
  file: string | null = null;
  readonly runs: Runs;

  private history: History = space.newHistory({ scenario: '', variants: [], edited: 0 });
  private readonly worlds: Worlds;
  private readonly checker: Checker;
  private readonly listeners: { topics: Set<Topic>; listener: () => void }[] = [];
  private leading = false; // the page follows the workbench, not the other way round
  private timer: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly app: App) {
    this.checker = new Checker(app.engine, () => this.emit('problems'));
    this.runs = new Runs(app.engine, () => this.emit('run'));
    this.worlds = new Worlds(app.engine);
    this.begun = this.begin();
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

  get can(): { undo: boolean; redo: boolean } {
    return { undo: this.history.past.length > 0, redo: this.history.future.length > 0 };
  }

  /** Calls the listener now and whenever one of these has changed. */
  on(topics: Topic[], listener: () => void): void {
    this.listeners.push({ topics: new Set(topics), listener });
    listener();
  }

  private emit(topic: Topic): void {
    for (const entry of this.listeners) if (entry.topics.has(topic)) entry.listener();
  }

  /** What the page looks at. */
  get view(): Readonly<View> {
    return this.app.store.view;
  }

  private async begin(): Promise<void> {
    try {
      this.entries = await this.app.engine.scenarios();
    } catch (error) {
      this.runs.fail(error);
      return;
    }
    const kept = historyOf(load(workspaceKey));
    const known = this.entries.some(({ name }) => name === kept?.present.scenario);
    const first = this.entries.find(({ name }) => name === firstScenario) ?? this.entries[0];
    const fresh = { scenario: first?.name ?? '', variants: [], edited: 0 };
    this.history = kept && known ? kept : space.newHistory(fresh);
    const left = load(leftKey) !== null;
    if (this.view.results && !left) this.file = 'the file that the lab was started with';
    this.app.store.watch(['outcome', 'results'], () => this.follow());
    this.emit('file');
    this.changed();
    if (!this.file) void this.run();
  }

  /** Works on the world that another part of the page has turned to. */
  private follow(): void {
    const { results, outcome } = this.view;
    if (this.leading || !results || results !== this.runs.own?.results) return;
    const name = results.outcomes[outcome]?.name;
    const { variants, edited } = this.workspace;
    const place = outcome === 0 ? 0 : variants.findIndex((v) => v.name === name) + 1;
    if ((outcome !== 0 && place === 0) || place === edited) return;
    this.history = space.turnTo(this.history, place);
    this.emit('workspace');
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
    const before = this.workspace;
    const at = before.edited > 0 ? before : withNew(before);
    if (at.edited === 0) {
      this.runs.fail(`A run takes ${space.maxVariants} variants; choose or remove one of them.`);
    } else {
      const yaml = change(at.variants[at.edited - 1]?.yaml ?? '');
      this.edit(() => space.changeYaml(at, at.edited, yaml), tag);
    }
    if (this.workspace === before) this.emit('workspace'); // what was turned turns back
  }

  select(world: number): void {
    this.history = space.turnTo(this.history, world);
    this.emit('workspace');
    save(workspaceKey, historyText(this.history));
    const outcome = this.outcomeOf(world);
    if (outcome >= 0 && this.runs.own?.results === this.app.store.view.results) {
      this.app.store.set({ outcome });
    }
  }

  undo(): void {
    if (!this.can.undo) return;
    this.history = space.undo(this.history);
    this.changed();
    this.app.announce('Undone.');
  }

  redo(): void {
    if (!this.can.redo) return;
    this.history = space.redo(this.history);
    this.changed();
    this.app.announce('Done again.');
  }

  chooseScenario(scenario: string): void {
    this.edit((w) => (w.scenario === scenario ? w : { scenario, variants: [], edited: 0 }));
  }

  async open(scenario: string, variants: VariantText[]): Promise<void> {
    await this.begun;
    if (!this.entries.some(({ name }) => name === scenario)) {
      throw new Error(`This lab has no scenario ${scenario}.`);
    }
    this.edit(() => ({ scenario, variants, edited: Math.min(1, variants.length) }));
    await this.run();
  }

  private changed(): void {
    save(workspaceKey, historyText(this.history));
    void this.loadWorld();
    this.emit('workspace');
    const { scenario, variants } = this.workspace;
    this.checker.ask(scenario, variants.map(({ yaml }) => yaml));
    this.runSoon(this.history.tag === 'text' ? typing : pause);
  }

  private async loadWorld(): Promise<void> {
    const { scenario } = this.workspace;
    if (scenario === '' || this.world?.scenario === scenario) return;
    this.world = null;
    this.emit('scenario');
    try {
      const world = await this.worlds.load(scenario);
      if (scenario !== this.workspace.scenario) return;
      this.world = world;
      this.emit('scenario');
    } catch (error) {
      this.runs.fail(error);
    }
  }

  // Whether it is sound.

  /** @return null: not known yet */
  problems(variant: VariantText): Problem[] | null {
    return this.checker.problems(this.workspace.scenario, variant.yaml);
  }

  outcomeOf(world: number): number {
    return outcomeOf(this.workspace, this.runs.own, world);
  }

  standing(world: number): Standing {
    const variant = this.workspace.variants[world - 1];
    if (variant && (this.problems(variant)?.length ?? 0) > 0) return 'mistakes';
    return standing(this.workspace, this.runs.own, world);
  }

  // What is run.

  set(settings: Partial<Settings>): void {
    this.settings = { ...this.settings, ...settings };
    save(settingsKey, JSON.stringify(this.settings));
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
    let problems: Problem[][];
    try {
      const checks = variants.map(({ yaml }) => this.checker.settled(scenario, yaml));
      problems = await Promise.all(checks);
    } catch (error) {
      this.runs.fail(error);
      return;
    }
    if (this.workspace.variants !== variants) return this.run(changedOnly);
    const sound = variants.filter((_, place) => problems[place]?.length === 0);
    const seed = seedOf(this.settings.seed);
    const request = { scenario, seed, first_replicate: first, replicates, variants: sound };
    if (changedOnly && this.runs.has(request)) return;
    const results = await this.runs.start(request);
    if (results) this.show(results);
  }

  private show(results: Results): void {
    this.leaveFile();
    this.leading = true;
    this.app.store.show(results, Math.max(this.outcomeOf(this.workspace.edited), 0));
    this.leading = false;
    this.emit('workspace');
    const replicates = results.outcomes[0]?.replicates ?? 0;
    this.app.announce(`Results of ${replicates} replicates are shown.`);
  }

  async openFile(file: File): Promise<void> {
    try {
      const results = await this.app.engine.open(file);
      this.runs.cancel('');
      this.file = file.name;
      this.app.store.show(results);
      this.emit('file');
    } catch (error) {
      // The program knows the file by the place where its copy lies.
      this.runs.fail(messageOf(error).replace(/^(\/\S+|the file): /, `${file.name}: `));
    }
  }

  private leaveFile(): void {
    if (this.file === null) return;
    this.file = null;
    save(leftKey, 'yes'); // a reload does not go back to the file
    this.emit('file');
  }

  /** Back from a file to own results. */
  closeFile(): void {
    this.leaveFile();
    if (this.runs.own) this.show(this.runs.own.results);
    void this.run(true);
  }
}
