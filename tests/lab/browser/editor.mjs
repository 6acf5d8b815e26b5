// The YAML of a variant in the lab: mistakes are shown where they are, and nothing is lost.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cardSays,
  cards,
  differences,
  knob,
  setReplicates,
  shown,
  turn,
  turnTo,
  workbench,
} from './bench.mjs';
import { folder, map, onLab, startLab, told, until } from './support.mjs';

const scenario = 'afghanistan-2026';
const lab = await startLab();
const at = () => lab;
const text = (page) => page.getByRole('textbox', { name: 'YAML of the variant' });
const state = (page) => page.getByRole('tabpanel', { name: 'YAML' }).getByRole('status');

const sound = `entente: 1
title: Nobody minds rights
question: Who comes closer?
set:
  terms.rights.coefficient: 0
`;

/** A page with 16 replicates and one variant, at its YAML. */
async function begin(page, yaml) {
  await shown(page, 256, 1);
  await setReplicates(page, 16, 1);
  await workbench(page).getByRole('button', { name: 'New variant' }).click();
  await shown(page, 16, 2);
  await turnTo(page, 'YAML');
  await text(page).fill(yaml);
}

onLab('a mistake is marked at its line, kept and not run', at, async (page) => {
  const wrong = sound.replace('coefficient: 0', 'coeficient: 0');
  await begin(page, wrong);
  await state(page)
    .getByText(/^One mistake; it is left out of runs/)
    .waitFor();
  assert.equal(await text(page).getAttribute('aria-invalid'), 'true');
  const problem = page.getByRole('tabpanel', { name: 'YAML' }).getByRole('listitem');
  assert.match(
    await problem.innerText(),
    /^Line 5\b[^]*terms\.rights: found unknown key 'coeficient'; allowed: /,
  );
  await cardSays(page, 1, ['has mistakes, see YAML']);
  await shown(page, 16, 1); // the baseline goes on without it
  await workbench(page).getByRole('button', { name: 'Run', exact: true }).click();
  await shown(page, 16, 1);
  await turnTo(page, 'Main knobs');
  await turnTo(page, 'YAML');
  assert.equal(await text(page).inputValue(), wrong);

  await problem.getByRole('button', { name: 'Line 5' }).click();
  const line = await text(page).evaluate(
    (area) => area.value.slice(0, area.selectionStart).split('\n').length,
  );
  assert.equal(line, 5);
  assert.ok(await text(page).evaluate((area) => area === document.activeElement));

  await text(page).fill(sound);
  await state(page)
    .getByText(/^Sound/)
    .waitFor();
  await shown(page, 16, 2);
  writeFileSync(join(folder, 'sound.yaml'), sound);
  const [variant] = told('whatif', scenario, 'sound.yaml', '--replicates', '16').variants;
  await cardSays(page, 1, ['Nobody minds rights', ...differences(variant)]);
});

onLab('all mistakes are told at once', at, async (page) => {
  await begin(
    page,
    'entente: 1\ntitle: T\nsett: {}\nset: {terms.rights.coefficient: many, no.such: 1}\n',
  );
  await state(page)
    .getByText(/^[3-9] mistakes/)
    .waitFor();
  const lines = await page
    .getByRole('tabpanel', { name: 'YAML' })
    .getByRole('button', { name: /^Line/ })
    .allInnerTexts();
  assert.ok(lines.includes('Line 3') && lines.includes('Line 4'), lines.join());
});

onLab('a text that is not YAML rests its knobs until it is mended', at, async (page) => {
  await begin(page, `${sound}events: [\n`);
  await page.getByText('Its knobs rest until it is mended.').waitFor();
  await turnTo(page, 'Main knobs');
  assert.ok(await knob(page, 'Sanctions').isDisabled());
  assert.ok(
    await workbench(page).getByRole('slider', { name: 'Sanctions', exact: true }).isDisabled(),
  );
  await workbench(page).getByRole('button', { name: 'Undo', exact: true }).click();
  await until(
    async () => !(await knob(page, 'Sanctions').isDisabled()),
    'knobs that can be turned',
  );
});

onLab('a knob writes into the text and leaves the rest of it alone', at, async (page) => {
  const own = sound.replace('set:\n', '# what if\n\nset:\n  # nobody minds\n');
  await begin(page, own);
  await state(page)
    .getByText(/^Sound/)
    .waitFor();
  await turnTo(page, 'Main knobs');
  assert.equal(await knob(page, 'Rights motive').inputValue(), '0');
  await turn(page, 'Rights motive', 2.5);
  await turnTo(page, 'YAML');
  assert.equal(await text(page).inputValue(), own.replace('coefficient: 0', 'coefficient: 2.5'));
});

onLab('names are text, whatever they hold', at, async (page) => {
  const name = '<img src=x onerror="globalThis.broken = 1"><b>bold</b>';
  await begin(
    page,
    `${sound.replace('Nobody minds rights', `'${name}'`)}events:
  - id: loud
    date: 2026-06
    change: {hold: rung, ladder: recognition, actors: [CHN], to: recognised}
    note: '</textarea><script>globalThis.broken = 1</script><img src=x>'
`,
  );
  await state(page)
    .getByText(/^Sound/)
    .waitFor();
  await shown(page, 16, 2);
  await cardSays(page, 1, [name]);
  await turnTo(page, 'Events');
  await page.getByRole('heading', { level: 3, name }).first().waitFor();
  await page
    .getByRole('button', { name: /^loud: June 2026/ })
    .first()
    .click();
  await page.getByText('<script>').last().waitFor();
  assert.equal(await page.evaluate(() => globalThis.broken), undefined);
  assert.equal(await page.locator('img').count(), 0);
});

onLab('a variant without a change is the baseline', at, async (page) => {
  await begin(page, 'entente: 1\ntitle: As it is\nquestion: What changes?\n');
  await state(page)
    .getByText(/^Sound/)
    .waitFor();
  await shown(page, 16, 2);
  await cardSays(page, 1, ['As it is', '0.0 ± 0.0 recognised', '0.0 ± 0.0 mission or higher']);
  await page.getByText('The two worlds never differ.').waitFor();
  await map(page).getByRole('combobox', { name: 'Colours' }).selectOption('against the baseline');
  await page.getByRole('heading', { level: 3, name: /^What “As it is” changes/ }).waitFor();
  assert.equal(await cards(page).count(), 2);
});
