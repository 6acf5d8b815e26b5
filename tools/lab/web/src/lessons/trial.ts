import { EngineError } from '../engine/engine';
import type { Results } from '../contract';
import type { App, View } from '../store';
import { h } from '../ui/dom';
import type { Look, Trial } from './lesson';

/** What a look means for the view of these results; what they do not have stays as it is. */
export function viewOf(results: Results, look: Look): Partial<View> {
  const { world } = results;
  const patch: Partial<View> = {};
  const actor = world.actors.findIndex(({ id }) => id === look.actor);
  if (actor >= 0) patch.actor = actor;
  const ladder = world.ladders.findIndex(({ role }) => role === look.ladder);
  if (ladder >= 0) patch.ladder = ladder;
  const rung = world.ladders[ladder]?.rungs.indexOf(look.rung ?? '') ?? -1;
  if (rung > 0) patch.rung = rung;
  const step = world.time.labels.indexOf(look.date ?? '');
  if (step >= 0) patch.step = step;
  return patch;
}

/** Hands a trial to the workbench, has it run, and turns the page to what is to be looked at. */
async function runTrial(app: App, trial: Trial): Promise<void> {
  const { store } = app;
  const names = trial.shipped.length + trial.own.length;
  const open = store.view.results?.world.scenario === trial.scenario;
  if (names > 0 || !open || !trial.look) {
    if (!app.bench) throw new EngineError('The workbench is not ready yet.');
    const shipped = await Promise.all(
      trial.shipped.map(async (name) => ({
        name,
        yaml: await app.engine.variantYaml(trial.scenario, name),
      })),
    );
    await app.bench.open(trial.scenario, [...shipped, ...trial.own]);
  }
  const { results } = store.view;
  if (!results || !trial.look) return;
  store.set({ ...(names === 0 ? { outcome: 0 } : {}), ...viewOf(results, trial.look) });
}

function label(trial: Trial): string {
  if (trial.shipped.length + trial.own.length > 0) return 'Try it';
  return trial.look?.actor ? 'Show it' : 'Open it';
}

/** The button of a step, and the variants that it runs. */
export function trialElement(app: App, trial: Trial): HTMLElement {
  const told = h('p', { class: 'note', role: 'status' });
  const names = [...trial.shipped, ...trial.own.map(({ name }) => name)];
  const tell = (text: string, kind = 'note'): void => {
    told.className = kind;
    told.textContent = text;
  };
  const button: HTMLButtonElement = h(
    'button',
    {
      type: 'button',
      class: 'primary',
      click: () => {
        button.disabled = true;
        tell('Simulating …');
        runTrial(app, trial)
          .then(() => tell('Done: the map and the charts show it.'))
          .catch((error: unknown) => {
            tell(error instanceof Error ? error.message : String(error), 'error');
          })
          .finally(() => {
            button.disabled = false;
          });
      },
    },
    label(trial),
  );
  const what = names.length > 0 && h('span', { class: 'note' }, `runs ${names.join(', ')}`);
  const texts = trial.own.map(({ name, yaml }) =>
    h(
      'details',
      { class: 'command' },
      h('summary', {}, `The variant ${name}`),
      h('pre', { tabindex: 0 }, h('code', {}, yaml)),
    ),
  );
  return h('div', { class: 'trial' }, h('div', { class: 'buttons' }, button, what), told, ...texts);
}
