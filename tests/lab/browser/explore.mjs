// The lab as a visitor explores with it: what is turned is answered, with the numbers that the
// command line gives for the same files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cardSays, cardText, cards, differences, headline, knob, rest, runCommandOf, setReplicates, shown, takeVariants,
  turn, turnTo, workbench,
} from './bench.mjs';
import {
  cells, country, downloaded, entente, finder, folder, legend, map, onLab, slider, startLab, tableOf, told,
  until,
} from './support.mjs';

const scenario = 'afghanistan-2026';
const lab = await startLab();
const at = () => lab;
const few = ['--replicates', '64'];

/** The page is told numbers with few digits, and its tables round to three. */
function agree(found, wanted, what) {
  for (const [n, value] of wanted.entries()) {
    assert.ok(Math.abs(found[n] - value) < 0.0011, `${what}: ${found}, not ${wanted}`);
  }
}

onLab('the first page shows the scenario as it is', at, async (page) => {
  await shown(page, 256, 1);
  const run = told('run', scenario, '--replicates', '256');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), run.title);
  await cardSays(page, 0, headline(run));
  // The token has left the address, so that nobody hands it on with a copied one.
  assert.ok(!page.url().includes('token'), page.url());
});

onLab('a knob and an event are answered as the command answers their file', at, async (page) => {
  await shown(page, 256, 1);
  await page.evaluate(() => { globalThis.samePage = true; });
  await setReplicates(page, 64, 1);
  await turn(page, 'Sanctions', 0.2);
  await shown(page, 64, 2);
  const before = await cardText(page, 1);
  await page.getByRole('combobox', { name: 'Country that recognises' }).fill('China');
  await page.getByRole('combobox', { name: 'Date of the recognition' }).selectOption('March 2026');
  await page.getByRole('group', { name: 'A country recognises' }).getByRole('button', { name: 'Add' }).click();
  await until(async () => {
    const text = await cardText(page, 1);
    return text !== before && !text.includes('changed');
  }, 'an answer to the event');

  const [file] = await takeVariants(page);
  const [variant] = told('whatif', scenario, file, ...few).variants;
  await cardSays(page, 1, differences(variant));

  const { engagement } = variant.authorities[0].ladders;
  const [head, ...rows] = await tableOf(page.getByRole('figure', { name: /less the baseline: engagement$/ }));
  assert.equal(head.length, 6);
  const wanted = engagement.at_or_above[0].course.flatMap((_, step) =>
    engagement.at_or_above.map(({ rung, course }) => [rung, course[step]]));
  assert.equal(rows.length, wanted.length);
  for (const [n, [rung, { date, difference, low, high, followers }]] of wanted.entries()) {
    assert.deepEqual(rows[n].slice(0, 2), [date, rung]);
    agree(rows[n].slice(2).map(Number), [difference, low, high, followers], `${date} ${rung}`);
  }
  // China was brought there; the map marks it.
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('recognition');
  await map(page).getByText(/^List of all/).click();
  const list = map(page).getByRole('region', { name: 'List of countries' });
  await list.getByRole('row', { name: /^China 1 recognised, 100 %/ }).waitFor();
  assert.equal(await page.evaluate(() => globalThis.samePage), true, 'the page was loaded again');
});

