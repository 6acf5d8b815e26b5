import type { Decision, Results } from '../contract';
import type { App, View } from '../store';
import { fill, h } from '../ui/dom';
import { dateText } from '../ui/format';
import { chances, enoughList, statusText } from './decision';
import { nearest } from './nearest';
import { barsFigure } from './bars';

type Place = Pick<View, 'outcome' | 'authority' | 'ladder' | 'actor' | 'step'>;
type Where = Place & { actor: number };

/** Steps that have an answer, null: all; and the answer for the nearest. */
interface Answer {
  steps: number[] | null;
  step: number | null;
  decision: Decision | null;
}

async function ask(app: App, results: Results, at: Where): Promise<Answer> {
  const { outcome, authority, ladder, actor } = at;
  const where = { outcome, authority, ladder, actor, replicate: null };
  const steps = await app.engine.explained(results, where);
  const step = steps === null ? at.step : nearest(steps, at.step);
  const decision = step === null ? null : await app.engine.explain(results, { ...where, step });
  return { steps, step, decision };
}

/** Why it moved or did not: the terms of the choice at a date, and what would have been enough. */
export function whySection(app: App): HTMLElement {
  const { store, engine } = app;
  const status = h('p', { class: 'note' });
  const odds = h('div', {});
  const summary = h('p', { class: 'summary' });
  const enough = h('div', {});
  const dates = h('div', {
    class: 'dates no-print', role: 'group', 'aria-label': 'Dates that were worked out',
  });
  const bars = barsFigure();
  const answer = h('div', { class: 'why' },
    h('div', {}, odds, bars.element), h('div', {}, enough, summary));
  const section = h('section', {}, h('h2', {}, 'Why it moves or stays'), dates, status, answer);
  let asked = 0;
  let timer = 0;
  let about: number | null = null; // whose answer is shown
  dates.hidden = answer.hidden = true;

  const showDates = (found: Answer, results: Results): void => {
    const steps = found.steps ?? [];
    dates.hidden = steps.length === 0;
    fill(dates, h('span', { class: 'note' }, 'Worked out for'), ...steps.map((one) =>
      h('button', {
        type: 'button', class: 'quiet', 'aria-pressed': String(one === found.step),
        click: () => store.set({ step: one, playing: false }),
      }, dateText(results.world.time.labels[one] ?? ''))));
  };
  const base = h('button', {
    type: 'button', class: 'quiet', click: () => store.set({ outcome: 0 }),
  }, 'Show the baseline');
  const fail = (text: string): void => {
    answer.hidden = true;
    fill(status, text);
  };
  const show = (decision: Decision, results: Results): void => {
    const rungs = results.world.ladders[decision.question.ladder]?.rungs ?? [];
    status.textContent = statusText(decision, results);
    fill(odds, chances(decision, rungs));
    fill(enough, enoughList(decision, results));
    summary.textContent = decision.summary;
    answer.classList.remove('stale');
    answer.hidden = false;
    bars.show(decision, results);
  };
  const work = async (at: Where, results: Results): Promise<void> => {
    asked += 1;
    const mine = asked;
    try {
      const found = await ask(app, results, at);
      if (mine !== asked) return;
      showDates(found, results);
      if (found.decision) show(found.decision, results);
      else if (engine.live) fail('There is no answer for this choice.');
      else {
        const where = at.outcome === 0 ? '' : ' for this variant';
        fail(`Not worked out in this report${where}. The command “entente explain” answers, and ` +
          'so does “entente lab”. ');
        if (at.outcome > 0) status.append(base);
      }
    } catch (error) {
      if (mine === asked) fail(error instanceof Error ? error.message : String(error));
    }
  };
  store.watch(['results', 'outcome', 'authority', 'ladder', 'actor', 'step'], (view) => {
    clearTimeout(timer);
    asked += 1; // what is under way is stale
    const { results, actor } = view;
    if (!results || actor === null) return;
    const at: Where = { ...view, actor };
    if (!engine.live) {
      void work(at, results);
      return;
    }
    if (actor !== about) answer.hidden = true; // it is of somebody else
    about = actor;
    status.textContent = 'Working it out …';
    answer.classList.add('stale');
    timer = window.setTimeout(() => void work(at, results), view.playing ? 1000 : 250);
  });
  return section;
}
