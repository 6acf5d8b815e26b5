import { h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { seedOf } from './command';
import { lastFirst, replicateChoices } from './keep';

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
}

/** How often, with which luck; run, progress, cancel. */
export function runBar(bench: Workbench): HTMLElement {
  const id = uniqueId('replicates');
  const run = h(
    'button', { type: 'button', class: 'primary', click: () => void bench.run() }, 'Run',
  );
  const replicates = h(
    'select',
    { id, change: () => bench.set({ replicates: Number(replicates.value) }) },
    ...replicateChoices.map((n) => h('option', { value: n }, String(n))),
  );
  const auto = h('input', {
    type: 'checkbox', change: () => bench.set({ auto: auto.checked }),
  });
  bench.on(['settings'], () => {
    replicates.value = String(bench.settings.replicates);
    auto.checked = bench.settings.auto;
  });
  return h(
    'div',
    { class: 'bench-run' },
    h(
      'div', { class: 'bench-line' },
      run, replicates, h('label', { for: id }, 'replicates'), luck(bench),
    ),
    h('label', { class: 'bench-check' }, auto, ' Run when a knob is let go'),
    ...state(bench, run),
  );
}

/** What goes on, and what came of it. @param run  takes the focus when there is nothing to cancel */
function state(bench: Workbench, run: HTMLElement): HTMLElement[] {
  const cancel = h(
    'button',
    {
      type: 'button', class: 'quiet',
      click: () => bench.runs.cancel(),
    },
    'Cancel',
  );
  const bar = h('progress', { 'aria-label': 'Progress of the run', max: 1 });
  const said = h('span', {});
  const error = h('p', { class: 'error', role: 'alert' });
  let clock: ReturnType<typeof setInterval> | undefined;

  const show = (): void => {
    const { running, took, message, own } = bench.runs;
    if (!running && document.activeElement === cancel) run.focus();
    bar.hidden = cancel.hidden = !running;
    if (running) {
      if (running.total > 0) bar.value = running.done / running.total;
      else bar.removeAttribute('value');
      said.textContent = `Running, ${seconds(performance.now() - running.since)}`;
      clock ??= setInterval(show, 250);
      return;
    }
    clearInterval(clock);
    clock = undefined;
    const cancelled = message === 'Cancelled.';
    const worlds = own?.results.outcomes.length ?? 0;
    const last = own && took !== null
      ? `${own.request.replicates} replicates of ${worlds} ` +
        `${worlds === 1 ? 'world' : 'worlds'} in ${seconds(took)}`
      : '';
    said.textContent = cancelled ? message : message === '' ? last : '';
    error.textContent = cancelled ? '' : message;
    error.hidden = error.textContent === '';
  };
  bench.on(['run'], show);
  return [h('div', { class: 'bench-state' }, said, bar, cancel), error];
}

function luck(bench: Workbench): HTMLElement {
  const ids = { seed: uniqueId('seed'), first: uniqueId('first'), hint: uniqueId('hint') };
  const seed = h('input', {
    id: ids.seed, inputmode: 'numeric', size: 12, placeholder: 'the scenario’s',
    'aria-describedby': ids.hint,
    change: () => {
      const sound = seed.value.trim() === '' || seedOf(seed.value) !== null;
      seed.setAttribute('aria-invalid', String(!sound));
      if (sound) bench.set({ seed: seedOf(seed.value) ?? '' });
    },
  });
  const first = h('input', {
    id: ids.first, type: 'number', min: 0, max: lastFirst, step: 1,
    change: () => {
      const value = Math.round(Number(first.value));
      const sound = Number.isFinite(value) && value >= 0 && value <= lastFirst;
      first.setAttribute('aria-invalid', String(!sound));
      if (sound) bench.set({ first: value });
    },
  });
  bench.on(['settings'], () => {
    seed.value = bench.settings.seed;
    first.value = String(bench.settings.first);
  });
  const field = (id: string, label: string, input: HTMLElement): HTMLElement =>
    h('div', { class: 'bench-field' }, h('label', { for: id }, label), input);
  return h(
    'details',
    {},
    h('summary', {}, 'Luck'),
    h(
      'div',
      { class: 'bench-luck' },
      field(ids.seed, 'Seed', seed),
      field(ids.first, 'First replicate', first),
      h('p', { class: 'note', id: ids.hint },
        'A replicate is one possible history. Its luck is drawn from the seed and its number: ' +
        'the same numbers give the same history, here and on the command line.'),
    ),
  );
}
