// What tests in a browser share: the program, a browser, pages that may neither err nor talk to
// strangers. A browser that cannot be started is a failure, never a skip.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import test, { after } from 'node:test';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../../../tools/lab/web/package.json', import.meta.url));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const named = process.env.ENTENTE_PROGRAM ?? process.argv[2];
assert.ok(named, 'ENTENTE_PROGRAM or the first argument names the program under test');
export const program = resolve(named);

/** After what time something counts as hung; no test depends on how long it takes [ms]. */
const patience = 60_000;

/** A folder of its own, which goes with the process. */
export const folder = mkdtempSync(join(tmpdir(), 'entente-browser-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/** Runs the program to its end and gives its standard output. */
export function entente(...words) {
  return execFileSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** What the program says with `--json`. */
export function told(...words) {
  return JSON.parse(entente(...words, '--json'));
}

/** The report of a run or a what-if: the address of its file. */
export function reportOf(name, ...run) {
  entente(...run, '-o', `${name}.h5`, '--quiet');
  entente('report', `${name}.h5`, '-o', `${name}.html`, '--quiet');
  return pathToFileURL(join(folder, `${name}.html`)).href;
}

const ends = []; // what the tests have started
after(async () => {
  for (const end of ends) await end();
});

/** Starts the lab; the address that it prints, and how to end it. It ends with the tests. */
export async function startLab(...words) {
  const child = spawn(program, ['lab', ...words], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', (status) => done(status)));
  const end = async () => {
    child.kill('SIGINT');
    return await ended;
  };
  ends.push(end);
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /http:\/\/\S+/.exec(line);
    if (found) return { address: found[0], end };
  }
  throw new Error(`the lab ended with ${await ended} before it said where it is`);
}

let browser = null;
/** The one browser of this process. */
async function theBrowser() {
  if (browser === null) {
    browser = await chromium.launch({
      executablePath: process.env.ENTENTE_CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-dev-shm-usage'],
    });
    ends.push(() => browser.close());
  }
  return browser;
}

/** A fresh page, as a visitor has it, that may ask `allowed` and nobody else. */
export async function newPage(allowed, options = {}) {
  const context = await (
    await theBrowser()
  ).newContext({
    viewport: { width: 1280, height: 900 },
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(patience);
  const faults = [];
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const address = request.url();
    if (!address.startsWith(allowed) && !/^(data|blob|about):/.test(address)) {
      faults.push(`request to ${address}`);
    }
  });
  return { page, context, faults };
}

/** Adds a test on a page that `open` opens; it ends without an error or a foreign request. */
function onPage(name, open, body) {
  test(name, async () => {
    const { page, context, faults } = await open();
    try {
      await body(page);
      assert.deepEqual(faults, []);
    } finally {
      await context.close();
    }
  });
}

/** A test on a report, without a network. @param address  function that gives it */
export function onReport(name, address, body, options = {}) {
  onPage(
    name,
    async () => {
      const visit = await newPage(address(), { offline: true, ...options });
      await visit.page.goto(address());
      return visit;
    },
    body,
  );
}

/** A test on the lab. @param lab  function that gives it */
export function onLab(name, lab, body, options = {}) {
  onPage(
    name,
    async () => {
      const visit = await newPage(new URL(lab().address).origin, options);
      await visit.page.goto(lab().address);
      return visit;
    },
    body,
  );
}

/** Waits until `ask` gives something that is true, and gives it. */
export async function until(ask, what) {
  const end = Date.now() + patience;
  for (;;) {
    const found = await ask();
    if (found) return found;
    assert.ok(Date.now() < end, `${what} did not come`);
    await new Promise((wake) => setTimeout(wake, 20));
  }
}

// Reading the page.

/** Cells of a table, head first. */
export async function cells(table) {
  return await table.evaluate((element) =>
    [...element.rows].map((row) => [...row.cells].map((cell) => cell.textContent.trim())),
  );
}

/** Head and rows of the table behind a figure. */
export async function tableOf(figure) {
  const toggle = figure.getByRole('button', { name: 'Table', exact: true });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
  return await cells(figure.getByRole('table').last());
}

/** Text of the file that a click hands over, and its name. */
export async function downloaded(page, button) {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  const bytes = readFileSync(await download.path());
  return { name: download.suggestedFilename(), bytes, text: bytes.toString('utf8') };
}

/** Rows of a CSV file (RFC 4180). */
export function csvRows(text) {
  const rows = [[]];
  for (const [, quoted, plain, end] of text.matchAll(
    /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g,
  )) {
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '\r\n') rows.push([]);
  }
  rows.pop();
  return rows;
}

/** Numbers of states that the legend of the map gives, by its words: {'0 severed': 158, ...}. */
export async function legend(page) {
  const items = page
    .getByRole('list', { name: 'Colours, with the number of states' })
    .getByRole('listitem');
  return Object.fromEntries(
    (await items.allInnerTexts()).map((text) => {
      const [, words, count] = /^(.*?)\s+(\d+)$/s.exec(text.trim());
      return [words.replace(/\s+/g, ' '), Number(count)];
    }),
  );
}

export const map = (page) => page.getByRole('region', { name: 'Map', exact: true });
export const slider = (page) => page.getByRole('slider', { name: 'Date', exact: true });
export const country = (page) => page.getByRole('region', { name: 'Country', exact: true });
export const finder = (page) =>
  page.getByRole('combobox', { name: 'Find a country by name or code' });

/** What axe finds against WCAG 2.2 A and AA and its own best practice, in words. */
export async function violations(page, rules = null) {
  // By the devtools, so that the page's own policy on scripts stays as strict as it is.
  if (!(await page.evaluate(() => 'axe' in globalThis))) {
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Runtime.evaluate', { expression: `${axe};0` });
    await devtools.detach();
  }
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
  const found = await page.evaluate(
    (runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ['violations'] }),
    rules ? { type: 'rule', values: rules } : { type: 'tag', values: tags },
  );
  return found.violations.map(({ id, help, nodes }) => {
    const where = nodes.map(({ html, any }) => `${html.slice(0, 160)} [${any[0]?.message ?? ''}]`);
    const more = where.length > 4 ? ` and ${where.length - 4} more` : '';
    return `${id}: ${help}: ${where.slice(0, 4).join(' | ')}${more}`;
  });
}

/** What sticks out of the page on the right, in words; empty when nothing does. */
export async function overflow(page) {
  return await page.evaluate(() => {
    const { scrollWidth } = document.documentElement;
    if (scrollWidth <= window.innerWidth) return [];
    const out = [...document.body.querySelectorAll('*')].filter(
      (element) => element.getBoundingClientRect().right > window.innerWidth + 0.5,
    );
    return [
      `${scrollWidth} px in ${window.innerWidth} px`,
      ...out.slice(0, 5).map((e) => e.outerHTML.slice(0, 120)),
    ];
  });
}
