import type { World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import { nobody } from './event_form';
import type { ChangeForm, Who } from './event_form';
import { names, rungsOf } from './subjects';
import type { Operation, Subject } from './subjects';
import { sentence } from './turns';
import { picker } from './who';

const operationWords: Record<Operation, string> = {
  set: 'is set to', hold: 'is held at', band: 'stays between', add: 'changes by',
  scale: 'is multiplied by',
};
/** Of a rung: setting it once and holding it are told apart by what comes after. */
const rungWords: Partial<Record<Operation, string>> = {
  set: 'goes to (free to move on)', hold: 'goes to and keeps',
};

/** Fields for one change of an event: what, how, to what, who. */
export function changeFields(
  world: World, known: Subject[], start: ChangeForm, adapted: () => void,
): { element: HTMLElement; read(): ChangeForm } {
  const id = uniqueId('change');
  let form = start;
  let subject = known.find(({ key }) => key === form.subject);
  const what = h('select', { id: `${id}-what`, change: () => choose(what.value) });
  for (const heading of new Set(known.map((other) => other.heading))) {
    const inside = known.filter((other) => other.heading === heading);
    what.append(
      h('optgroup', { label: heading },
        ...inside.map(({ key, label }) => h('option', { value: key }, label))),
    );
  }
  if (!subject) what.append(h('option', { value: form.subject }, form.subject));
  what.value = form.subject;
  const how = h('select', {
    'aria-label': 'How it changes',
    change: () => {
      form = { ...form, operation: how.value as Operation };
      show();
    },
  });
  const values = h('span', { class: 'bench-line' });
  const meaning = h('p', { class: 'note' });
  const of = h('div', { class: 'bench-of' });
  const authority = h(
    'select',
    {
      'aria-label': 'Towards which authority',
      change: () => {
        form = { ...form, authority: authority.value };
      },
    },
    ...world.authorities.map((a) => h('option', { value: a.id }, a.name)),
  );
  const take = (key: 'who' | 'towards') => (who: Who): void => {
    form = { ...form, [key]: who };
  };
  const who = picker({ label: 'Who', world, selectors: true, changed: take('who') });
  const towards = picker({
    label: 'Towards whom', world, selectors: true, changed: take('towards'),
  });

  const choose = (key: string): void => {
    subject = known.find((other) => other.key === key);
    const operation = subject?.operations.includes(form.operation)
      ? form.operation : (subject?.operations[0] ?? form.operation);
    form = { ...form, subject: key, operation, to: '', from: '', by: '', of: [], authority: '' };
    show();
  };
  const value = (label: string, key: 'to' | 'from' | 'by'): HTMLElement => {
    const rungs = subject ? rungsOf(world, subject) : [];
    const set = (text: string): void => {
      form = { ...form, [key]: text };
    };
    if (rungs.length > 0) {
      const select = h(
        'select', { 'aria-label': label, change: () => set(select.value) },
        ...rungs.map((rung) => h('option', { value: rung }, rung)),
      );
      if (!rungs.includes(form[key])) set(rungs.at(key === 'from' ? 0 : -1) ?? '');
      select.value = form[key];
      return select;
    }
    const limits = key === 'by' ? {} : { min: subject?.low, max: subject?.high };
    const input = h('input', {
      type: 'number', step: 'any', 'aria-label': label, value: form[key], ...limits,
      input: () => set(input.value),
    });
    return input;
  };
  const show = (): void => {
    const operations = subject?.operations ?? [form.operation];
    fill(how, ...operations.map((operation) => h(
      'option', { value: operation },
      (subject?.kind === 'rung' && rungWords[operation]) || operationWords[operation],
    )));
    how.value = form.operation;
    const { operation } = form;
    if (operation === 'band') {
      fill(values, value('Lowest', 'from'), ' and ', value('Highest', 'to'));
    } else if (operation === 'add' || operation === 'scale') {
      fill(values, value('By how much', 'by'));
    } else {
      fill(values, value('To what', 'to'));
    }
    const range = subject?.kind === 'number' ? ` Range ${subject.low} to ${subject.high}.` : '';
    meaning.textContent = `${sentence(subject?.meaning ?? '')}${range}`;
    showOf();
    const several = world.authorities.length > 1 && (subject?.authority ?? false);
    authority.hidden = !several;
    if (several && form.authority === '') {
      form = { ...form, authority: world.authorities[0]?.id ?? '' };
    }
    if (several) authority.value = form.authority;
    who.element.hidden = !(subject?.actors ?? form.who !== null);
    towards.element.hidden = !(subject?.towards ?? form.towards !== null);
    form = {
      ...form,
      who: who.element.hidden ? null : (form.who ?? nobody()),
      towards: towards.element.hidden ? null : (form.towards ?? nobody()),
    };
    if (form.who) who.show(form.who);
    if (form.towards) towards.show(form.towards);
    adapted();
  };
  const showOf = (): void => {
    of.hidden = !subject?.of;
    if (!subject?.of) return;
    const possible = names(world, subject.of);
    if (form.of.length === 0) form = { ...form, of: possible.slice(0, 1).map((one) => one.id) };
    const kind = subject.of;
    fill(
      of,
      h('fieldset', {}, h('legend', {}, `Which ${kind}`), ...possible.map((one) => {
        const box = h('input', {
          type: 'checkbox', checked: form.of.includes(one.id) || form.of.includes('all'),
          change: () => {
            const chosen = form.of.includes('all') ? possible.map((p) => p.id) : form.of;
            const left = chosen.filter((name) => name !== one.id);
            form = { ...form, of: box.checked ? [...left, one.id] : left };
          },
        });
        return h('label', { class: 'bench-check' }, box, ` ${one.name}`);
      })),
    );
  };
  const element = h(
    'div', { class: 'bench-change' },
    h('div', { class: 'bench-line' },
      h('label', { for: `${id}-what`, class: 'visually-hidden' }, 'What changes'),
      what, how, values, authority),
    meaning, of, who.element, towards.element,
  );
  let ready = false;
  const first = adapted;
  adapted = () => {
    if (ready) first(); // not while the form is being put together
  };
  show();
  ready = true;
  return { element, read: () => form };
}
