import type { World } from '../contract';
import { fill, h, uniqueId } from '../ui/dom';
import type { Workbench } from './bench';
import { dateOf, durationText, durationUnits, parseDuration, stepOf } from './calendar';
import type { DurationUnit } from './calendar';
import { changeFields } from './change_fields';
import { formProblems, nobody } from './event_form';
import type { ChangeForm, EventForm } from './event_form';
import { changedEvent, eventsOf, freeId, withEvent } from './event_text';
import type { VariantEvent } from './event_text';
import { dates } from './main_knobs';
import { subjects } from './subjects';
import type { Subject } from './subjects';

export interface EventEditor {
  element: HTMLElement;
  /** Shows the form for an event; null: for a new one, of the subject if one is given. */
  open(event: VariantEvent | null, subject?: string): void;
}

const blankChange: ChangeForm = {
  operation: 'set', subject: '', to: '', from: '', by: '', of: [], who: null, towards: null,
  authority: '', note: '',
};

function newForm(world: World, subject?: string): EventForm {
  const recognition = world.ladders.find(({ role }) => role === 'recognition');
  const rung = recognition?.rungs[recognition.recognises_from ?? 1] ?? '';
  const change: ChangeForm = {
    ...blankChange, operation: 'hold', subject: 'rung:recognition', to: rung, who: nobody(),
  };
  const date = dateOf(world.time, Math.floor(world.time.labels.length / 10));
  const other = subject === undefined ? change : { ...blankChange, subject };
  return {
    id: '', date, until: '', duration: '', probability: '', conditional: false, note: '',
    changes: [other],
  };
}

/** A form for an event of the variant: what, who, when, for how long, how probable. */
export function eventEditor(bench: Workbench): EventEditor {
  const form = h('form', { class: 'bench-form', hidden: true, 'aria-label': 'Event' });
  let opener: HTMLElement | null = null;
  const close = (): void => {
    form.hidden = true;
    opener?.focus();
  };
  const open = (event: VariantEvent | null, subject?: string): void => {
    const { world } = bench;
    if (!world) return;
    opener = document.activeElement as HTMLElement | null;
    const known = subjects(world);
    const parts = fields(world, known, event?.form ?? newForm(world, subject));
    const said = h('div', { class: 'error', role: 'alert' });
    const save = h('button', { type: 'submit', class: 'primary' }, event ? 'Save' : 'Add');
    const cancel = h('button', { type: 'button', click: close }, 'Cancel');
    fill(
      form,
      h('h3', {}, event ? `Event ${event.id || event.date}` : 'New event'),
      parts.element,
      said,
      h('div', { class: 'buttons' }, save, cancel),
    );
    const worked = bench.variant?.name;
    form.onsubmit = (submitted) => {
      submitted.preventDefault();
      const made = parts.read();
      const problems = formProblems(made);
      if (event && bench.variant?.name !== worked) {
        problems.push('Another variant is being worked on now; cancel and open the event again.');
      }
      fill(said, ...problems.map((text) => h('p', {}, text)));
      if (problems.length > 0) return;
      const kindOf = (key: string): Subject['of'] => known.find((s) => s.key === key)?.of ?? null;
      bench.editVariant((yaml) => {
        if (event) return changedEvent(yaml, event.path, made, kindOf);
        const taken = [...eventsOf(yaml).events, ...world.events].map(({ id }) => id);
        const id = freeId(made.id || wish(made), taken);
        return withEvent(yaml, { ...made, id }, kindOf);
      });
      close();
    };
    form.hidden = false;
    form.querySelector<HTMLElement>('select, input')?.focus();
  };
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') close();
  });
  bench.on(['scenario'], () => {
    form.hidden = true;
  });
  return { element: form, open };
}

