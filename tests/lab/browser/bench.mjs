// The workbench of the lab, as hands and eyes have it.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { downloaded, folder, program, until } from './support.mjs';

export const workbench = (page) => page.getByRole('region', { name: 'Workbench', exact: true });
const worlds = (page) => page.getByRole('tablist', { name: 'Baseline and variants' });
export const cards = (page) => worlds(page).getByRole('tab');

/** Turns to a way of changing the variant: `YAML`, `Files`. */
export async function turnTo(page, name) {
  await page
    .getByRole('tablist', { name: 'Ways to change the variant' })
    .getByRole('tab', { name, exact: true })
    .click();
}

/** Waits until the lab says that it shows so many replicates of so many worlds. */
export async function shown(page, replicates, count) {
  const noun = count === 1 ? 'world' : 'worlds';
  await workbench(page)
    .getByText(new RegExp(`^${replicates} replicates of ${count} ${noun} in `))
    .waitFor();
}

/** Waits until nothing runs. */
export async function rest(page) {
  await workbench(page)
    .getByRole('button', { name: 'Cancel', exact: true })
    .waitFor({ state: 'hidden' });
}

export async function setReplicates(page, replicates, count) {
  await workbench(page)
    .getByRole('combobox', { name: 'Replicates' })
    .selectOption(String(replicates));
  await shown(page, replicates, count);
}

/** The number of a knob, as the field beside its slider has it. */
export const knob = (page, name) => page.getByRole('spinbutton', { name: `${name}, number` });

/** Writes into a knob's field, as a hand does. */
export async function turn(page, name, value) {
  await knob(page, name).fill(String(value));
  await knob(page, name).press('Enter');
}

/** The text of a card, on one line. */
export async function cardText(page, place) {
  return (await cards(page).nth(place).innerText()).replace(/\s+/g, ' ');
}

/** Waits until a card has the words. */
export async function cardSays(page, place, words) {
  await until(
    async () => {
      const text = (await cards(page).count()) > place ? await cardText(page, place) : '';
      return words.every((part) => text.includes(part));
    },
    `${words.join(', ')} on card ${place}`,
  );
}

/** Takes all files of variants out of the lab, into the folder of the tests. */
export async function takeVariants(page) {
  await turnTo(page, 'Files');
  const names = [];
  for (const button of await page.getByRole('button', { name: /\.yaml$/ }).all()) {
    const { name, bytes } = await downloaded(page, button);
    writeFileSync(join(folder, name), bytes);
    names.push(name);
  }
  return names;
}

/** Does in a shell what the lab says that does the same. */
export async function runCommandOf(page) {
  await turnTo(page, 'Files');
  const text = await page.getByRole('region', { name: 'The command' }).innerText();
  execFileSync('bash', ['-c', `${text} --quiet`.replace(/\n --quiet/, ' --quiet')], {
    cwd: folder,
    env: { ...process.env, PATH: `${dirname(program)}:${process.env.PATH}` },
  });
  return text;
}

/** A number as the page shows differences. */
function signed(value) {
  const text = value.toFixed(1);
  if (Number(text) === 0) return '0.0';
  return (Number(text) > 0 ? '+' : '') + text.replace('-', '−');
}

/** What the card of the baseline says of a run. */
export function headline(run) {
  const { ladders } = run.authorities[0];
  const mean = (ladder, rung) => ladders[ladder].at_or_above.find((one) => one.rung === rung).mean;
  return [
    `${mean('recognition', 'recognised').toFixed(1)} recognised`,
    `${mean('engagement', 'mission').toFixed(1)} mission or higher`,
  ];
}

/** What the card of a variant says of a what-if. */
export function differences({ authorities: [{ ladders }] }) {
  return [
    ['recognition', 'recognised', 'recognised'],
    ['engagement', 'mission', 'mission or higher'],
  ].map(([ladder, rung, words]) => {
    const { difference, low, high } = ladders[ladder].at_or_above.find(
      (one) => one.rung === rung,
    ).end;
    return `${signed(difference)} ± ${((high - low) / 2).toFixed(1)} ${words}`;
  });
}
