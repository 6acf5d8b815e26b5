// A report as its reader has it: one file, opened from disk, without a network.
import assert from 'node:assert/strict';
import {
  cells,
  country,
  csvRows,
  downloaded,
  finder,
  legend,
  map,
  onReport,
  overflow,
  reportOf,
  slider,
  tableOf,
  told,
  until,
} from './support.mjs';

// The page is told shares per mille; of 125 replicates they are exact, so that ties stay ties.
const run = ['run', 'afghanistan-2021', '--replicates', '125', '--seed', '7'];
const address = reportOf('report', ...run);
const at = () => address;
const numbers = told(...run);
const [authority] = numbers.authorities;

/** How many actors have each rung as their most probable one, as the legend words it. */
function mostProbable(ladder) {
  const rungs = authority.ladders[ladder].at_or_above.map(({ rung }) => rung);
  return Object.fromEntries(
    rungs.map((rung, n) => [
      `${n} ${rung}`,
      authority.actors.filter(({ ladders }) => ladders[ladder].most_probable === rung).length,
    ]),
  );
}

onReport('legend counts states as the command does', at, async (page) => {
  assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), numbers.title);
  assert.deepEqual(await legend(page), mostProbable('engagement'));
  await map(page).getByRole('combobox', { name: 'Ladder' }).selectOption('recognition');
  assert.deepEqual(await legend(page), mostProbable('recognition'));
});

onReport('counts over time end where the command says', at, async (page) => {
  const figure = page.getByRole('figure', { name: 'States at or above each rung: engagement' });
  const [head, ...rows] = await tableOf(figure);
  const column = (name) => head.findIndex((text) => text.includes(name));
  const ends = rows.filter(([date]) => date === numbers.time.end);
  assert.deepEqual(
    ends.map((row) => [row[1], Number(row[column('mean')])]),
    authority.ladders.engagement.at_or_above
      .slice(1)
      .map(({ rung, mean }) => [rung, Math.round(mean * 1000) / 1000]),
  );
  assert.equal(rows.length, numbers.time.steps * ends.length);
});

onReport('the file of a table has the rows of the table', at, async (page) => {
  for (const figure of await page.getByRole('figure').all()) {
    if (!(await figure.isVisible())) continue;
    const shown = await tableOf(figure);
    const { name, text } = await downloaded(
      page,
      figure.getByRole('button', { name: 'CSV', exact: true }),
    );
    assert.match(name, /^[a-z0-9.-]+\.csv$/);
    const saved = csvRows(text);
    assert.ok(saved.length > 1, name);
    // The table rounds to three digits, the file does not.
    const rounded = saved.map((row, place) =>
      row.map((cell, column) => {
        const number =
          shown[place]?.[column] !== cell && cell !== '' && Number.isFinite(Number(cell));
        return number ? String(Math.round(Number(cell) * 1000) / 1000) : cell.trim();
      }),
    );
    assert.deepEqual(rounded, shown, name);
  }
});

onReport('arrow keys move the date of the whole page', at, async (page) => {
  const date = slider(page);
  await date.focus();
  assert.equal(await date.getAttribute('aria-valuetext'), 'December 2025');
  const before = await legend(page);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await date.getAttribute('aria-valuetext'), 'November 2025');
  await page.keyboard.press('PageDown');
  assert.equal(await date.getAttribute('aria-valuetext'), 'November 2024');
  await page.keyboard.press('PageUp');
  assert.equal(await date.getAttribute('aria-valuetext'), 'November 2025');
  await page.keyboard.press('Home');
  assert.equal(await date.getAttribute('aria-valuetext'), 'August 2021');
  const start = await legend(page);
  assert.notDeepEqual(start, before);
  assert.equal(
    Object.values(start).reduce((sum, n) => sum + n),
    authority.actors.length,
  );
  await page.getByRole('heading', { level: 3, name: /at the end of August 2021/ }).waitFor();
  await page
    .getByText(/^August 2021: .* on record/)
    .first()
    .waitFor(); // the charts follow
  await page.keyboard.press('End');
  assert.deepEqual(await legend(page), before);
});

onReport('a step of the slider paints what differs and nothing else', at, async (page) => {
  await slider(page).focus();
  await page.evaluate(() => {
    globalThis.painted = [];
    new MutationObserver((changes) => {
      for (const { target, oldValue } of changes) {
        globalThis.painted.push([oldValue, target.getAttribute('fill')]);
      }
    }).observe(document.querySelector('[role=group][aria-label*="map"]'), {
      subtree: true,
      attributes: true,
      attributeFilter: ['fill'],
      attributeOldValue: true,
    });
  });
  for (let n = 0; n < 12; n += 1) await page.keyboard.press('ArrowLeft');
  const painted = await page.evaluate(() => globalThis.painted);
  assert.ok(painted.length > 0, 'a year goes by and no state moves');
  assert.ok(painted.length < authority.actors.length, `${painted.length} fills in 12 steps`);
  assert.deepEqual(
    painted.filter(([old, now]) => old === now),
    [],
  );
});

