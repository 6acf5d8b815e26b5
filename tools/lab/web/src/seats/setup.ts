import type { ScenarioEntry, World } from '../contract';
import type { App } from '../store';
import { fill, h, uniqueId } from '../ui/dom';
import { maxSeats, turnLengths, usualLength } from './game';
import type { Seat, Setup } from './game';
import { lengthWords, messageOf } from './words';

/** Countries to begin with: furthest up the ladders at the start, then the weightiest. */
export function suggestedSeats(world: World, count: number): Seat[] {
  const height = (actor: World['actors'][number]): number =>
    actor.initial.reduce((sum, rung) => sum + rung, 0) + Math.sqrt(actor.importance);
  return [...world.actors]
    .sort((a, b) => height(b) - height(a))
    .slice(0, count)
    .map(({ id }) => ({ actor: id, player: '' }));
}

/** Every seat needs a country of its own. @return  a mistake in words; null: none */
export function mistakeIn(seats: Seat[], world: World): string | null {
  if (seats.length === 0) return 'A game needs at least one country.';
  const ids = seats.map(({ actor }) => actor);
  const unknown = ids.find((id) => !world.actors.some((actor) => actor.id === id));
  if (unknown !== undefined) return `No country of this scenario: ${unknown || '(empty)'}`;
  const twice = ids.find((id, n) => ids.indexOf(id) !== n);
  return twice === undefined ? null : `${twice} is played twice.`;
}

function labelled(label: string, control: HTMLElement, note?: string): HTMLElement {
  const id = uniqueId('setting');
  control.id = id;
  return h(
    'div',
    { class: 'setting' },
    h('label', { for: id }, label),
    control,
    note ? h('p', { class: 'note' }, note) : null,
  );
}

function select(entries: [string, string][], chosen: string): HTMLSelectElement {
  const options = entries.map(([value, text]) =>
    h('option', { value, selected: value === chosen }, text),
  );
  return h('select', {}, ...options);
}

/** The form before a game. */
export class SetupForm {
  readonly element = h('form', { class: 'class-setup' });
  private world: World | null = null;
  private seats: Seat[] = [];
  private readonly place = h('div', {});
  private readonly told = h('p', { class: 'error', role: 'alert' });

  constructor(
    private readonly app: App,
    private readonly start: (setup: Setup) => Promise<void>,
  ) {
    this.element.addEventListener('submit', (event) => event.preventDefault());
    fill(this.element, h('p', { class: 'note' }, 'Loading the scenarios …'));
    void this.list().catch((error: unknown) => this.tell(error));
  }

  private tell(error: unknown): void {
    this.told.textContent = messageOf(error);
    if (!this.told.isConnected) this.element.append(this.told);
  }

  private async list(): Promise<void> {
    const entries = await this.app.engine.scenarios();
    const open = this.app.bench?.scenario ?? this.app.store.view.results?.world.scenario;
    const first = entries.find(({ name }) => name === open) ?? entries[0];
    const names = entries.map(({ name, title }: ScenarioEntry): [string, string] => [name, title]);
    const choose = select(names, first?.name ?? '');
    choose.addEventListener('change', () => void this.load(choose.value));
    fill(this.element, labelled('Scenario', choose), this.place, this.told);
    if (first) await this.load(first.name);
  }

  private async load(scenario: string): Promise<void> {
    try {
      this.world = await this.app.engine.load(scenario);
      this.seats = suggestedSeats(this.world, Math.min(4, this.world.actors.length));
      this.told.textContent = '';
      this.draw(this.world);
    } catch (error) {
      this.tell(error);
    }
  }

