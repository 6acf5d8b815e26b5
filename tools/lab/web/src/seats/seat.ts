import type { Decision, World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import { words } from '../ui/format';
import { oddsOf, options } from './game';
import type { Choice } from './game';
import type { Play } from './play';
import { eventWords, lastNews, ownWords, standingWords } from './situation';
import { ends, pulls, termWords } from './words';
import type { Pull } from './words';

const sentences = (items: string[], most = 10): HTMLElement =>
  h(
    'ul',
    {},
    ...items.slice(0, most).map((item) => h('li', {}, item)),
    items.length > most ? h('li', {}, `and ${items.length - most} more`) : null,
  );

/** A bar to the right speaks for the step, to the left against it; words say the same. */
function pullRow(world: World, pull: Pull, widest: number): HTMLElement {
  const width = Math.round((Math.abs(pull.value) / widest) * 50);
  const side = pull.value > 0 ? 'for' : 'against';
  const bar = h('span', { class: `pull ${side}`, style: `--width: ${width}%` });
  return h(
    'li',
    {},
    h('span', { class: 'pull-name' }, termWords(world, pull.term)),
    h('span', { class: 'pull-bar', 'aria-hidden': 'true' }, bar),
    h('span', { class: 'pull-words' }, `${pull.strength} ${side}`),
  );
}

function pullList(world: World, decision: Decision, direction: -1 | 1): HTMLElement | null {
  const found = pulls(decision, direction).slice(0, 7);
  if (found.length === 0) return null;
  const rung = world.ladders[decision.question.ladder]?.rungs[decision.rung + direction];
  if (rung === undefined) return null;
  const widest = Math.max(...found.map(({ value }) => Math.abs(value)));
  const step = direction > 0 ? 'up' : 'down';
  return h(
    'div',
    { class: 'pulls' },
    h('h5', {}, `A step ${step} to ${words(rung)}`),
    h('ul', {}, ...found.map((pull) => pullRow(world, pull, widest))),
  );
}

function adviceWords(world: World, decision: Decision, steps: number): string {
  const odds = oddsOf(decision, steps);
  if (!odds) return 'Here an event of the scenario decides; the model gives no advice.';
  const rungs = world.ladders[decision.question.ladder]?.rungs ?? [];
  const parts = [-1, 0, 1].flatMap((move) => {
    const rung = rungs[decision.rung + move];
    const chance = odds[move + 1] ?? 0;
    const share = chance > 0 && chance < 0.01 ? '< 1' : String(Math.round(chance * 100));
    return rung === undefined ? [] : [`${move === 0 ? 'stay on ' : ''}${words(rung)} ${share} %`];
  });
  return `The model in this turn, if all else stays as it is: ${parts.join(', ')}.`;
}

/** One ladder: its options, and what speaks for and against. */
function ladderForm(
  play: Play, decision: Decision, chosen: (to: number) => void,
): HTMLElement {
  const { world } = play;
  const ladder = world.ladders[decision.question.ladder];
  const rungs = ladder?.rungs ?? [];
  const group = uniqueId('option');
  const radios = options(decision.rung, rungs.length).map((rung) => {
    const move = rung - decision.rung;
    const verb = move < 0 ? 'Down to ' : move > 0 ? 'Up to ' : 'Stay on ';
    const input = h('input', {
      type: 'radio', name: group, checked: move === 0, change: () => chosen(rung),
    });
    const name = words(rungs[rung] ?? '');
    return h('label', { class: 'option' }, input, h('span', {}, `${verb}${name}`));
  });
  const known = pulls(decision, 1).length + pulls(decision, -1).length > 0;
  return h(
    'fieldset',
    { class: 'ladder-form' },
    h('legend', {}, words(ladder?.role ?? '')),
    h('div', { class: 'options' }, ...radios),
    decision.held &&
      h(
        'p',
        { class: 'note' },
        'An event of the scenario sets this rung now. You may decide otherwise.',
      ),
    play.game.setup.advice &&
      h('p', { class: 'advice' }, adviceWords(world, decision, play.turn?.steps ?? 1)),
    known &&
      h(
        'details',
        { open: true },
        h('summary', {}, 'What speaks for it, what against'),
        h('div', { class: 'both' }, pullList(world, decision, 1), pullList(world, decision, -1)),
      ),
  );
}

/** A country's traits above the middle of the world, in the words of the model's parameters. */
function traits(world: World, actor: number): HTMLElement | null {
  const own = world.actors[actor];
  const shown = (own?.values ?? [])
    .filter(({ key, value }) => value >= 0.2 && !key.endsWith('_weight') && key !== 'attention')
    .map(({ key, of, value }) => {
      const info = world.parameters.find((parameter) => parameter.key === key);
      const name = `${words(key)}${of ? ` (${words(of)})` : ''}`;
      return h('li', {}, h('strong', {}, `${name} ${value.toFixed(2)}: `), info?.meaning ?? '');
    });
  if (shown.length === 0) return null;
  return h('details', {}, h('summary', {}, 'Your country'), h('ul', {}, ...shown));
}

/** A clock that counts down in sight and forces nothing. @return  also ends it */
function countdown(seconds: number): { element: HTMLElement; stop: () => void } {
  const element = h('p', { class: 'countdown', role: 'timer' });
  const end = Date.now() + seconds * 1000;
  const show = (): void => {
    const left = Math.ceil((end - Date.now()) / 1000);
    element.classList.toggle('over', left <= 0);
    const text = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
    element.textContent = left > 0 ? `Time left ${text}` : 'Time is up: decide when you are ready';
  };
  show();
  const timer = setInterval(show, 500);
  return { element, stop: () => clearInterval(timer) };
}

/** What a seat sees and decides in a turn. */
export async function seatElement(
  play: Play, seat: number, decided: (choices: Choice[]) => void,
): Promise<HTMLElement> {
  const { world, turn, game } = play;
  const decisions = await play.decisions(seat);
  const to = decisions.map((decision) => decision.rung);
  const actor = world.actors[play.actorOf(seat)];
  const { player } = game.setup.seats[seat] ?? { player: '' };
  const [from, last] = turn ? ends(world, turn) : ['', ''];
  const clock = game.setup.seconds === null ? null : countdown(game.setup.seconds);
  const news = lastNews(play);
  const events = eventWords(play);
  const element = h('div', { class: 'seat' });
  fill(
    element,
    h('h3', { tabindex: -1 }, `${actor?.name ?? ''}: ${player} decides`),
    h(
      'p',
      { class: 'note' },
      `Turn ${game.turns.length + 1} of ${play.turns.length}: ${from} to ${last}. `,
      `You stand on ${ownWords(play, seat)}.`,
    ),
    clock?.element,
    h(
      'div',
      { class: 'seat-frame' },
      h(
        'section',
        { class: 'situation' },
        h('h4', {}, 'The situation'),
        sentences(standingWords(play)),
        events.length > 0 && h('h4', {}, 'Events'),
        events.length > 0 && sentences(events),
        news.length > 0 && h('h4', {}, 'Since the last turn'),
        news.length > 0 && sentences(news),
        traits(world, play.actorOf(seat)),
      ),
      h(
        'section',
        {},
        h('h4', {}, 'Your decision'),
        ...decisions.map((decision, n) =>
          ladderForm(play, decision, (rung) => {
            to[n] = rung;
          }),
        ),
        h(
          'button',
          {
            type: 'button',
            class: 'primary',
            click: () => {
              clock?.stop();
              decided(decisions.map((known, n) => play.choiceOf(known, to[n] ?? known.rung)));
            },
          },
          'Decide',
        ),
        h('p', { class: 'note' }, `What you choose holds to the end of ${last}.`),
      ),
    ),
  );
  return element;
}