onReport('play runs to the end and can be paused', at, async (page) => {
  await page.getByRole('button', { name: 'To the first date' }).click();
  await page.getByRole('combobox', { name: 'Pictures per second' }).selectOption('30 a second');
  await page.getByRole('button', { name: 'Play' }).click();
  await until(async () => Number(await slider(page).inputValue()) > 2, 'a later date');
  await page.getByRole('button', { name: 'Pause' }).click();
  const rest = await slider(page).inputValue();
  await page.getByRole('button', { name: 'Play' }).waitFor();
  assert.equal(await slider(page).inputValue(), rest);
  await page
    .getByRole('combobox', { name: 'Steps between pictures' })
    .selectOption('every 12 months');
  await page.getByRole('button', { name: 'Play' }).click();
  await until(
    async () => (await slider(page).inputValue()) === String(numbers.time.steps - 1),
    'the last date',
  );
  await page.getByRole('button', { name: 'Play' }).waitFor();
});

onReport('a country is found without its marks and by its code', at, async (page) => {
  const asked = [
    ['turkiye', 'Türkiye'],
    ['civ', 'Ivory Coast'],
    ['TUR', 'Türkiye'],
    ['sao tome', 'São Tomé and Príncipe'],
  ];
  for (const [typed, name] of asked) {
    await finder(page).fill(typed);
    const first = page
      .getByRole('listbox', { name: 'Countries found' })
      .getByRole('option')
      .first();
    assert.match(await first.innerText(), new RegExp(`^${name}`), typed);
    await finder(page).press('Enter');
    await country(page).getByRole('heading', { level: 2, name, exact: true }).waitFor();
  }
  await finder(page).fill('atlantis');
  await page.getByText('No country of that name').waitFor();
  await finder(page).press('Escape');
  await country(page).getByRole('heading', { level: 2, name: 'São Tomé and Príncipe' }).waitFor();
});

onReport('a click on the map and on the list choose a country', at, async (page) => {
  await map(page).getByRole('button', { name: 'Brazil', exact: true }).click();
  await country(page).getByRole('heading', { level: 2, name: 'Brazil', exact: true }).waitFor();
  const brazil = authority.actors.find(({ id }) => id === 'BRA').ladders.engagement;
  const share = Math.round(brazil.probability[brazil.most_probable] * 100);
  const row = country(page).getByRole('button', { name: /^engagement/ });
  assert.match(await row.innerText(), new RegExp(`${brazil.most_probable}[^]*${share} %`));
  await map(page)
    .getByText(/^List of all/)
    .click();
  await map(page)
    .getByRole('region', { name: 'List of countries' })
    .getByRole('button', { name: 'Pakistan', exact: true })
    .click();
  await country(page).getByRole('heading', { level: 2, name: 'Pakistan', exact: true }).waitFor();
});

onReport('the list names every state with its rung and its share', at, async (page) => {
  await map(page)
    .getByText(/^List of all/)
    .click();
  const [, ...rows] = await cells(
    map(page).getByRole('region', { name: 'List of countries' }).getByRole('table'),
  );
  assert.equal(rows.length, authority.actors.length);
  const shown = new Map(rows.map(([name, text]) => [name, text]));
  const percent = (share) => {
    const text = Math.round(share * 100);
    return share >= 1 ? '100 %' : share > 0.99 ? '> 99 %' : `${text} %`;
  };
  for (const {
    name,
    ladders: { engagement, recognition },
  } of authority.actors) {
    const { most_probable: rung, probability } = engagement;
    const wanted = `${rung}, ${percent(probability[rung])}`;
    assert.ok(shown.get(name)?.includes(wanted), `${name}: ${shown.get(name)}, not ${wanted}`);
    const recognises = shown.get(name).includes('recognises');
    assert.equal(recognises, recognition.most_probable === 'recognised', name);
  }
});

onReport('history is shown where it is on record', at, async (page) => {
  await map(page).getByRole('combobox', { name: 'Colours' }).selectOption('history instead');
  const counts = await legend(page);
  const rungs = authority.ladders.engagement.at_or_above;
  assert.equal(counts['3 mission'] + counts['4 ambassador'], rungs[3].observed);
  assert.equal(counts['4 ambassador'], rungs[4].observed);
});

onReport('a report explains choices that it was given', at, async (page) => {
  await finder(page).fill('Pakistan');
  await finder(page).press('Enter');
  const dates = country(page).getByRole('group', { name: 'Dates that were worked out' });
  await dates.getByRole('button').first().click();
  const chosen = await dates.getByRole('button').first().innerText();
  assert.equal(await slider(page).getAttribute('aria-valuetext'), chosen);
  assert.equal(await dates.getByRole('button').first().getAttribute('aria-pressed'), 'true');
});

onReport('paper shows the pictures and none of the controls', at, async (page) => {
  const controls = [
    page.getByRole('combobox'),
    page.getByRole('slider'),
    page.getByRole('button', { name: /^(Table|CSV|Close|Play|Pause|Tiles|(Dark|Light) colours)$/ }),
    page.getByRole('button', { name: /^To the (first|last) date$/ }),
  ];
  await page.emulateMedia({ media: 'print' });
  for (const kind of controls)
    assert.equal(await kind.filter({ visible: true }).count(), 0, String(kind));
  assert.ok(await page.getByRole('group', { name: /^World: map/ }).isVisible());
  assert.ok(await page.getByRole('heading', { level: 1 }).isVisible());
  assert.deepEqual(await overflow(page), []);
  const pdf = await page.pdf({ format: 'A4' });
  assert.equal(pdf.subarray(0, 5).toString(), '%PDF-');
});
