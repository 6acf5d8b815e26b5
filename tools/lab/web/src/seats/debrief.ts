import type { Results, World } from '../contract';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { download, fileName } from '../ui/download';
import { signed, words } from '../ui/format';
import { csvText, tableElement } from '../ui/table';
import { countsFigure } from './chart';
import type { Game } from './game';
import type { Play } from './play';
import {
  decisionsTable, decisionsWhere, followers, followersTable, gained, isNotable, namesOf,
} from './report';
import { choicesOf, scoreOf, scoreWords } from './score';
import { ladderOf } from './situation';
import { listWords, messageOf } from './words';
import { gameCommand, gameYaml } from './yaml';

const questions = [
  'Where did you and the model part, and what did you weigh that it does not know?',
  'Who followed you, and was that what you wanted?',
  'Which of your decisions would you take back, knowing what the others did?',
  'How much of the outcome was luck? Play the same scenario with another number of luck.',
  'What would a real ministry have known, or been forced to do, that you were not?',
];

const note = (text: string): HTMLElement => h('p', { class: 'note' }, text);

/** The rungs whose counts are told: recognition, and the last but one of engagement. */
function toldRungs(play: Play): [number, number][] {
  const { world } = play;
  const recognition = ladderOf(world, 'recognition');
  const engagement = ladderOf(world, 'engagement');
  const out: [number, number][] = [];
  if (recognition >= 0) out.push([recognition, world.ladders[recognition]?.recognises_from ?? 1]);
  const rungs = world.ladders[engagement]?.rungs.length ?? 0;
  if (rungs > 1) out.push([engagement, Math.max(rungs - 2, 1)]);
  return out;
}

/** What a state at or above a rung does: `Recognise`, `At mission or higher`. */
function rungWords(world: World, ladder: number, rung: number): string {
  const own = world.ladders[ladder];
  if (own?.role === 'recognition' && rung === own.recognises_from) return 'Recognise';
  const higher = rung + 1 < (own?.rungs.length ?? 0) ? ' or higher' : '';
  return `At ${words(own?.rungs[rung] ?? '')}${higher}`;
}

function worldsPart(play: Play, results: Results): HTMLElement[] {
  const { world, game } = play;
  const { authority } = game.setup;
  const played = game.setup.seats.map((_, seat) => play.actorOf(seat));
  const lines = toldRungs(play).flatMap(([ladder, rung]) => {
    const only = (here: number, there: number): string =>
      listWords(namesOf(world, gained(results, authority, ladder, rung, here, there)));
    const what = rungWords(world, ladder, rung);
    return [
      h('li', {}, `${what} at the end only with you: ${only(1, 0)}.`),
      h('li', {}, `${what} at the end only without you: ${only(0, 1)}.`),
    ];
  });
  const others = followers(results, authority, 1, 0, played);
  return [
    h('h3', {}, 'Your world, and the same luck without you'),
    note(
      'Both worlds meet the same draws of luck, so every difference goes back to what you decided.',
    ),
    h('ul', {}, ...lines),
    ...toldRungs(play).map(([ladder, rung]) => countsFigure(results, authority, ladder, rung)),
    h('h4', {}, 'Countries that nobody played and that took another way'),
    others.length > 0
      ? tableElement(followersTable(world, others), 'Countries that took another way')
      : h('p', {}, 'None: your decisions moved nobody else in this history.'),
  ];
}

/** Which seat did it: the game with the decisions of one seat alone. */
async function soloPart(play: Play): Promise<HTMLElement[]> {
  const { world, game } = play;
  const { seats, authority } = game.setup;
  if (seats.length < 2) return [];
  const results = await play.run(
    seats.map((_, seat) => ({ name: `seat-${seat + 1}`, yaml: gameYaml(game, world, [seat]) })),
  );
  const lines = seats.map(({ actor, player }, seat) => {
    const rows = followers(results, authority, seat + 1, 0, [play.actorOf(seat)]);
    const who = [...new Set(rows.map((row) => row.actor))];
    const name = world.actors[play.actorOf(seat)]?.name ?? actor;
    const names = listWords(namesOf(world, who));
    return h('li', {}, h('strong', {}, `${name} (${player}): `), `${names}.`);
  });
  return [
    h('h4', {}, 'Who did it: the decisions of one seat alone'),
    note(
      'The same luck again, with the decisions of one seat and the other seats left to the ' +
        'model: these countries take another way.',
    ),
    h('ul', {}, ...lines),
  ];
}