/** A name for an event that was given none: `chn-recognition`. */
function wish({ changes, date }: EventForm): string {
  const change = changes[0];
  if (!change) return date;
  const who = change.who?.ids.length === 1 ? `${change.who.ids[0]}-` : '';
  return `${who}${change.subject.replace(/^rung:/, '')}-${date}`;
}

function fields(
  world: World, known: Subject[], start: EventForm,
): { element: HTMLElement; read(): EventForm } {
  const id = uniqueId('event');
  const field = (name: string, label: string, input: HTMLElement): HTMLElement => {
    input.id = `${id}-${name}`;
    return h('div', { class: 'bench-field' }, h('label', { for: input.id }, label), input);
  };
  const list = h('div', {});
  let changes = start.changes.map((change) => changeFields(world, known, change, () => adapt()));
  const showChanges = (): void => {
    fill(
      list,
      ...changes.map((part, n) =>
        h(
          'fieldset', {},
          h('legend', {}, changes.length > 1 ? `What happens (${n + 1})` : 'What happens'),
          part.element,
          changes.length > 1 &&
            h(
              'button',
              {
                type: 'button', class: 'quiet',
                click: () => {
                  changes = changes.filter((other) => other !== part);
                  showChanges();
                },
              },
              'Remove this change',
            ),
        )),
    );
    adapt();
  };
  const more = h(
    'button',
    {
      type: 'button', class: 'quiet',
      click: () => {
        const [next] = newForm(world).changes;
        if (next) changes.push(changeFields(world, known, next, () => adapt()));
        showChanges();
      },
    },
    'Add another change',
  );
  const step = stepOf(world.time, start.date);
  const date = dates(world, 'When', step ?? 0);
  date.removeAttribute('aria-label');
  const duration = parseDuration(start.duration);
  const number = h('input', {
    type: 'number', min: 1, max: 1000, step: 1, value: duration?.number ?? '', size: 4,
    placeholder: 'for good',
  });
  const unit = h(
    'select', { 'aria-label': 'Unit of the duration' },
    ...durationUnits.map((name) => h('option', { value: name }, `${name}s`)),
  );
  unit.value = duration?.unit ?? 'month';
  const lasts = h('div', { class: 'bench-line' }, field('duration', 'For how long', number), unit);
  const probability = h('input', { type: 'number', min: 0, max: 100, step: 'any', size: 5 });
  probability.value = String(Math.round(Number(start.probability || 1) * 1e6) / 1e4);
  const name = h('input', { value: start.id, placeholder: 'made from its content', size: 20 });
  const note = h('input', { value: start.note, placeholder: 'why, with the source', size: 40 });

  /** Rungs and states that are set once do not last. */
  const adapt = (): void => {
    lasts.hidden = changes.some((part) => {
      const { operation, subject } = part.read();
      const lasting = known.find(({ key }) => key === subject)?.lasts ?? true;
      return !lasting && operation !== 'hold' && operation !== 'band';
    });
  };
  showChanges();

  const read = (): EventForm => {
    const chosen = Number(date.value);
    const length: string = lasts.hidden || number.value === ''
      ? ''
      : durationText({ number: Number(number.value), unit: unit.value as DurationUnit });
    const share = Math.round(Number(probability.value || 100) * 1e4) / 1e6;
    return {
      ...start,
      id: name.value.trim(),
      date: chosen === step ? start.date : dateOf(world.time, chosen), // a day within it is kept
      duration: length,
      probability: share === 1 ? '' : String(share),
      note: note.value.trim(),
      changes: changes.map((part) => part.read()),
    };
  };
  const element = h(
    'div', {},
    list, more,
    h(
      'div', { class: 'bench-row' },
      field('date', 'When', date), lasts, field('probability', 'Probability, %', probability),
    ),
    h('div', { class: 'bench-row' }, field('id', 'Name', name), field('note', 'Note', note)),
    start.conditional &&
      h('p', { class: 'note' }, 'It also waits for conditions; they stand in the YAML and stay.'),
  );
  return { element, read };
}
