import type { App } from '../store';
import { h } from '../ui/dom';
import { figure } from '../ui/figure';
import type { Table } from '../ui/table';
import { words } from '../ui/format';
import { homeOf, isWorld } from './atlas';
import { Controls } from './controls';
import { hasHistory } from './history';
import { Legend } from './legend';
import { CountryList } from './list';
import { Reading } from './reading';
import { searchBox } from './searchbox';
import { Stage } from './stage';
import { TimeBar } from './time';
import { sentence } from './words';

const measured = 'entente-step';

/** The numbers behind the map: the chance of each rung, or the rung on record. */
function tableOf(reading: Reading, step: number): Table {
  const { world } = reading.results;
  const rungs = (world.ladders[reading.choice.ladder]?.rungs ?? []).map(words);
  const of = (actor: number): (string | number | null)[] => {
    if (reading.choice.recorded) return [rungs[reading.recorded(step, actor) ?? -1] ?? null];
    if (reading.choice.measure === 'difference') {
      const [now, base] = [reading.chance(step, actor), reading.chance(step, actor, 0)];
      return [base / 10, now / 10, (now - base) / 10];
    }
    return reading.shares(step, actor).map((share) => share / 10);
  };
  const columns = reading.choice.recorded
    ? ['rung on record']
    : reading.choice.measure === 'difference'
      ? ['baseline, %', 'variant, %', 'difference, points']
      : rungs.map((name) => `${name}, %`);
  return {
    columns: ['country', 'code', ...columns],
    rows: world.actors.map(({ id, name }, actor) => [name, id, ...of(actor)]),
  };
}

/** The world map with its legend, time slider, country list and search. */
export function mapPanel(app: App): HTMLElement {
  const { store } = app;
  let recorded = false;
  let reading: Reading | null = null;
  let steps = 0;

  const legend = new Legend();
  const explain = (): void => {
    if (!reading) return;
    const { world } = reading.results;
    const home = homeOf(world.authorities[reading.choice.authority]?.name ?? '');
    const apart = home && !stage.tiled && !world.actors.some(({ id }) => id === home.id);
    legend.open(reading, apart ? home.name : null, stage.tiled);
    if (stage.look) legend.count(stage.look);
  };
  const stage = new Stage(app, searchBox(app), explain);
  const list = new CountryList(app);
  const controls = new Controls(app, (on) => {
    recorded = on;
    choose();
  });
  const picture = h('div', { class: 'map-picture' }, stage.element, legend.element);
  const shown = figure({
    title: '',
    picture,
    table: () => (reading ? tableOf(reading, store.view.step) : { columns: [], rows: [] }),
  });

  const paint = (): void => {
    if (!reading) return;
    performance.mark(`${measured}-start`);
    const { step } = store.view;
    stage.paint(reading);
    if (stage.look) legend.count(stage.look);
    shown.refresh(sentence(reading, step));
    list.refresh();
    performance.measure(measured, `${measured}-start`);
    performance.clearMarks(`${measured}-start`);
    steps += 1;
    if (steps % 1000 === 0) performance.clearMeasures(measured); // the browser keeps them all
  };
  const choose = (): void => {
    const { results, outcome, measure, authority, ladder, rung } = store.view;
    if (!results) return;
    recorded &&= hasHistory(results, authority, ladder);
    const other = measure === 'difference' && outcome === 0 ? 'rung' : measure;
    reading = new Reading(results, {
      outcome, measure: other, authority, ladder, rung, recorded,
    });
    explain();
    controls.show(recorded);
    list.open(reading);
    paint();
  };

  const note = h(
    'p',
    { class: 'note' },
    'Borders and names follow Natural Earth’s de facto view; no opinion on status. ' +
      'Lands without a foreign policy of their own have the colour of the state that speaks ' +
      'for them.',
  );
  const empty = h('p', { class: 'note' }, 'Nothing to show yet: run a scenario.');
  const content = h(
    'div',
    {},
    h('h2', { class: 'visually-hidden' }, 'Map'),
    controls.element,
    shown.element,
    new TimeBar(app).element,
    list.element,
    note,
  );
  store.watch(['results', 'authority'], ({ results }) => {
    empty.hidden = results !== null;
    content.hidden = results === null;
    note.hidden = !results || !isWorld(results.world.actors.map(({ id }) => id));
    if (!results) return;
    choose();
    if (reading) stage.open(reading);
  });
  store.watch(['results', 'outcome', 'measure', 'ladder', 'rung', 'theme'], choose);
  store.watch(['step'], paint);
  store.watch(['actor'], ({ actor, results }) => {
    stage.choose(actor);
    list.refresh();
    const name = actor === null ? undefined : results?.world.actors[actor]?.name;
    if (name) app.announce(`${name} chosen`);
  });
  return h('section', { class: 'panel map-panel', 'aria-label': 'Map' }, content, empty);
}
