import { mapPanel } from '../map/panel';
import { newStore } from '../store';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { debriefElement } from './debrief';
import { decide, endTurn, nextSeat, undo } from './game';
import type { Setup } from './game';
import { Play } from './play';
import { seatElement } from './seat';
import { SetupForm } from './setup';
import { eventWords, ladderOf, lastNews, standingWords } from './situation';
import { ends, messageOf } from './words';
import { upTo } from './worlds';

/** The map of what is known at the start of the turn; nothing of what is to come. */
function mapOf(app: App, play: Play): HTMLElement {
  const store = newStore();
  const step = play.turn?.first ?? play.world.time.labels.length;
  store.set({ theme: app.store.view.theme });
  store.show(upTo(play.known, 1, step));
  const engagement = ladderOf(play.world, 'engagement');
  store.set({ ladder: Math.max(engagement, 0), authority: play.game.setup.authority });
  const element = mapPanel({ ...app, store, bench: null });
  let end = (): void => undefined;
  let placed = false;
  end = app.store.watch(['theme'], ({ theme }) => {
    if (placed && !element.isConnected) end();
    else store.set({ theme });
  });
  placed = true;
  return element;
}

class ClassMode {
  readonly element = h('section', { class: 'panel class-mode', 'aria-label': 'Class mode' });
  private readonly title = h('h2', {});
  private readonly bar = h('div', { class: 'buttons' });
  private readonly body = h('div', { class: 'class-body' });
  private play: Play | null = null;

  constructor(private readonly app: App) {
    fill(
      this.element,
      h('div', { class: 'figure-head' }, this.title, this.bar),
      this.body,
    );
    this.welcome();
  }

  private show(...children: (HTMLElement | null | false)[]): void {
    fill(this.body, ...children);
    this.body.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
    this.drawBar();
  }

  private drawBar(): void {
    const { play } = this;
    this.title.textContent = play ? `Class mode: ${play.world.title}` : 'Class mode';
    const quiet = (text: string, click: () => void, disabled = false): HTMLElement =>
      h('button', { type: 'button', class: 'quiet', disabled, click }, text);
    if (!play) {
      fill(this.bar);
      return;
    }
    const { turns, pending } = play.game;
    const text = pending.length > 0 ? 'Begin this turn anew' : 'Undo the last turn';
    fill(
      this.bar,
      quiet(text, () => void this.back(play), turns.length + pending.length === 0),
      quiet('Pause', () => {
        this.play = null;
        this.welcome();
      }),
      quiet('End this game', () => {
        if (!confirm('End this game? What was decided is lost.')) return;
        Play.forget();
        this.play = null;
        this.welcome();
      }),
    );
  }

  /** Does something that simulates, and says so. */
  private async busy(text: string, work: () => Promise<void>): Promise<void> {
    this.show(
      h('h3', { tabindex: -1 }, text),
      h('p', { class: 'note', role: 'status' }, 'One moment …'),
    );
    try {
      await work();
    } catch (error) {
      this.show(
        h('h3', { tabindex: -1 }, 'That did not work'),
        h('p', { class: 'error', role: 'alert' }, messageOf(error)),
        h('button', { type: 'button', click: () => void this.busy(text, work) }, 'Try again'),
      );
    }
  }

  private welcome(): void {
    const kept = Play.kept();
    const form = new SetupForm(this.app, async (setup: Setup) => {
      this.play = await Play.begin(this.app.engine, setup);
      this.between();
    });
    const who = kept?.setup.seats.map(({ actor, player }) => `${actor} (${player})`).join(', ');
    const resume = kept && h(
      'p',
      { class: 'resume' },
      `A game is paused: ${who ?? ''}; turns played: ${kept.turns.length}. `,
      h(
        'button',
        {
          type: 'button',
          click: () => void this.busy('The game goes on', async () => {
            this.play = await Play.resume(this.app.engine, kept);
            this.between();
          }),
        },
        'Go on with it',
      ),
    );
    this.show(
      h(
        'p',
        {},
        'People decide for some countries, turn by turn; the rest is simulated. At the end you ',
        'see what you changed: beside your world stands the same luck without you. One computer ',
        'is enough: pass it on, or use a projector.',
      ),
      resume || null,
      form.element,
    );
  }

  private async back(play: Play): Promise<void> {
    const whole = play.game.pending.length === 0;
    play.set(undo(play.game));
    await this.busy('One turn back', async () => {
      if (whole) await play.simulate();
      this.between();
    });
  }

  /** What all may see, between the turns. */
  private between(): void {
    const { play } = this;
    if (!play) return;
    const { turn, world } = play;
    if (!turn) {
      this.show(h('h3', { tabindex: -1 }, 'The game is over'), debriefElement(this.app, play));
      return;
    }
    if (play.game.pending.length > 0) {
      this.handOver(play);
      return;
    }
    const [from, last] = ends(world, turn);
    const number = `Turn ${play.game.turns.length + 1} of ${play.turns.length}`;
    const news = lastNews(play);
    const events = eventWords(play);
    const list = (items: string[], most = 12): HTMLElement =>
      h(
        'ul',
        {},
        ...items.slice(0, most).map((item) => h('li', {}, item)),
        items.length > most && h('li', {}, `and ${items.length - most} more`),
      );
    this.show(
      h('h3', { tabindex: -1 }, `${number}: ${from} to ${last}`),
      h(
        'div',
        { class: 'between' },
        h(
          'div',
          {},
          h('h4', {}, 'The world now'),
          list(standingWords(play)),
          events.length > 0 && h('h4', {}, 'Events'),
          events.length > 0 && list(events),
          h('h4', {}, 'Since the last turn'),
          news.length > 0 ? list(news) : h('p', {}, 'Nobody has moved yet.'),
          h(
            'button',
            { type: 'button', class: 'primary', click: () => this.handOver(play) },
            'Begin the turn',
          ),
        ),
        mapOf(this.app, play),
      ),
    );
  }

  private handOver(play: Play): void {
    const seat = nextSeat(play.game);
    if (seat === null) {
      play.set(endTurn(play.game));
      void this.busy('The turn is simulated', async () => {
        await play.simulate();
        this.between();
      });
      return;
    }
    const { actor, player } = play.game.setup.seats[seat] ?? { actor: '', player: '' };
    const name = play.world.actors[play.actorOf(seat)]?.name ?? actor;
    this.show(
      h(
        'div',
        { class: 'hand-over' },
        h('h3', { tabindex: -1 }, `Pass to ${player}`),
        h('p', {}, `${player} decides for ${name}. The others look away.`),
        h(
          'button',
          { type: 'button', class: 'primary', click: () => void this.seat(play, seat) },
          `I am ${player}`,
        ),
      ),
    );
  }

  private async seat(play: Play, seat: number): Promise<void> {
    await this.busy('One moment', async () => {
      this.show(
        await seatElement(play, seat, (choices) => {
          play.set(decide(play.game, choices));
          this.handOver(play);
        }),
      );
    });
  }
}

/** Class mode: people decide for some countries. */
export function seatsPanel(app: App): HTMLElement {
  return new ClassMode(app).element;
}
