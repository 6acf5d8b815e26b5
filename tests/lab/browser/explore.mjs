// The lab as a visitor explores with it: what is turned is answered, with the numbers that the
// command line gives for the same files.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cardSays,
  cardText,
  cards,
  differences,
  headline,
  rest,
  runCommandOf,
  setReplicates,
  shown,
  takeVariants,
  turn,
  workbench,
} from './bench.mjs';
import {
  country,
  downloaded,
  finder,
  folder,
  legend,
  map,
  onLab,
  slider,
  startLab,
  tableOf,
  told,
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
  await page.evaluate(() => {
    globalThis.samePage = true;
  });
  await setReplicates(page, 64, 1);
  await turn(page, 'Sanctions', 0.2);
  await shown(page, 64, 2);
  const before = await cardText(page, 1);
  await page.getByRole('combobox', { name: 'Country that recognises' }).fill('China');
  await page.getByRole('combobox', { name: 'Date of the recognition' }).selectOption('March 2026');
  await page
    .getByRole('group', { name: 'A country recognises' })
    .getByRole('button', { name: 'Add' })
    .click();
  await until(async () => {
    const text = await cardText(page, 1);
    return text !== before && !text.includes('changed');
  }, 'an answer to the event');

  const [file] = await takeVariants(page);
  const [variant] = told('whatif', scenario, file, ...few).variants;
  await cardSays(page, 1, differences(variant));

  const { engagement } = variant.authorities[0].ladders;
  const [head, ...rows] = await tableOf(
    page.getByRole('figure', { name: /less the baseline: engagement$/ }),
  );
  assert.equal(head.length, 6);
  const wanted = engagement.at_or_above[0].course.flatMap((_, step) =>
    engagement.at_or_above.map(({ rung, course }) => [rung, course[step]]),
  );
  assert.equal(rows.length, wanted.length);
  for (const [n, [rung, { date, difference, low, high, followers }]] of wanted.entries()) {
    assert.deepEqual(rows[n].slice(0, 2), [date, rung]);
    agree(rows[n].slice(2).map(Number), [difference, low, high, followers], `${date} ${rung}`);
  }
  // China was brought there; the map marks it.
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('recognition');
  await map(page)
    .getByText(/^List of all/)
    .click();
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
  await until(
    async () =>
      (await page.getByRole('region', { name: 'The command' }).innerText()).includes('1000'),
    'the command',
  );
  await workbench(page).getByRole('button', { name: 'Run', exact: true }).click();
  await rest(page);
  await shown(page, 16, 2);
  const { name, bytes } = await downloaded(
    page,
    page.getByRole('button', { name: 'Result file (HDF5)' }),
  );
  const command = await runCommandOf(page);
  assert.ok(command.includes('--seed 18446744073709551615 --first-replicate 1000'), command);
  assert.ok(
    bytes.equals(readFileSync(join(folder, name))),
    `${name} of the lab and of the command differ`,
  );
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
  await workbench(page)
    .getByText(/variants that come with it$/)
    .click();
  const names = ['rights-reform', 'china-recognises'];
  const { variants } = told('whatif', scenario, ...names, ...few);
  for (const { title } of variants) {
    await page.getByRole('button', { name: `Add: ${title}`, exact: true }).click();
    await cards(page).filter({ hasText: title }).waitFor();
  }
  await shown(page, 64, 3);
  for (const [n, variant] of variants.entries())
    await cardSays(page, n + 1, [variant.title, ...differences(variant)]);
  // Side by side, the greatest difference first.
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('recognition');
  const all = page
    .getByRole('figure', { name: /variants/i })
    .filter({ visible: true })
    .last();
  const [, ...rows] = await tableOf(all);
  const ends = variants.map(({ title, authorities }) => [
    title,
    authorities[0].ladders.recognition.at_or_above[0].end.difference,
  ]);
  ends.sort(([, a], [, b]) => b - a);
  assert.deepEqual(
    rows.map(([title]) => title),
    ends.map(([title]) => title),
  );
  agree(
    rows.map(([, value]) => Number(value)),
    ends.map(([, value]) => value),
    'differences',
  );
  // Arrow keys go from card to card, and the map goes along.
  await cards(page).first().click();
  const baseline = await legend(page);
  await page.keyboard.press('ArrowRight');
  assert.equal(await cards(page).nth(1).getAttribute('aria-selected'), 'true');
  await page.getByRole('heading', { level: 3, name: `variant “${variants[0].title}”` }).waitFor();
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('engagement');
  assert.notDeepEqual(await legend(page), baseline);
});

onLab('why a state moves is worked out as the command explains it', at, async (page) => {
  await shown(page, 256, 1);
  await setReplicates(page, 16, 1);
  await finder(page).fill('KAZ');
  await finder(page).press('Enter');
  await slider(page).focus();
  await page.keyboard.press('Home');
  for (let n = 0; n < 5; n += 1) await page.keyboard.press('ArrowRight');
  const explained = told(
    'explain',
    scenario,
    '--actor',
    'KAZ',
    '--date',
    '2026-06',
    '--replicates',
    '16',
  );
  assert.equal(await slider(page).getAttribute('aria-valuetext'), 'June 2026');
  const [{ rung, options, terms }] = explained.choices;
  const above = options.at(-1);
  const figure = country(page).getByRole('figure', {
    name: `What speaks for and against ${above.rung}`,
  });
  const [, ...rows] = await tableOf(figure);
  const part = (name) =>
    rows
      .find(([term]) => term === name)
      .slice(1)
      .map(Number);
  for (const { term, below, above: up } of terms.filter((one) => one.above !== 0)) {
    agree(part(term.replaceAll('_', ' ')), [below, up], term);
  }
  agree(part('together'), [options[0].utility, above.utility], 'the sum');
  const stays = country(page)
    .getByRole('list', { name: 'Probabilities in this step' })
    .getByText(`stays on ${rung}`);
  const percent = Math.round(options.find((one) => one.rung === rung).probability * 100);
  assert.match(await stays.locator('..').innerText(), new RegExp(`\\b${percent} %`));
});