/** The same decisions on other luck: what they do on average. */
async function luckPart(play: Play): Promise<HTMLElement[]> {
  const { world, game } = play;
  const results = await play.run([{ name: 'class', yaml: gameYaml(game, world) }], 256);
  const lines = toldRungs(play).map(([ladder, rung]) => {
    const own = results.differences[0]?.authorities[game.setup.authority]?.ladders[ladder];
    const told = own?.counts[rung - 1];
    const at = (row: (number | null)[] | undefined): string => signed(row?.at(-1) ?? 0, 2);
    return h(
      'li',
      {},
      `${rungWords(world, ladder, rung)} at the end: ${at(told?.difference)} states on average ` +
        `(95 % interval ${at(told?.low)} to ${at(told?.high)}), ${at(told?.followers)} of them ` +
        'countries that nobody played.',
    );
  });
  return [
    h('h4', {}, 'Was it you, or luck?'),
    note(
      'The same decisions in 256 histories with other luck, each beside the same luck without you.',
    ),
    h('ul', {}, ...lines),
  ];
}

function seatsPart(play: Play): HTMLElement[] {
  const { world, game } = play;
  return game.setup.seats.flatMap(({ actor, player }, seat) => {
    const name = world.actors[play.actorOf(seat)]?.name ?? actor;
    const score = scoreOf(choicesOf(game, seat));
    const table = (shown: Game): HTMLElement => {
      const { columns, rows } = decisionsTable(shown, world, [seat]);
      const kept = <T>(row: T[]): T[] => row.filter((_, n) => n !== 1 && n !== 2);
      return tableElement({ columns: kept(columns), rows: rows.map(kept) }, `Decisions of ${name}`);
    };
    const notable = decisionsWhere(game, isNotable);
    const some = choicesOf(notable, seat).length > 0;
    return [
      h('h4', {}, `${name} (${player})`),
      h('p', {}, score ? scoreWords(score) : 'Nothing to compare.'),
      some ? table(notable) : h('p', {}, 'Nobody moved, and the model would not have.'),
      h('details', {}, h('summary', {}, 'All decisions'), table(game)),
    ];
  });
}

function filesPart(app: App, play: Play): HTMLElement {
  const { world, game } = play;
  const yaml = gameYaml(game, world);
  const stem = fileName('class', world.scenario);
  const all = game.setup.seats.map((_, seat) => seat);
  const told = h('p', { class: 'error', role: 'alert' });
  const button = (text: string, click: () => void): HTMLElement =>
    h('button', { type: 'button', click }, text);
  return h(
    'div',
    {},
    h('h3', {}, 'Take it with you'),
    h(
      'div',
      { class: 'buttons' },
      button('Decisions (CSV)', () =>
        download(`${stem}.csv`, csvText(decisionsTable(game, world, all)), 'text/csv'),
      ),
      button('The game (YAML)', () => download(`${stem}.yaml`, yaml, 'application/yaml')),
      app.bench &&
        button('Open it in Explore', () => {
          app.bench?.open(world.scenario, [{ name: 'class', yaml }]).then(
            () => app.announce('The game is open in Explore.'),
            (error: unknown) => {
              told.textContent = messageOf(error);
            },
          );
        }),
    ),
    told,
    h(
      'p',
      {},
      'The file of the game and this command show it again, beside the same luck without you:',
    ),
    h('pre', { tabindex: 0 }, h('code', {}, gameCommand(game.setup, `${stem}.yaml`))),
  );
}

/** What the game was: choices beside the model's, the two worlds, who followed. */
export function debriefElement(app: App, play: Play): HTMLElement {
  const more = h('div', {}, h('p', { class: 'note' }, 'Simulating other worlds …'));
  Promise.all([soloPart(play), luckPart(play)])
    .then((parts) => fill(more, ...parts.flat()))
    .catch((error: unknown) => {
      fill(more, h('p', { class: 'error' }, messageOf(error)));
    });
  return h(
    'div',
    { class: 'debrief' },
    ...worldsPart(play, play.known),
    more,
    h('h3', {}, 'You and the model'),
    note(
      'Chances are the model’s for the turn: its first move counts, and all that it looks at ' +
        'stays as it was when you decided. The last column is where it would have ended the turn ' +
        'on the same luck, had all seats been left to it from there.',
    ),
    ...seatsPart(play),
    h('h3', {}, 'To discuss'),
    h('ul', {}, ...questions.map((question) => h('li', {}, question))),
    filesPart(app, play),
  );
}