onLab('the result file and the command that is shown give the same bytes', at, async (page) => {
  await shown(page, 256, 1);
  await setReplicates(page, 16, 1);
  await turn(page, 'Opposition to recognition', 0.1);
  await shown(page, 16, 2);
  await workbench(page).getByText('Luck', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Seed' }).fill('18446744073709551615');
  await page.getByRole('textbox', { name: 'Seed' }).press('Enter');
  await page.getByRole('spinbutton', { name: 'First replicate' }).fill('1000');
  await page.getByRole('spinbutton', { name: 'First replicate' }).press('Enter');
  await takeVariants(page);
  await until(async () => (await page.getByRole('region', { name: 'The command' }).innerText()).includes('1000'), 'the command');
  await workbench(page).getByRole('button', { name: 'Run', exact: true }).click();
  await rest(page);
  await shown(page, 16, 2);
  const { name, bytes } = await downloaded(page, page.getByRole('button', { name: 'Result file (HDF5)' }));
  const command = await runCommandOf(page);
  assert.ok(command.includes('--seed 18446744073709551615 --first-replicate 1000'), command);
  assert.ok(bytes.equals(readFileSync(join(folder, name))), `${name} of the lab and of the command differ`);
});

onLab('a run of another seed is that of the command', at, async (page) => {
  await shown(page, 256, 1);
  await workbench(page).getByText('Luck', { exact: true }).click();
  const seed = page.getByRole('textbox', { name: 'Seed' });
  await seed.fill('99');
  await seed.press('Enter');
  await cardSays(page, 0, headline(told('run', scenario, '--replicates', '256', '--seed', '99')));
  await seed.fill('one');
  await seed.press('Enter');
  assert.equal(await seed.getAttribute('aria-invalid'), 'true');
});

onLab('variants that come with the scenario stand beside each other', at, async (page) => {
  await shown(page, 256, 1);
  await setReplicates(page, 64, 1);
  await workbench(page).getByText(/variants that come with it$/).click();
  const names = ['rights-reform', 'china-recognises'];
  const { variants } = told('whatif', scenario, ...names, ...few);
  for (const { title } of variants) {
    await page.getByRole('button', { name: `Add: ${title}`, exact: true }).click();
    await cards(page).filter({ hasText: title }).waitFor();
  }
  await shown(page, 64, 3);
  for (const [n, variant] of variants.entries()) await cardSays(page, n + 1, [variant.title, ...differences(variant)]);
  // Side by side, the greatest difference first.
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('recognition');
  const all = page.getByRole('figure', { name: /variants/i }).filter({ visible: true }).last();
  const [, ...rows] = await tableOf(all);
  const ends = variants.map(({ title, authorities }) =>
    [title, authorities[0].ladders.recognition.at_or_above[0].end.difference]);
  ends.sort(([, a], [, b]) => b - a);
  assert.deepEqual(rows.map(([title]) => title), ends.map(([title]) => title));
  agree(rows.map(([, value]) => Number(value)), ends.map(([, value]) => value), 'differences');
  // Arrow keys go from card to card, and the map goes along.
  await cards(page).first().click();
  const baseline = await legend(page);
  await page.keyboard.press('ArrowRight');
  assert.equal(await cards(page).nth(1).getAttribute('aria-selected'), 'true');
  await page.getByRole('heading', { level: 3, name: `variant “${variants[0].title}”` }).waitFor();
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('engagement');
  assert.notDeepEqual(await legend(page), baseline);
});

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
  await until(async () => (await knob(page, 'Sanctions').inputValue()) === '0.65', 'sanctions as they were');
  assert.equal(await knob(page, 'Mediation').inputValue(), '0.9');
  await workbench(page).getByRole('slider', { name: 'Mediation', exact: true }).focus();
  await page.keyboard.press('Control+z');
  await until(async () => (await cards(page).count()) === 1, 'the scenario alone');
  assert.ok(await undo.isDisabled());
  await shown(page, 16, 1);
  await page.keyboard.press('Control+Shift+z');
  await redo.click();
  await until(async () => (await knob(page, 'Sanctions').inputValue()) === '0.1', 'sanctions as they were turned');
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
  await cardSays(page, 0, headline(told('run', scenario, '--replicates', '256'))); // what was shown stays
  await setReplicates(page, 16, 4);
  await cardSays(page, 0, headline(told('run', scenario, '--replicates', '16')));
});

onLab('why a state moves is worked out as the command explains it', at, async (page) => {
  await shown(page, 256, 1);
  await setReplicates(page, 16, 1);
  await finder(page).fill('KAZ');
  await finder(page).press('Enter');
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('ArrowRight');
  const explained = told('explain', scenario, '--actor', 'KAZ', '--date', '2026-06', '--replicates', '16');
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'June 2026');
  const [{ rung, options, terms }] = explained.choices;
  const above = options.at(-1);
  const figure = country(page).getByRole('figure', { name: `What speaks for and against ${above.rung}` });
  const [, ...rows] = await tableOf(figure);
  const part = (name) => rows.find(([term]) => term === name).slice(1).map(Number);
  for (const { term, below, above: up } of terms.filter((one) => one.above !== 0)) {
    agree(part(term.replaceAll('_', ' ')), [below, up], term);
  }
  agree(part('together'), [options[0].utility, above.utility], 'the sum');
  const stays = country(page).getByRole('list', { name: 'Probabilities in this step' }).getByText(`stays on ${rung}`);
  const percent = Math.round(options.find((one) => one.rung === rung).probability * 100);
  assert.match(await stays.locator('..').innerText(), new RegExp(`\\b${percent} %`));
});

onLab('a result file is looked at and left again', at, async (page) => {
  await shown(page, 256, 1);
  await turn(page, 'Sanctions', 0.3);
  await shown(page, 256, 2);
  const own = await cardText(page, 1);
  entente('run', 'classroom', '--replicates', '125', '--seed', '3', '-o', 'opened.h5', '--quiet');
  await turnTo(page, 'Files');
  await page.getByLabel(/file/i).and(page.locator('input[type=file]')).setInputFiles(join(folder, 'opened.h5'));
  await page.getByText('Shown are the results of opened.h5').waitFor();
  const { title, authorities: [{ actors }] } = told('run', 'classroom', '--replicates', '125', '--seed', '3');
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), title);
  const counts = await legend(page);
  assert.equal(counts['3 mission'], actors.filter((a) => a.ladders.engagement.most_probable === 'mission').length);
  assert.equal(Object.values(counts).reduce((sum, n) => sum + n), actors.length);
  await page.getByRole('button', { name: 'Back to the workbench' }).click();
  await cardSays(page, 1, [own]);
});
