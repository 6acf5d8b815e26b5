import type { AuthorityLadder, AuthorityOutcome, Band, Results } from '../contract';
import type { App } from '../store';
import { fill, h } from '../ui/dom';
import { isDark, rungColour } from '../ui/colours';
import { figure } from '../ui/figure';
import type { Figure } from '../ui/figure';
import { dateText, decimal, percent, words } from '../ui/format';
import type { Cell, Table } from '../ui/table';
import { fan, fanText } from './bands';
import { worldName } from './controls';
import { plotGrid } from './plot';
import type { PlotSpec } from './plot';
import { bandTable } from './series';
import { stackLayers, visible } from './stack';
import { percentages } from './words';

/** Shares of rungs over time as a stack, the lowest rung at the bottom. */
export function stackSpec(
  shares: readonly number[], rungs: readonly string[], labels: readonly string[], title: string,
  height = 180,
): PlotSpec {
  const dark = isDark();
  return {
    title,
    labels,
    height,
    low: 0,
    high: 1,
    format: (value) => `${Math.round(value * 100)} %`,
    layers: stackLayers(shares, rungs.length)
      .filter(visible)
      .map(({ rung, low, high }) => {
        const last = low.length - 1;
        const named = (high[last] ?? 0) - (low[last] ?? 0) >= 0.01;
        return {
          kind: 'area',
          low,
          high,
          fill: rungColour(rung, rungs.length, dark),
          ...(named ? { label: rungs[rung] ?? '' } : {}),
        };
      }),
    readout: (step) => {
      const parts = rungs.map((_, rung) => shares[step * rungs.length + rung] ?? 0);
      const texts = percentages(parts);
      const named = rungs.flatMap((name, rung) =>
        (parts[rung] ?? 0) > 0 ? [`${name} ${texts[rung] ?? ''}`] : []);
      return `${dateText(labels[step] ?? '')}: ${named.join(', ')}`;
    },
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface Named {
  name: string;
  shares: readonly number[];
}

export function stackTable(
  things: readonly Named[], ladder: AuthorityLadder, labels: readonly string[], what: string,
): Table {
  return {
    columns: ['date', what, ...ladder.rungs.map((rung) => `${rung}, %`)],
    rows: labels.flatMap((label, step) =>
      things.map(({ name, shares }): Cell[] => [
        label,
        name,
        ...ladder.rungs.map((_, rung) => (shares[step * ladder.rungs.length + rung] ?? 0) / 10),
      ]),
    ),
  };
}

interface Part extends Figure {
  draw(specs: PlotSpec[], table: Table, title: string, note: string): void;
}

function part(app: App): Part {
  const grid = plotGrid(app);
  let table: Table = { columns: [], rows: [] };
  const chart = figure({ title: '', picture: grid.element, table: () => table });
  return {
    ...chart,
    draw(specs, next, title, note) {
      table = next;
      chart.element.hidden = specs.length === 0;
      grid.draw(specs);
      chart.refresh(title, note);
    },
  };
}

interface Fan {
  name: string;
  band: Band;
  base: Band | null;
}

function fans(
  target: Part, all: readonly Fan[], labels: readonly string[], title: string, what: string,
  note: string, unit: boolean,
): void {
  const specs = all.map(({ name, band, base }): PlotSpec => ({
    title: name,
    labels,
    height: 150,
    layers: fan(band, base, base ? 'variant' : 'mean'),
    low: 0,
    // A share is seen against the whole; what has no upper bound, against what it reaches.
    ...(unit && Math.max(...band.high) <= 1 ? { high: 1 } : {}),
    format: (value) => String(value),
    readout: (step) => `${dateText(labels[step] ?? '')}: ${fanText(band, step, 2)}` +
      (base ? `; baseline ${decimal(base.mean[step] ?? 0)}` : ''),
  }));
  const table = bandTable(labels, what, all.map(({ name, band, base }) => ({
    name,
    worlds: [
      { name: base ? 'variant' : 'mean over replicates', band },
      ...(base ? [{ name: 'baseline', band: base }] : []),
    ],
  })));
  target.draw(specs, table, title, note);
}

function stacked(
  target: Part, world: readonly Named[], ladder: AuthorityLadder, labels: readonly string[],
  title: string, what: string,
): void {
  target.draw(
    world.map(({ name, shares }) => stackSpec(shares, ladder.rungs, labels, name, 150)),
    stackTable(world, ladder, labels, what),
    title,
    'Share of replicates on each rung, the lowest at the bottom.',
  );
}

function worlds(
  view: { outcome: number; authority: number }, results: Results,
): { name: string; of: AuthorityOutcome }[] {
  const places = view.outcome === 0 ? [0] : [0, view.outcome];
  return places.flatMap((place) => {
    const outcome = results.outcomes[place];
    const of = outcome?.authorities[view.authority];
    return outcome && of ? [{ name: worldName(outcome, place), of }] : [];
  });
}

function bodySpec(
  name: string, all: readonly Named[], labels: readonly string[],
): PlotSpec {
  const share = (values: readonly number[]): number[] => values.map((value) => value / 1000);
  return {
    title: name,
    labels,
    height: 130,
    low: 0,
    high: 1,
    layers: all.map(({ name: label, shares }, place) => ({
      kind: 'line', values: share(shares), stepped: true,
      look: place === 1 ? 'world' : 'baseline',
      dashed: place === 0 && all.length > 1,
      ...(all.length > 1 ? { label: label === 'Baseline' ? 'baseline' : 'variant' } : {}),
    })),
    format: (value) => `${Math.round(value * 100)} %`,
    readout: (step) => `${dateText(labels[step] ?? '')}: ` +
      all.map(({ name: label, shares }) =>
        `${all.length > 1 ? `${label} ` : ''}${percent(shares[step] ?? 0)}`).join('; '),
  };
}

/** What the authority is like over time, where the run recorded it. */
export function authoritySection(app: App): HTMLElement {
  const heading = h('h2', {});
  const missing = h('p', { class: 'note' });
  const rights = part(app);
  const postures = part(app);
  const states = part(app);
  const activity = part(app);
  const bodies = part(app);
  const section = h(
    'section', { class: 'part' }, heading, missing,
    rights.element, postures.element, states.element, activity.element, bodies.element,
  );
  app.store.watch(['results', 'outcome', 'authority', 'theme'], (view) => {
    const { results } = view;
    const outcome = results?.outcomes[view.outcome];
    const now = outcome?.authorities[view.authority];
    section.hidden = !results || !now;
    if (!results || !now || !outcome) return;
    const { world } = results;
    const { labels } = world.time;
    const both = worlds(view, results);
    const base = view.outcome === 0 ? undefined : both[0]?.of;
    fill(heading, world.authorities[view.authority]?.name ?? 'The authority');
    missing.hidden = now.rights !== null && now.states !== null;
    missing.textContent =
      'This file does not hold what became of the authority. A run with the option ' +
      '“--record full” keeps it, and “entente lab” shows it.';
    stacked(
      rights,
      both.flatMap(({ name, of }) => (of.rights ? [{ name, shares: of.rights }] : [])),
      world.rights, labels, 'Rights policy', 'world',
    );
    stacked(
      postures,
      world.groups.flatMap((group, place) => {
        const shares = now.postures?.[place];
        return shares ? [{ name: group.name, shares }] : [];
      }),
      world.posture, labels, 'Posture towards each armed group', 'group',
    );
    const named = (names: string[], bands: Band[] | null, other?: Band[] | null): Fan[] =>
      names.flatMap((name, place) => {
        const band = bands?.[place];
        return band ? [{ name: capital(words(name)), band, base: other?.[place] ?? null }] : [];
      });
    fans(states, named(world.states, now.states, base?.states), labels, 'State of the authority',
      'state', 'Mean, and the middle 50 % and 90 % of replicates. Hardliner: share of those in ' +
      'power who refuse concessions; distress: how far the economy is in need; control: hold on ' +
      'the territory; rights salience: how much its rights record is in the news.', true);
    fans(activity, named(world.groups.map(({ name }) => name), outcome.activity,
      view.outcome === 0 ? null : results.outcomes[0]?.activity), labels,
    'Activity of armed groups', 'group', 'Mean, and the middle 50 % and 90 % of replicates; 1 is ' +
      'the ordinary level.', false);
    const said = world.bodies.map((body, place) => ({
      name: capital(words(body.id)),
      all: (view.outcome === 0 ? [0] : [0, view.outcome]).flatMap((n): Named[] => {
        const one = results.outcomes[n];
        const shares = one?.bodies?.[place];
        return one && shares ? [{ name: worldName(one, n), shares }] : [];
      }),
    })).filter(({ all }) => all.length > 0);
    bodies.draw(
      said.map(({ name, all }) => bodySpec(name, all, labels)),
      {
        columns: ['date', 'body', ...(said[0]?.all.map(({ name }) => `${name}, % yes`) ?? [])],
        rows: labels.flatMap((label, step) => said.map(({ name, all }): Cell[] =>
          [label, name, ...all.map(({ shares }) => (shares[step] ?? 0) / 10)])),
      },
      'Decisions of bodies', 'Share of replicates in which the body says yes.',
    );
  });
  return section;
}
