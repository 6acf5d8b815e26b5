// How fast the page is; prints numbers and passes no judgement, for they depend on the machine and
// on what else it does (the load is printed beside them). Not a test:
//
//   node tests/lab/browser/measure.mjs build/release/bin/entente
//
// What is wanted on two quiet cores: the first picture within 2 s, a changed knob answered in about
// 1 s (256 replicates of two worlds, 192 states, 60 months), a step of the slider within a frame of
// 16.7 ms, of which the script takes less than 4 ms.
import { loadavg } from 'node:os';
import test from 'node:test';
import { knob, shown } from './bench.mjs';
import { legend, newPage, reportOf, slider, startLab } from './support.mjs';

const rounds = 7;

function say(what, times) {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share) =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))].toFixed(1);
  const numbers = `median ${at(0.5)}, 95 % ${at(0.95)}, most ${at(1)}`;
  process.stdout.write(
    `${what} [ms]: ${numbers} (${sorted.length} times, load ${loadavg()[0].toFixed(1)})\n`,
  );
}

/** From the request of an address to the first picture of the map. */
async function firstPictures(what, address) {
  const times = [];
  for (let n = 0; n < rounds; n += 1) {
    const { page, context } = await newPage('');
    const start = performance.now();
    await page.goto(address);
    await legend(page);
    await page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
    times.push(performance.now() - start);
    await context.close();
  }
  say(what, times);
}

/** From the change of a knob to the next frame after its results. */
async function knobs(page) {
  const said = await page.getByText(/^256 replicates of \d worlds? in /).elementHandle();
  const field = await knob(page, 'Sanctions').elementHandle();
  const times = [];
  for (let n = 0; n < rounds; n += 1) {
    times.push(
      await page.evaluate(
        async ([input, text, value]) => {
          const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
          const start = performance.now();
          input.value = value;
          input.dispatchEvent(new Event('change'));
          while (!text.textContent.startsWith('Running')) await frame();
          while (!text.textContent.startsWith('256 replicates')) await frame();
          await frame();
          return performance.now() - start;
        },
        [field, said, String(0.1 + 0.05 * n)],
      ),
    );
  }
  say('a changed knob, 256 replicates of two worlds', times);
}

/** A step of the slider at each frame, there and back. */
async function steps(page, what) {
  const input = await slider(page).elementHandle();
  const { script, frames } = await page.evaluate(async (range) => {
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    const script = [];
    const frames = [];
    const last = Number(range.max);
    let before = await frame();
    for (let n = 0; n < 4 * last; n += 1) {
      const place = n % (2 * last);
      range.value = String(place < last ? last - place : place - last);
      const start = performance.now();
      range.dispatchEvent(new Event('input'));
      script.push(performance.now() - start);
      const now = await frame();
      frames.push(now - before);
      before = now;
    }
    return { script, frames };
  }, input);
  say(`${what}, script`, script);
  say(`${what}, frame`, frames);
}

test('measure', async () => {
  const report = reportOf('measured', 'run', 'afghanistan-2026', '--replicates', '256');
  const lab = await startLab('--threads', '2');
  await firstPictures('first picture of a report', report);
  await firstPictures('first picture of the lab', lab.address);
  const { page, context } = await newPage('');
  await page.goto(lab.address);
  await shown(page, 256, 1);
  await steps(page, 'a step of the slider');
  await page.getByRole('button', { name: 'Pakistan', exact: true }).first().click();
  await steps(page, 'a step of the slider beside a chosen country');
  await knobs(page);
  await context.close();
});
