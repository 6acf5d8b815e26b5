import type { World } from '../contract';
import { spans } from './game';
import type { Game, Setup } from './game';

/** What ids of the class's own events begin with. */
export const eventStem = 'class-';

/** A rung that a country is held on, over turns that follow each other. */
interface Hold {
  seat: number;
  ladder: number;
  rung: number;
  first: number; // step
  steps: number;
}

/** What was decided, turns with the same rung joined. */
export function holds(game: Game, steps: number, seats?: number[]): Hold[] {
  const turns = spans(steps, game.setup.stepsPerTurn);
  const out: Hold[] = [];
  game.setup.seats.forEach((_, seat) => {
    if (seats && !seats.includes(seat)) return;
    const open = new Map<number, Hold>(); // by ladder
    game.turns.forEach((turn, t) => {
      const span = turns[t];
      if (!span) return;
      for (const { ladder, to } of turn.choices[seat] ?? []) {
        const last = open.get(ladder);
        if (last && last.rung === to) {
          last.steps += span.steps;
        } else {
          const hold = { seat, ladder, rung: to, first: span.first, steps: span.steps };
          open.set(ladder, hold);
          out.push(hold);
        }
      }
    });
  });
  return out;
}

/** Text in single quotes, as YAML takes it whatever it holds; control characters become blanks. */
export function quoted(text: string): string {
  const shown = text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/g, ' ');
  return `'${shown.replaceAll("'", "''")}'`;
}

function seatNames(setup: Setup, world: World): string {
  const name = (id: string): string => world.actors.find((actor) => actor.id === id)?.name ?? id;
  return setup.seats.map(({ actor, player }) => `${name(actor)} (${player})`).join(', ');
}

/**
 * The game as a variant of its scenario: every decision holds a rung for its turn.
 *
 * @param seats  only what these seats decided; all unless given
 */
export function gameYaml(game: Game, world: World, seats?: number[]): string {
  const { setup } = game;
  const authority = world.authorities[setup.authority];
  const towards = world.authorities.length > 1 ? `, authority: ${authority?.id ?? ''}` : '';
  const title = seats ? 'Some decisions of a class' : 'Decisions of a class';
  const lines = [
    'entente: 1',
    `title: ${quoted(title)}`,
    `question: ${quoted('What did the people who decided change?')}`,
    `note: ${quoted(`Played by ${seatNames(setup, world)}`)}`,
  ];
  const events = holds(game, world.time.labels.length, seats).map((hold) => {
    const { actor } = setup.seats[hold.seat] ?? { actor: '' };
    const ladder = world.ladders[hold.ladder];
    const rung = ladder?.rungs[hold.rung] ?? '';
    const date = world.time.labels[hold.first] ?? '';
    const role = ladder?.role ?? '';
    const id = `${eventStem}${actor}-${role}-${date}`;
    const change = `hold: rung, ladder: ${role}, actors: [${quoted(actor)}], to: ${quoted(rung)}`;
    return [
      `  - id: ${quoted(id)}`,
      `    date: ${quoted(date)}`,
      `    duration: ${hold.steps} ${world.time.unit}s`,
      `    change: {${change}${towards}}`,
    ].join('\n');
  });
  if (events.length > 0) lines.push('events:', ...events);
  return `${lines.join('\n')}\n`;
}

/** The command that shows the game again, beside the same luck without it. */
export function gameCommand(setup: Setup, file: string): string {
  const seed = setup.seed === null ? '' : ` --seed ${setup.seed}`;
  return (
    `entente whatif ${setup.scenario} ${file} --replicates 1 ` +
    `--first-replicate ${setup.replicate}${seed}`
  );
}
