import type { Band, Outcome, Results } from '../contract';
import type { App, View } from '../store';
import { fill, h } from '../ui/dom';
import { words } from '../ui/format';
import { worldName } from './controls';
import { constants, decisions, fans, pictures, stacks } from './parts';
import type { Content, Fan, Said } from './parts';
import type { Named } from './stack-spec';

type At = Pick<View, 'outcome' | 'authority'>;

const stackNote = 'Share of replicates on each rung, the lowest at the bottom.';
const spreadNote = 'Mean, and what lies within 1.64 standard deviations of it: about 90 % of ' +
  'replicates.';

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The baseline, and the variant where one is shown. */
function worldsOf(results: Results, { outcome }: At): { name: string; world: Outcome }[] {
  return (outcome === 0 ? [0] : [0, outcome]).flatMap((place) => {
    const world = results.outcomes[place];
    return world ? [{ name: worldName(world, place), world }] : [];
  });
}

function rights(results: Results, at: At): Content {
  const { world } = results;
  const all = worldsOf(results, at).flatMap(({ name, world: one }): Named[] => {
    const shares = one.authorities[at.authority]?.rights;
    return shares ? [{ name, shares }] : [];
  });
  const drawn = stacks(all, world.rights, world.time.labels, 'world');
  return { title: 'Rights policy', note: stackNote, ...drawn };
}

function postures(results: Results, at: At): Content {
  const { world } = results;
  const now = results.outcomes[at.outcome]?.authorities[at.authority];
  const all = world.groups.flatMap((group, place): Named[] => {
    const shares = now?.postures?.[place];
    return shares ? [{ name: group.name, shares }] : [];
  });
  const drawn = stacks(all, world.posture, world.time.labels, 'group');
  return { title: 'Posture towards each armed group', note: stackNote, ...drawn };
}

function named(
  names: readonly string[], bands: Band[] | null | undefined, base: Band[] | null | undefined,
): Fan[] {
  return names.flatMap((name, place) => {
    const band = bands?.[place];
    return band ? [{ name: capital(words(name)), band, base: base?.[place] ?? null }] : [];
  });
}

function states(results: Results, at: At): Content {
  const of = (place: number): Band[] | null | undefined =>
    results.outcomes[place]?.authorities[at.authority]?.states;
  const all = named(results.world.states, of(at.outcome), at.outcome === 0 ? null : of(0));
  return {
    title: 'State of the authority',
    note: `${spreadNote} Hardliner: share of those in power who refuse concessions; distress: how ` +
      'far the economy is in need; control: hold on the territory; rights salience: how much its ' +
      `rights record is in the news.${constants(all)}`,
    ...fans(all, results.world.time.labels, 'state', true),
  };
}

function activity(results: Results, at: At): Content {
  const { groups, time } = results.world;
  const base = at.outcome === 0 ? null : results.outcomes[0]?.activity;
  const names = groups.map(({ name }) => name);
  const all = named(names, results.outcomes[at.outcome]?.activity, base);
  return {
    title: 'Activity of armed groups',
    note: `${spreadNote} 1 is the ordinary level.${constants(all)}`,
    ...fans(all, time.labels, 'group', false),
  };
}

function bodies(results: Results, at: At): Content {
  const { world } = results;
  const all = world.bodies.map((body, place): Said => ({
    name: capital(words(body.id)),
    worlds: worldsOf(results, at).flatMap(({ name, world: one }): Named[] => {
      const shares = one.bodies?.[place];
      return shares ? [{ name, shares }] : [];
    }),
  }));
  const said = all.filter(({ worlds }) => worlds.length > 0);
  return {
    title: 'Decisions of bodies',
    note: 'Share of replicates in which the body says yes.',
    ...decisions(said, world.time.labels),
  };
}

/** What the authority is like over time, where the run recorded it. */
export function authoritySection(app: App): HTMLElement {
  const heading = h('h2', {});
  const missing = h('p', { class: 'note' });
  const parts = [rights, postures, states, activity, bodies].map((content) => ({
    content,
    ...pictures(app),
  }));
  const section = h('section', { class: 'part' }, heading, missing,
    ...parts.map(({ element }) => element));
  app.store.watch(['results', 'outcome', 'authority', 'theme'], (view) => {
    const { results } = view;
    const now = results?.outcomes[view.outcome]?.authorities[view.authority];
    section.hidden = !results || !now;
    if (!results || !now) return;
    fill(heading, results.world.authorities[view.authority]?.name ?? 'The authority');
    missing.textContent = results.outcomes.length > 1
      ? 'Files of variants do not hold what becomes of the authority; “entente lab” shows it.'
      : 'This file does not hold what becomes of the authority. A run with the option ' +
        '“--record full” keeps it, and “entente lab” shows it.';
    missing.hidden = now.rights !== null || now.states !== null;
    const contents = parts.map(({ content }) => content(results, view));
    parts.forEach(({ draw }, place) => draw(contents[place] as Content));
    const nothing = contents.every(({ specs }) => specs.length === 0);
    section.hidden = nothing && missing.hidden; // what is not modelled is not shown
  });
  return section;
}
