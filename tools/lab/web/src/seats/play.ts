import type { Decision, Results, World } from '../contract';
import { EngineError } from '../engine/engine';
import type { Engine } from '../engine/engine';
import { newGame, oddsOf, playedLadders, restoreGame, spans } from './game';
import type { Choice, Game, Setup, Span } from './game';
import { rungAt } from './worlds';
import { gameYaml } from './yaml';

const storageKey = 'entente.class';

/** Where the game stands: what the model says of its history so far. */
export class Play {
  /** Outcome 0: the same luck without the game; 1: the game so far, left to the model from here. */
  results: Results | null = null;

  private constructor(
    private readonly engine: Engine,
    readonly world: World,
    public game: Game,
  ) {}

  static async begin(engine: Engine, setup: Setup): Promise<Play> {
    const play = new Play(engine, await engine.load(setup.scenario), newGame(setup));
    play.keep();
    await play.simulate();
    return play;
  }

  static kept(): Game | null {
    return restoreGame(sessionStorage.getItem(storageKey));
  }

  static forget(): void {
    sessionStorage.removeItem(storageKey);
  }

  static async resume(engine: Engine, game: Game): Promise<Play> {
    const play = new Play(engine, await engine.load(game.setup.scenario), game);
    await play.simulate();
    return play;
  }

  get turns(): Span[] {
    return spans(this.world.time.labels.length, this.game.setup.stepsPerTurn);
  }

  /** The turn in play; null: the game is over. */
  get turn(): Span | null {
    return this.turns[this.game.turns.length] ?? null;
  }

  get known(): Results {
    if (!this.results) throw new EngineError('nothing was simulated yet');
    return this.results;
  }

  actorOf(seat: number): number {
    const id = this.game.setup.seats[seat]?.actor;
    const place = this.world.actors.findIndex((actor) => actor.id === id);
    if (place < 0) throw new EngineError(`${id ?? 'a seat'} takes no part in this scenario`);
    return place;
  }

  /** Takes over another state of the game; what was simulated stays until `simulate`. */
  set(game: Game): void {
    this.game = game;
    this.keep();
  }

  private keep(): void {
    sessionStorage.setItem(storageKey, JSON.stringify(this.game));
  }

  /** Simulates the game so far on its luck. */
  async simulate(): Promise<void> {
    this.results = await this.run([{ name: 'class', yaml: gameYaml(this.game, this.world) }]);
  }

  /** @param replicates  more than one: other luck, from replicate 0 on */
  async run(variants: { name: string; yaml: string }[], replicates = 1): Promise<Results> {
    const { scenario, seed, replicate } = this.game.setup;
    return this.engine.run(
      { scenario, seed, first_replicate: replicates === 1 ? replicate : 0, replicates, variants },
      () => undefined,
      new AbortController().signal,
    );
  }

  /** What a seat decides on at the start of the turn, by played ladder. */
  async decisions(seat: number): Promise<Decision[]> {
    const { turn, known } = this;
    if (!turn) return [];
    const asked = playedLadders(this.world).map((ladder) =>
      this.engine.explain(known, {
        outcome: 1,
        authority: this.game.setup.authority,
        ladder,
        actor: this.actorOf(seat),
        step: turn.first,
        replicate: this.game.setup.replicate,
      }),
    );
    const answers = await Promise.all(asked);
    return answers.filter((answer): answer is Decision => answer !== null);
  }

  /** A decision of a seat, with what the model had in mind. */
  choiceOf(decision: Decision, to: number): Choice {
    const { ladder, actor } = decision.question;
    const { turn, known } = this;
    const last = turn ? turn.first + turn.steps - 1 : 0;
    return {
      ladder,
      from: decision.rung,
      to,
      odds: oddsOf(decision, turn?.steps ?? 1),
      left: rungAt(known, 1, this.game.setup.authority, ladder, last, actor),
    };
  }
}
