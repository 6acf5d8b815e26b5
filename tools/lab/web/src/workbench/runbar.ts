import { h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { seedOf } from './command';
import { lastFirst, replicateChoices } from './keep';

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(ms < 9950 ? 1 : 0)} s`;
}

/** How often, with which luck; run, progress, cancel. */
export function runBar(bench: Workbench): HTMLElement {
  const run = h(
    'button', { type: 'button', class: 'primary', click: () => void bench.run() }, 'Run',
  );
  const cancel = h('button', { type: 'button', click: () => bench.runs.cancel() }, 'Cancel');
  const bar = h('progress', { 'aria-label': 'Progress of the run', max: 1 });
  const said = h('span', { class: 'bench-said' });
  const error = h('p', { class: 'error', role: 'alert' });
  let clock: ReturnType<typeof setInterval> | undefined;

  const show = (): void => {
    const { running, took, message, own } = bench.runs;
    // Its place is kept, so that nothing moves while short runs come and go.
    bar.style.visibility = running ? 'visible' : 'hidden';
    cancel.disabled = !running;
    if (running) {
      if (running.total > 0) bar.value = running.done / running.total;
      else bar.removeAttribute('value');
      said.textContent = `Running, ${seconds(performance.now() - running.since)}`;
      clock ??= setInterval(show, 250);
      return;
    }
    clearInterval(clock);
    clock = undefined;
    const worlds = own?.results.outcomes.length ?? 0;
    said.textContent =
      message === 'Cancelled.'
        ? message
        : own && took !== null && !message
          ? `${own.request.replicates} replicates of ${worlds} ` +
            `${worlds === 1 ? 'world' : 'worlds'} in ${seconds(took)}`
          : '';
    error.textContent = message === 'Cancelled.' ? '' : message;
    error.hidden = error.textContent === '';
  };
  bench.on(['run'], show);
  return h(
    'div',
    { class: 'bench-run' },
    h('div', { class: 'buttons' }, run, cancel),
    bar,
    said,
    settings(bench),
    error,
  );
}

function settings(bench: Workbench): HTMLElement {
  const ids = { replicates: uniqueId('n'), seed: uniqueId('n'), first: uniqueId('n') };
  const hint = uniqueId('hint');
  const replicates = h(
    'select',
    { id: ids.replicates, change: () => bench.set({ replicates: Number(replicates.value) }) },
    ...replicateChoices.map((n) => h('option', { value: n }, String(n))),
  );
  const auto = h('input', {
    type: 'checkbox', change: () => bench.set({ auto: auto.checked }),
  });
  const seed = h('input', {
    id: ids.seed, inputmode: 'numeric', size: 12, placeholder: 'the scenario’s',
    'aria-describedby': hint,
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
    replicates.value = String(bench.settings.replicates);
    auto.checked = bench.settings.auto;
    seed.value = bench.settings.seed;
    first.value = String(bench.settings.first);
  });
  const field = (id: string, label: string, input: HTMLElement): HTMLElement =>
    h('div', { class: 'bench-field' }, h('label', { for: id }, label), input);
  return h(
    'div',
    { class: 'bench-settings' },
    field(ids.replicates, 'Replicates', replicates),
    h('label', { class: 'bench-check' }, auto, ' Run when a knob is let go'),
    h(
      'details',
      {},
      h('summary', {}, 'Luck'),
      h(
        'div',
        { class: 'bench-luck' },
        field(ids.seed, 'Seed', seed),
        field(ids.first, 'First replicate', first),
        h('p', { class: 'note', id: hint },
          'A replicate is one possible history. Its luck is drawn from the seed and its number: ' +
          'the same numbers give the same history, here and on the command line.'),
      ),
    ),
  );
}
