// A lesson as a learner goes through it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { cards, shown } from './bench.mjs';
import { downloaded, onLab, startLab, until } from './support.mjs';

const lab = await startLab();
const at = () => lab;
const text = readFileSync(
  new URL('../../../docs/lessons/1-engage-without-recognising.md', import.meta.url),
  'utf8',
);

/** Options of the questions of a part of the lesson, the right one marked. */
function quiz(part) {
  const [section] = new RegExp(`^## ${part}[^]*?(?=^## |(?![^]))`, 'm').exec(text);
  return section
    .split(/^### /m)
    .slice(1)
    .map((question) =>
      [...question.matchAll(/^- \[(.)\] (.*)$/gm)].map(([, mark, option]) => ({
        right: mark === 'x',
        option,
      })),
    );
}

const lessons = (page) => page.getByRole('region', { name: 'Lessons', exact: true });
const goTo = (page, name) =>
  page
    .getByRole('navigation', { name: 'Parts of the lesson' })
    .getByRole('button', { name })
    .click();

async function begin(page) {
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Open lesson 1' }).click();
  await lessons(page).getByText('After this lesson you can:').waitFor();
}

/** Answers the quiz that is shown; the first `wrong` questions wrongly. */
async function answer(page, part, wrong) {
  const questions = quiz(part);
  assert.equal(questions.length, 3);
  const submit = lessons(page).getByRole('button', { name: 'Submit' });
  assert.ok(await submit.isDisabled(), 'a quiz without answers can be submitted');
  for (const [n, options] of questions.entries()) {
    const { option } = options.find(({ right }) => right === n >= wrong);
    await lessons(page).getByRole('radio', { name: option }).check();
  }
  await submit.click();
}

onLab('the quiz is scored before and after', at, async (page) => {
  await begin(page);
  await lessons(page).getByRole('button', { name: 'Next', exact: true }).click();
  await answer(page, 'Before', 1);
  await lessons(page).getByText('2 of 3 right. The lesson comes back to them.').waitFor();
  assert.equal(await lessons(page).getByText('✓ right').count(), 3);
  assert.equal(await lessons(page).getByText('✗ not so').count(), 1);
  await goTo(page, /^After/);
  await answer(page, 'After', 0);
  await lessons(page).getByText('3 of 3 right, 1 more than before (2).').waitFor();
});

onLab('a step runs what it names and shows it', at, async (page) => {
  await begin(page);
  await goTo(page, /^4\b/);
  await lessons(page).getByRole('button', { name: 'Try it' }).click();
  await lessons(page).getByText(/^Done/).waitFor();
  const [step] = /^### 4\.[^]*?(?=^### 5)/m.exec(text);
  const titles = [...step.matchAll(/^title: (.*)$/gm)].map(([, title]) => title);
  assert.ok(titles.length >= 2);
  await shown(page, 256, titles.length + 1);
  const told = await cards(page).allInnerTexts();
  assert.equal(told.length, titles.length + 1);
  for (const [n, title] of titles.entries()) {
    assert.ok(told[n + 1].includes(title), `${told[n + 1]}, not ${title}`);
    assert.match(told[n + 1].replace(/\s+/g, ' '), /[+−]?\d+\.\d recognised/);
  }
});

onLab('what was written and scored is handed over as text', at, async (page) => {
  await begin(page);
  await goTo(page, /^Before/);
  await answer(page, 'Before', 3);
  await lessons(page).getByText('0 of 3 right.').waitFor();
  await goTo(page, /^Discussion/);
  await lessons(page).getByRole('textbox').first().fill('Because a mission is quiet.');
  const { name, text: answers } = await downloaded(
    page,
    lessons(page).getByRole('button', { name: 'Download my answers' }).first(),
  );
  assert.equal(name, 'lesson-1-answers.txt');
  assert.match(answers, /Quiz before: 0 of 3/);
  assert.match(answers, /Quiz after: not answered/);
  assert.match(answers, /Because a mission is quiet\./);
  await page.reload();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('button', { name: 'Open lesson 1' }).click();
  await until(
    async () =>
      (await lessons(page).getByRole('textbox').first().inputValue()) ===
      'Because a mission is quiet.',
    'the answer that was written',
  );
  await lessons(page).getByRole('button', { name: 'Start anew' }).click();
  await goTo(page, /^Before/);
  assert.equal(await lessons(page).getByRole('radio', { checked: true }).count(), 0);
});
