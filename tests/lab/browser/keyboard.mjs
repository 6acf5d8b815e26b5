// The map by keys alone.
import assert from 'node:assert/strict';
import { country, finder, map, onReport, reportOf, slider, until } from './support.mjs';

const address = reportOf('keys', 'run', 'afghanistan-2021', '--replicates', '16');
const at = () => address;

/** The name of what has the focus. */
const focused = (page) =>
  page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
const said = (page) =>
  page.getByRole('status').and(page.locator('[aria-live]')).first().textContent();

/** Puts the focus on a country of the map by keys: tabs to the map, then goes by name. */
async function tabToMap(page) {
  await until(async () => {
    await page.keyboard.press('Tab');
    return page.evaluate(
      () => document.activeElement?.closest('[role=group][aria-label*="Arrow keys"]') !== null,
    );
  }, 'the map');
}

onReport('arrow keys go from neighbour to neighbour', at, async (page) => {
  await page.locator('body').press('Tab'); // the link to skip
  await page.keyboard.press('Enter');
  await tabToMap(page);
  assert.equal(await focused(page), 'Albania'); // the first by name
  await page.keyboard.press('End');
  assert.equal(await focused(page), 'Zimbabwe');
  const near = {
    ArrowUp: ['Zambia', 'Malawi', 'DR Congo'],
    ArrowDown: ['South Africa', 'Eswatini', 'Lesotho'],
    ArrowLeft: ['Botswana', 'Namibia', 'Angola', 'Zambia'],
    ArrowRight: ['Mozambique', 'Madagascar', 'Malawi'],
  };
  for (const [key, names] of Object.entries(near)) {
    await page.keyboard.press('End');
    await page.keyboard.press(key);
    const name = await focused(page);
    assert.ok(names.includes(name), `${key} leads from Zimbabwe to ${name}`);
  }
});

onReport('arrow keys reach every state', at, async (page) => {
  const all = await map(page)
    .getByRole('group', { name: /Arrow keys/ })
    .getByRole('button')
    .evaluateAll((found) => found.map((one) => one.getAttribute('aria-label')));
  assert.equal(new Set(all).size, 192);
  await tabToMap(page);
  // A walk over all countries, as the graph of single steps.
  const reached = await page.evaluate(async () => {
    const seen = new Set();
    const open = [document.activeElement];
    while (open.length > 0) {
      const from = open.pop();
      const name = from.getAttribute('aria-label');
      if (seen.has(name)) continue;
      seen.add(name);
      for (const key of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight']) {
        from.focus();
        from.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
        open.push(document.activeElement);
      }
    }
    return [...seen];
  });
  assert.deepEqual(
    all.filter((name) => !reached.includes(name)),
    [],
  );
});

onReport('what has the focus is said, and follows the date', at, async (page) => {
  await tabToMap(page);
  await page.keyboard.press('End');
  const now = await said(page);
  assert.match(now, /^Zimbabwe: \d \w+, .*%/);
  await page.keyboard.press('Enter');
  await country(page).getByRole('heading', { level: 2, name: 'Zimbabwe', exact: true }).waitFor();
  await until(async () => (await said(page)).includes('Zimbabwe chosen'), 'the choice to be said');
  // The same state says another value at another date.
  await finder(page).fill('Russia');
  await finder(page).press('Enter');
  const values = [];
  for (const key of ['Home', 'End']) {
    await slider(page).focus();
    await page.keyboard.press(key);
    await page.getByRole('link', { name: 'Skip to the content' }).focus();
    await page.keyboard.press('Enter');
    await tabToMap(page);
    assert.equal(await focused(page), 'Russia'); // the tab stop is on who was chosen
    values.push(await said(page));
  }
  assert.match(values[0], /^Russia: 3 mission/);
  assert.match(values[1], /^Russia: 4 ambassador/);
});

onReport('the map is one stop of the tab key', at, async (page) => {
  await tabToMap(page);
  await page.keyboard.press('Tab');
  const inside = () =>
    page.evaluate(
      () => document.activeElement?.closest('[role=group][aria-label*="Arrow keys"]') !== null,
    );
  assert.equal(await inside(), false);
  await page.keyboard.press('Shift+Tab');
  assert.equal(await inside(), true);
  assert.equal(await focused(page), 'Albania');
});
