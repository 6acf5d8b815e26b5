import { fill, h, uniqueId } from '../ui/dom';
import { download } from '../ui/download';
import type { Workbench } from './bench';
import { recipe, resultName } from './command';
import { scenarioOfFile, takeOver } from './variants';

/** What can be carried away, and result files that are looked at. */
export function files(bench: Workbench): HTMLElement {
  const id = uniqueId('file');
  const list = h('div', { class: 'buttons' });
  const text = h('pre', { tabindex: 0, role: 'region', 'aria-label': 'The command' });
  const said = h('p', { class: 'note', role: 'status' });
  const result = h(
    'button', { type: 'button', click: () => void saveResult() }, 'Result file (HDF5)',
  );
  const saveResult = async (): Promise<void> => {
    const { own } = bench.runs;
    if (!own) return;
    said.textContent = 'The result file is being written …';
    try {
      const { scenario, variants } = own.request;
      const name = resultName({ scenario, variants, edited: 0 });
      download(name, await bench.engine.resultFile(own.results));
      said.textContent = `${name} is handed over.`;
    } catch (error) {
      said.textContent = error instanceof Error ? error.message : String(error);
    }
  };
  const input = h('input', {
    id, type: 'file', accept: '.h5,.hdf5',
    change: () => {
      const file = input.files?.[0];
      input.value = '';
      if (file) void bench.openFile(file);
    },
  });
  bench.on(['workspace', 'settings', 'run', 'problems'], () => {
    const { variants } = bench.workspace;
    const sound = variants.filter((variant) => bench.problems(variant)?.length === 0);
    text.textContent = recipe({ ...bench.workspace, variants: sound }, bench.settings);
    result.disabled = !bench.runs.own;
    const focused = document.activeElement?.textContent;
    const state = variants.map(({ name }) => name).join();
    if (list.dataset.state === state && list.childElementCount > 0) return;
    list.dataset.state = state;
    fill(
      list,
      ...variants.map(({ name }, place) =>
        h(
          'button',
          {
            type: 'button',
            click: () => {
              const now = bench.workspace.variants[place];
              if (now) download(`${now.name}.yaml`, now.yaml, 'application/yaml');
            },
          },
          `${name}.yaml`,
        ),
      ),
      result,
    );
    for (const button of list.querySelectorAll('button')) {
      if (focused && button.textContent === focused) button.focus();
    }
  });
  const copy = h(
    'button',
    {
      type: 'button', class: 'quiet',
      click: () => {
        navigator.clipboard.writeText(text.textContent ?? '').then(
          () => { said.textContent = 'Copied.'; },
          () => { said.textContent = 'The browser does not let the page copy; select the text.'; },
        );
      },
    },
    'Copy the command',
  );
  return h(
    'div',
    { class: 'bench-files' },
    h('h3', {}, 'Take it with you'),
    h('p', { class: 'note' },
      'A variant is a YAML file that the command line takes as it is. The result file holds ' +
      'every replicate; it is HDF5 and opens in Python, R and this lab.'),
    list, said, text, copy,
    h('h3', {}, 'Look at a result file'),
    h('div', { class: 'bench-field' },
      h('label', { for: id }, 'A file of `entente run` or `entente whatif`, or drop one here'),
      input),
  );
}

/** A line above everything while a result file is shown. */
export function fileBar(bench: Workbench): HTMLElement {
  const text = h('p', {});
  const back = h(
    'button', { type: 'button', class: 'primary', click: () => bench.closeFile() },
    'Back to the workbench',
  );
  const take = h(
    'button', { type: 'button', click: () => void takeOver(bench) }, 'Work on from its variants',
  );
  const bar = h(
    'div', { class: 'bench-filebar', role: 'status' },
    text, h('div', { class: 'buttons' }, take, back),
  );
  bench.on(['file'], () => {
    take.hidden = scenarioOfFile(bench) === null;
    bar.hidden = bench.file === null;
    if (bench.file === null) return;
    text.textContent =
      `Shown are the results of ${bench.file}, as they were written. They cannot be changed; ` +
      'the workbench keeps what you have built.';
  });
  return bar;
}

/** Lets a result file be dropped on a part of the page. */
export function takesDrops(bench: Workbench, place: HTMLElement): void {
  const holdsFile = (event: DragEvent): boolean =>
    event.dataTransfer?.types.includes('Files') ?? false;
  place.addEventListener('dragover', (event) => {
    if (!holdsFile(event)) return;
    event.preventDefault();
    place.classList.add('is-target');
  });
  place.addEventListener('dragleave', () => place.classList.remove('is-target'));
  place.addEventListener('drop', (event) => {
    place.classList.remove('is-target');
    const file = event.dataTransfer?.files[0];
    if (!file) return;
    event.preventDefault();
    void bench.openFile(file);
  });
}
