// What everybody can use: WCAG 2.2 AA as far as axe sees it and nothing off the edge, in light and
// in dark, on a desk and on a phone.
import assert from 'node:assert/strict';
import { setReplicates, shown, turn, turnTo, workbench } from './bench.mjs';
import {
  finder,
  legend,
  map,
  onLab,
  onReport,
  overflow,
  reportOf,
  startLab,
  violations,
} from './support.mjs';

const variants = ['china-recognises', 'rights-reform'];
const address = reportOf('access', 'whatif', 'afghanistan-2026', ...variants, '--replicates', '16');
const lab = await startLab();

/** Nothing that axe finds, and nothing off the edge; in dark only the colours are others. */
async function fine(page, where) {
  await page.emulateMedia({ colorScheme: 'light' });
  assert.deepEqual(await violations(page), [], where);
  assert.deepEqual(await overflow(page), [], where);
  await page.emulateMedia({ colorScheme: 'dark' });
  assert.deepEqual(await violations(page, ['color-contrast']), [], `${where}, dark`);
}

/** Opens all that can be opened. */
async function unfold(place) {
  await place.locator('details').evaluateAll((all) => {
    for (const details of all) details.open = true;
  });
}

for (const width of [1280, 412]) {
  const options = { viewport: { width, height: 900 }, reducedMotion: 'reduce' };

  onReport(
    `a report at ${width} px`,
    () => address,
    async (page) => {
      await legend(page);
      await fine(page, 'as it opens');
      await finder(page).fill('Pakistan');
      await finder(page).press('Enter');
      await map(page).getByRole('combobox', { name: 'World' }).selectOption('China recognises');
      await map(page)
        .getByRole('combobox', { name: 'Colours' })
        .selectOption('against the baseline');
      await unfold(page);
      for (const toggle of (
        await page.getByRole('button', { name: 'Table', exact: true }).all()
      ).slice(0, 3)) {
        if (await toggle.isVisible()) await toggle.click();
      }
      await fine(page, 'with all that opens');
    },
    options,
  );

  onLab(
    `the lab at ${width} px`,
    () => lab,
    async (page) => {
      await shown(page, 256, 1);
      await setReplicates(page, 16, 1);
      await turn(page, 'Sanctions', 0.2);
      await shown(page, 16, 2);
      await workbench(page)
        .getByText(/variants that come with it$/)
        .click();
      await fine(page, 'main knobs');
      for (const name of ['All knobs', 'Events', 'YAML', 'Files']) {
        await turnTo(page, name);
        await unfold(workbench(page));
        assert.deepEqual(await overflow(page), [], name);
      }
      await turnTo(page, 'Events');
      await fine(page, 'events');
    },
    options,
  );

  onLab(
    `lessons at ${width} px`,
    () => lab,
    async (page) => {
      await page.getByRole('button', { name: 'Lessons', exact: true }).click();
      await page.getByRole('button', { name: 'Open lesson 1' }).click();
      const parts = page
        .getByRole('navigation', { name: 'Parts of the lesson' })
        .getByRole('button');
      await parts.nth(1).click();
      assert.deepEqual(await overflow(page), []);
      await parts.nth(4).click();
      await unfold(page.getByRole('region', { name: 'Lessons' }));
      await fine(page, 'a step');
    },
    options,
  );

  onLab(
    `class mode at ${width} px`,
    () => lab,
    async (page) => {
      await page.getByRole('button', { name: 'Class mode', exact: true }).click();
      await fine(page, 'the beginning');
    },
    options,
  );
}
