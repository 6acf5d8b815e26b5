import { h, uniqueId } from '../ui/dom';
import { sliderStep, tidy } from './knobs';

/** A number that can be turned, wherever it comes from. */
export interface Turn {
  label: string;
  unit: string;
  meaning: string;
  low: number; // of the slider; the field takes what the program takes
  high: number;
  baseline(): string; // in words; what the scenario has
  /** Where the baseline is marked on the slider; null: nowhere. */
  mark(): number | null;
  value(): number | null; // null: not one number
  changed(): boolean; // the variant sets it
  turn(value: number | null): void; // null: as the scenario has it
  enabled(): boolean;
}

export interface KnobRow {
  element: HTMLElement;
  update(): void; // from what is true now
}

/** Slider, field, unit, mark of the baseline, reset, meaning. */
export function knobRow(turn: Turn): KnobRow {
  const id = uniqueId('knob');
  const step = sliderStep(turn.low, turn.high);
  let held = false; // in somebody's hand: results that come meanwhile leave it as it is
  const slider = h('input', {
    type: 'range', min: tidy(Math.ceil(turn.low / step) * step), max: turn.high, step, id,
    'aria-describedby': `${id}-help`,
    input: () => {
      held = true;
      field.value = String(tidy(Number(slider.value)));
    },
    change: () => {
      held = false;
      turn.turn(tidy(Number(slider.value)));
    },
    blur: () => letGo(),
  });
  const field = h('input', {
    type: 'number', step: 'any', 'aria-label': `${turn.label}, number`,
    'aria-describedby': `${id}-help`,
    input: () => {
      held = true;
    },
    change: () => {
      held = false;
      const value = Number(field.value);
      if (field.value.trim() === '') turn.turn(null);
      else if (Number.isFinite(value)) turn.turn(value);
    },
    blur: () => letGo(),
  });
  const letGo = (): void => {
    if (!held) return;
    held = false;
    update();
  };
  const mark = h('span', { class: 'bench-mark', 'aria-hidden': 'true' });
  const reset = h(
    'button',
    {
      type: 'button', class: 'quiet', 'aria-label': `Reset ${turn.label}`,
      click: () => {
        turn.turn(null);
        slider.focus();
      },
    },
    'Reset',
  );
  const baseline = h('span', {});
  const unit = turn.unit === '' || turn.unit === '1' ? '' : turn.unit;
  const element = h(
    'div',
    { class: 'bench-knob' },
    h(
      'div',
      { class: 'bench-knob-head' },
      h('label', { for: id }, turn.label),
      h('span', { class: 'bench-number' }, field, unit !== '' && h('span', {}, unit)),
    ),
    h('div', { class: 'bench-slide' }, slider, mark),
    h(
      'div',
      { class: 'bench-knob-foot' },
      h('p', { class: 'note', id: `${id}-help` }, turn.meaning, ' ', baseline),
      reset,
    ),
  );
  const update = (): void => {
    const value = turn.value();
    const enabled = turn.enabled();
    const at = turn.mark();
    const share = at === null ? -1 : (at - turn.low) / (turn.high - turn.low);
    mark.hidden = !(share >= 0 && share <= 1);
    mark.style.setProperty('--share', String(share));
    if (!held) {
      slider.value = String(value ?? at ?? turn.low);
      field.value = value === null ? '' : String(tidy(value));
    }
    field.placeholder = value === null ? 'differs' : '';
    baseline.textContent = `Scenario: ${turn.baseline()}.`;
    element.classList.toggle('is-changed', turn.changed());
    reset.hidden = !turn.changed();
    for (const part of [slider, field, reset]) part.disabled = !enabled;
  };
  update();
  return { element, update };
}