  private seatRow(world: World, seat: Seat, n: number, redraw: () => void): HTMLElement {
    const names = world.actors.map(({ id, name }): [string, string] => [id, `${name} (${id})`]);
    names.sort((a, b) => a[1].localeCompare(b[1]));
    const country = select(names, seat.actor);
    country.setAttribute('aria-label', `Country of seat ${n + 1}`);
    country.addEventListener('change', () => {
      seat.actor = country.value;
    });
    const player: HTMLInputElement = h('input', {
      type: 'text',
      maxlength: 40,
      value: seat.player,
      placeholder: 'who plays it',
      'aria-label': `Player of seat ${n + 1}`,
      input: () => {
        seat.player = player.value;
      },
    });
    const remove = h(
      'button',
      {
        type: 'button',
        class: 'quiet',
        'aria-label': `Remove seat ${n + 1}`,
        disabled: this.seats.length === 1,
        click: () => {
          this.seats.splice(n, 1);
          redraw();
        },
      },
      'Remove',
    );
    return h('li', {}, country, player, remove);
  }

  private seatList(world: World): HTMLElement {
    const rows = h('ol', { class: 'seat-rows' });
    const add = h(
      'button',
      {
        type: 'button',
        click: () => {
          const taken = new Set(this.seats.map(({ actor }) => actor));
          const next = suggestedSeats(world, world.actors.length).find(
            ({ actor }) => !taken.has(actor),
          );
          if (next) this.seats.push(next);
          draw();
        },
      },
      'Add a country',
    );
    const draw = (): void => {
      fill(rows, ...this.seats.map((seat, n) => this.seatRow(world, seat, n, draw)));
      add.disabled = this.seats.length >= Math.min(maxSeats, world.actors.length);
    };
    draw();
    return h(
      'fieldset',
      {},
      h('legend', {}, `Countries that people play (1 to ${maxSeats})`),
      rows,
      add,
    );
  }

  private draw(world: World): void {
    const steps = world.time.labels.length;
    const { unit } = world.time;
    const turn = select(
      turnLengths(unit, steps).map((n) => [
        String(n),
        `${Math.ceil(steps / n)} turns of ${lengthWords(unit, n)}`,
      ]),
      String(usualLength(unit, steps)),
    );
    const luck = h('input', { type: 'number', min: 0, max: 9_999_999, step: 1, value: 0 });
    const towards = select(
      world.authorities.map(({ name }, n) => [String(n), name]),
      '0',
    );
    const clock = select(
      [['', 'none'], ['60', '1 minute'], ['120', '2 minutes'], ['180', '3 minutes']],
      '',
    );
    const advice = h('input', { type: 'checkbox' });
    const begin: HTMLButtonElement = h(
      'button',
      {
        type: 'submit',
        class: 'primary',
        click: () => {
          const mistake = mistakeIn(this.seats, world);
          this.told.textContent = mistake ?? '';
          if (mistake || !luck.reportValidity()) return;
          begin.disabled = true;
          this.start({
            scenario: world.scenario,
            authority: Number(towards.value),
            seed: null,
            replicate: Math.trunc(Number(luck.value)),
            stepsPerTurn: Number(turn.value),
            seats: this.seats.map((seat, n) => ({
              actor: seat.actor,
              player: seat.player.trim() || `Player ${n + 1}`,
            })),
            advice: advice.checked,
            seconds: clock.value === '' ? null : Number(clock.value),
          }).catch((error: unknown) => {
            begin.disabled = false;
            this.tell(error);
          });
        },
      },
      'Start the game',
    );
    fill(
      this.place,
      h('p', { class: 'note' }, world.question),
      this.seatList(world),
      h(
        'div',
        { class: 'settings' },
        labelled('Turns', turn),
        world.authorities.length > 1 ? labelled('Towards', towards) : null,
        labelled('Luck', luck, 'The number of a possible history. Same number, same luck.'),
        labelled('Time for a decision', clock, 'Shown as a countdown; it forces nothing.'),
        h(
          'div',
          { class: 'setting' },
          h('label', {}, advice, ' Show the model’s own chances as advice'),
        ),
      ),
      begin,
    );
  }
}
