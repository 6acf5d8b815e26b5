// Class mode: two people at one computer, their turns, and what the game was.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  csvRows,
  downloaded,
  folder,
  onLab,
  overflow,
  startLab,
  told,
  violations,
} from './support.mjs';

const lab = await startLab();
const game = (page) => page.getByRole('region', { name: 'Class mode', exact: true });
const press = (page, name) => game(page).getByRole('button', { name, exact: true }).click();
const option = (page, ladder, name) =>
  game(page).getByRole('group', { name: ladder, exact: true }).getByRole('radio', { name });

/** A game of two in the invented world. */
async function begin(page) {
  await page.getByRole('button', { name: 'Class mode', exact: true }).click();
  await game(page)
    .getByRole('combobox', { name: 'Scenario' })
    .selectOption('Ten states and a revolution');
  await game(page)
    .getByRole('combobox', { name: 'Country of seat 1' })
    .selectOption('Fortressa (FOR)');
  await press(page, 'Remove seat 4');
  await press(page, 'Remove seat 3');
  await game(page)
    .getByRole('combobox', { name: 'Country of seat 2' })
    .selectOption('Libertas (LIB)');
  await game(page).getByRole('textbox', { name: 'Player of seat 1' }).fill('Ada');
  await game(page).getByRole('textbox', { name: 'Player of seat 2' }).fill('Ben');
  await game(page).getByRole('combobox', { name: 'Turns' }).selectOption('8'); // quarters
  await press(page, 'Start the game');
}

/** Fortressa goes up or stays, then it is Libertas' turn. @return  what Ben sees */
async function adaDecides(page, up) {
  await press(page, 'I am Ada');
  const wish = option(page, 'recognition', up ? /^Up to/ : /^Stay on/);
  if (await wish.count()) await wish.check();
  await press(page, 'Decide');
  await game(page).getByRole('heading', { name: 'Pass to Ben' }).waitFor();
  assert.equal(await game(page).getByRole('radio').count(), 0);
  const between = await page.locator('body').innerText();
  assert.ok(!/Fortressa/.test(between), 'between the seats the other is shown');
  await press(page, 'I am Ben');
  await game(page).getByRole('button', { name: 'Decide', exact: true }).waitFor();
  return await page.locator('main').innerText();
}

onLab(
  'two play five turns, and see what they changed',
  () => lab,
  async (page) => {
    await begin(page);
    await press(page, 'Begin the turn');
    await game(page).getByRole('heading', { name: 'Pass to Ada' }).waitFor();
    const one = await adaDecides(page, true);
    await press(page, 'Begin this turn anew');
    await press(page, 'Begin the turn');
    const other = await adaDecides(page, false);
    assert.equal(one, other, 'Ben can see what Ada chose');
    await press(page, 'Begin this turn anew');

    for (let turn = 1; turn <= 5; turn += 1) {
      await game(page)
        .getByRole('heading', { name: new RegExp(`^Turn ${turn} of 5`) })
        .waitFor();
      await press(page, 'Begin the turn');
      await adaDecides(page, true);
      await press(page, 'Decide');
    }
    await game(page).getByRole('heading', { name: 'The game is over' }).waitFor();
    await game(page).getByRole('heading', { name: 'Was it you, or luck?' }).waitFor();

    // Agreement with the model, as the file of the decisions has it.
    const { text } = await downloaded(
      page,
      game(page).getByRole('button', { name: 'Decisions (CSV)' }),
    );
    const [head, ...rows] = csvRows(text);
    const column = (row, name) => row[head.indexOf(name)];
    assert.equal(rows.length, 2 * 5 * 3);
    for (const id of ['FOR', 'LIB']) {
      const own = rows.filter(
        (row) => column(row, 'country') === id && column(row, 'with chance') !== '',
      );
      const agreed = own.filter(
        (row) => column(row, 'you chose') === column(row, 'the model most probably'),
      );
      await game(page)
        .getByText(`${agreed.length} of ${own.length} decisions are what the model`)
        .first()
        .waitFor();
    }
    const recognised = rows.some(
      (row) => column(row, 'country') === 'FOR' && column(row, 'you chose') === 'recognised',
    );
    assert.ok(recognised, 'Fortressa went up and did not recognise');

    // The difference that they made is that of the command on the file of the game.
    const { name, bytes } = await downloaded(
      page,
      game(page).getByRole('button', { name: 'The game (YAML)' }),
    );
    writeFileSync(join(folder, name), bytes);
    const [variant] = told(
      'whatif',
      'classroom',
      name,
      '--replicates',
      '1',
      '--first-replicate',
      '0',
    ).variants;
    const only = variant.authorities[0].actors.filter(
      ({ ladders: { recognition } }) =>
        recognition.variant.recognised === 1 && recognition.baseline.recognised === 0,
    );
    assert.ok(only.some(({ id }) => id === 'FOR'));
    const line = await game(page)
      .getByText(/^Recognise at the end only with you:/)
      .innerText();
    for (const { name: who } of variant.authorities[0].actors) {
      assert.equal(
        line.includes(who),
        only.some((actor) => actor.name === who),
        `${line} ${who}`,
      );
    }
    assert.deepEqual(await violations(page), []);
    assert.deepEqual(await overflow(page), []);
  },
);

onLab(
  'a game outlives a reload, and its last turn can be undone',
  () => lab,
  async (page) => {
    await begin(page);
    await press(page, 'Begin the turn');
    await adaDecides(page, true);
    assert.deepEqual(await violations(page), []);
    await press(page, 'Decide');
    await game(page)
      .getByRole('heading', { name: /^Turn 2 of 5/ })
      .waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Class mode', exact: true }).click();
    await press(page, 'Go on with it');
    await game(page)
      .getByRole('heading', { name: /^Turn 2 of 5/ })
      .waitFor();
    await press(page, 'Undo the last turn');
    await game(page)
      .getByRole('heading', { name: /^Turn 1 of 5/ })
      .waitFor();
  },
  { viewport: { width: 412, height: 900 } },
);
