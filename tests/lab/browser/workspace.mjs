// What a visitor builds in the lab is kept, taken back, cancelled, left for a file and found again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import {
  cardSays,
  cardText,
  cards,
  headline,
  knob,
  rest,
  setReplicates,
  shown,
  turn,
  turnTo,
  workbench,
} from './bench.mjs';
import { entente, folder, legend, onLab, startLab, told, until } from './support.mjs';

const scenario = 'afghanistan-2026';
const lab = await startLab();
const at = () => lab;

onLab('undo brings back what was, redo what was undone', at, async (page) => {
  await shown(page, 256, 1);
  await setReplicates(page, 16, 1);
  const undo = workbench(page).getByRole('button', { name: 'Undo', exact: true });
  const redo = workbench(page).getByRole('button', { name: 'Redo', exact: true });
  assert.ok(await undo.isDisabled());
  await turn(page, 'Mediation', 0.9);
  await shown(page, 16, 2);
  await turn(page, 'Sanctions', 0.1);
  await undo.click();
  await until(
    async () => (await knob(page, 'Sanctions').inputValue()) === '0.65',
    'sanctions as they were',
  );
  assert.equal(await knob(page, 'Mediation').inputValue(), '0.9');
  await workbench(page).getByRole('slider', { name: 'Mediation', exact: true }).focus();
  await page.keyboard.press('Control+z');
  await until(async () => (await cards(page).count()) === 1, 'the scenario alone');
  assert.ok(await undo.isDisabled());
  await shown(page, 16, 1);
  await page.keyboard.press('Control+Shift+z');
  await redo.click();
  await until(
    async () => (await knob(page, 'Sanctions').inputValue()) === '0.1',
    'sanctions as they were turned',
  );
  assert.equal(await knob(page, 'Mediation').inputValue(), '0.9');
  assert.ok(await redo.isDisabled());
});

onLab('results that come leave alone what is being typed', at, async (page) => {
  await shown(page, 256, 1);
  await turn(page, 'Mediation', 0.9);
  await knob(page, 'Sanctions').fill('0.1');
  await shown(page, 256, 2);
  assert.equal(await knob(page, 'Sanctions').inputValue(), '0.1');
  await knob(page, 'Sanctions').press('Enter');
  await turnTo(page, 'YAML');
  const yaml = await page.getByRole('textbox', { name: 'YAML of the variant' }).inputValue();
  assert.match(yaml, /: 0\.9\b[^]*: 0\.1\b/);
});

onLab('a reload keeps what was built', at, async (page) => {
  await shown(page, 256, 1);
  await turn(page, 'Frozen reserves', 0.25);
  await shown(page, 256, 2);
  const card = await cardText(page, 1);
  await page.reload();
  await shown(page, 256, 2);
  assert.equal(await knob(page, 'Frozen reserves').inputValue(), '0.25');
  assert.equal(await cardText(page, 1), card);
  await workbench(page).getByRole('button', { name: 'Undo', exact: true }).click();
  await until(async () => (await cards(page).count()) === 1, 'the scenario alone');
});

onLab('a long run can be cancelled, and the next one is answered', at, async (page) => {
  await shown(page, 256, 1);
  for (const value of [0.1, 0.3, 0.5]) {
    await cards(page).first().click();
    await turn(page, 'Sanctions', value);
  }
  await until(async () => (await cards(page).count()) === 4, 'four worlds');
  await shown(page, 256, 4);
  await workbench(page).getByRole('combobox', { name: 'Replicates' }).selectOption('4096');
  const cancel = workbench(page).getByRole('button', { name: 'Cancel', exact: true });
  const progress = page.getByRole('progressbar', { name: 'Progress of the run' });
  await until(async () => Number(await progress.getAttribute('value')) > 0, 'some progress');
  await cancel.click();
  await workbench(page).getByText('Cancelled.', { exact: true }).waitFor();
  await rest(page);
  const focused = await page.evaluate(() => document.activeElement.textContent);
  assert.equal(focused, 'Run', 'the focus went with the button');
  await cardSays(page, 0, headline(told('run', scenario, '--replicates', '256')));
  await setReplicates(page, 16, 4);
  await cardSays(page, 0, headline(told('run', scenario, '--replicates', '16')));
});

onLab('a result file is looked at and left again', at, async (page) => {
  await shown(page, 256, 1);
  await turn(page, 'Sanctions', 0.3);
  await shown(page, 256, 2);
  const own = await cardText(page, 1);
  entente('run', 'classroom', '--replicates', '125', '--seed', '3', '-o', 'opened.h5', '--quiet');
  await turnTo(page, 'Files');
  await page
    .getByLabel(/file/i)
    .and(page.locator('input[type=file]'))
    .setInputFiles(join(folder, 'opened.h5'));
  await page.getByText('Shown are the results of opened.h5').waitFor();
  const {
    title,
    authorities: [{ actors }],
  } = told('run', 'classroom', '--replicates', '125', '--seed', '3');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), title);
  const counts = await legend(page);
  assert.equal(
    counts['3 mission'],
    actors.filter((a) => a.ladders.engagement.most_probable === 'mission').length,
  );
  assert.equal(
    Object.values(counts).reduce((sum, n) => sum + n),
    actors.length,
  );
  await page.getByRole('button', { name: 'Back to the workbench' }).click();
  await cardSays(page, 1, [own]);
});
