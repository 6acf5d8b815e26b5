import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { nobody } from '../src/workbench/event_form';
import type { EventForm } from '../src/workbench/event_form';
import {
  changedEvent, eventsOf, freeId, movedEvent, withEvent, withScenarioEvent, withoutEvent,
} from '../src/workbench/event_text';
import {
  Numbers, edited, emptyVariant, offsetOf, syntaxProblems, textOf, withNumbers, withText,
} from '../src/workbench/variant_text';

const base = `# why
entente: 1
title: Talks # so called
question: What then?
set: {terms.rights.coefficient: 2} # by judgement
events:
  - id: first
    date: 2026-03
    duration: 6 months
    when:
      - {rights: conditional}
    change: {scale: sanctions, by: 0.5} # half
    note: Supposed
`;
const none = (): null => null;
const form: EventForm = {
  id: 'second', date: '2027-01', until: '', duration: '', probability: '0.5', conditional: false,
  note: '',
  changes: [{
    operation: 'hold', subject: 'rung:recognition', to: 'recognised', from: '', by: '',
    who: { ...nobody(), ids: ['CHN', 'PAK'] }, towards: null, of: [], authority: '', note: '',
  }],
};
const second = `  - id: second
    date: 2027-01
    probability: 0.5
    change: {hold: rung, ladder: recognition, actors: [CHN, PAK], to: recognised}
`;

describe('numbers of a variant', () => {
  it('go under set, and leave the rest as it is', () => {
    const path = 'authorities.IEA.sanctions';
    const more = withNumbers(base, new Map([[path, 0.4]]));
    expect(more).toBe(base.replace('coefficient: 2}', `coefficient: 2, ${path}: 0.4}`));
    expect(withNumbers(more, new Map([[path, null]]))).toBe(base);
    const less = withNumbers(base, new Map([['terms.rights.coefficient', null]]));
    expect(less).toBe(base.replace(/set: .*\n/, ''));
    expect(new Numbers(more).value(path)).toBe(0.4);
    expect(new Numbers(base).value(path)).toBeNull();
  });

  it('are found in the keys of the variant, too, and taken out of them', () => {
    const terms = 'terms: {rights: {coefficient: 1}}\n';
    const text = `${base}authorities:\n  IEA:\n    sanctions: 0.3\n${terms}`;
    expect(new Numbers(text).value('authorities.IEA.sanctions')).toBe(0.3);
    expect(new Numbers(text).value('terms.rights.coefficient')).toBe(2); // set has the last word
    const without = withNumbers(text, new Map([['authorities.IEA.sanctions', null]]));
    expect(without).toBe(`${base}terms: {rights: {coefficient: 1}}\n`);
    expect(new Numbers('title: x\nterms: off\n').value('terms.rights.coefficient')).toBeNull();
  });

  it('are not written into a text that cannot be read', () => {
    const broken = 'title: [x\nset: {a: 1}\n';
    expect(withNumbers(broken, new Map([['b', 1]]))).toBe(broken);
    expect(new Numbers(broken).readable).toBe(false);
    expect(syntaxProblems(broken)[0]?.line).toBeGreaterThan(0);
    expect(syntaxProblems('just words')[0]?.line).toBe(1);
    expect(syntaxProblems('a: 1\na: 2\n')[0]).toMatchObject({ line: 2, column: 1 });
  });

  it('begin with an empty variant', () => {
    const text = emptyVariant('Yes: no', 'What?');
    expect(text).toBe('entente: 1\ntitle: "Yes: no"\nquestion: What?\n');
    expect(withNumbers(text, new Map([['a.b', 1], ['c', -2.5]]))).toBe(
      `${text}set:\n  a.b: 1\n  c: -2.5\n`,
    );
    expect(textOf(text, 'title')).toBe('Yes: no');
    expect(withText(base, 'title', 'More talks')).toBe(base.replace('Talks', 'More talks'));
  });
});

describe('places in a text', () => {
  it('are counted from 1', () => {
    expect(offsetOf('ab\ncd\n', 1, 1)).toBe(0);
    expect(offsetOf('ab\ncd\n', 2, 2)).toBe(4);
    expect(offsetOf('ab\ncd\n', 2, 99)).toBe(5);
    expect(offsetOf('ab', 9, 1)).toBe(2);
    expect(offsetOf('ab', 0, 0)).toBe(0);
  });
});

describe('events of a variant', () => {
  it('are read with what the form knows', () => {
    const [event] = eventsOf(base).events;
    expect(event).toMatchObject({ id: 'first', date: '2026-03', duration: '6 months' });
    expect(event?.form).toMatchObject({ conditional: true, note: 'Supposed' });
    expect(event?.form?.changes[0]).toMatchObject({ operation: 'scale', by: '0.5', who: null });
  });

  it('are added behind the others', () => {
    expect(withEvent(base, form, none)).toBe(base + second);
    const first = withEvent(emptyVariant('T', 'Q'), form, none);
    expect(first).toBe(`${emptyVariant('T', 'Q')}events:\n${second}`);
  });

  it('change only where the form changed', () => {
    const event = eventsOf(base).events[0];
    if (!event?.form) throw new Error('no event');
    expect(changedEvent(base, event.path, event.form, none)).toBe(base);
    const shorter = { ...event.form, duration: '1 years', note: '' };
    expect(changedEvent(base, event.path, shorter, none)).toBe(
      base.replace('6 months', '1 year').replace('    note: Supposed\n', ''),
    );
  });

  it('move and go', () => {
    expect(movedEvent(base, ['events', 0], '2026-09')).toBe(base.replace('2026-03', '2026-09'));
    const dated = base.replace('duration: 6 months', 'until: 2026-06');
    expect(movedEvent(dated, ['events', 0], '2026-04')).toBe(dated.replace('2026-03', '2026-04'));
    expect(movedEvent(dated, ['events', 0], '2026-09')).toContain('until: 2026-09');
    const both = withEvent(base, form, none);
    expect(withoutEvent(both, ['events', 1])).toBe(base);
    expect(withoutEvent(withoutEvent(both, ['events', 1]), ['events', 0])).not.toContain('events');
  });

  it('stand beside events of the scenario that are taken out', () => {
    const out = withScenarioEvent(base, 'drought', false);
    expect(out).toContain('events:\n  add:\n    - id: first\n');
    expect(out).toContain('  remove: [drought]\n');
    expect(eventsOf(out)).toMatchObject({ removed: ['drought'], replaced: false });
    expect(eventsOf(out).events[0]).toMatchObject({ id: 'first', path: ['events', 'add', 0] });
    expect(eventsOf(withEvent(out, form, none)).events.map(({ id }) => id)).toEqual([
      'first', 'second',
    ]);
    const two = withScenarioEvent(out, 'war', false);
    expect(eventsOf(two).removed).toEqual(['drought', 'war']);
    expect(eventsOf(withScenarioEvent(two, 'drought', true)).removed).toEqual(['war']);
    expect(withScenarioEvent(out, 'drought', true)).toBe(base);
    const bare = emptyVariant('T', 'Q');
    const alone = withScenarioEvent(bare, 'drought', false);
    expect(alone).toBe(`${bare}events:\n  remove: [drought]\n`);
    expect(withScenarioEvent(alone, 'drought', true)).toBe(bare);
    expect(eventsOf(withoutEvent(out, ['events', 'add', 0]))).toMatchObject({
      events: [], removed: ['drought'],
    });
  });

  it('may take the place of all of the scenario', () => {
    const event = '    - {id: a, date: 2026-01, change: {set: x}}\n';
    const text = `entente: 1\nevents:\n  replace:\n${event}`;
    expect(eventsOf(text)).toMatchObject({ replaced: true });
    expect(eventsOf(text).events[0]?.path).toEqual(['events', 'replace', 0]);
    expect(eventsOf(withoutEvent(text, ['events', 'replace', 0]))).toMatchObject({
      events: [], replaced: true,
    });
  });

  it('have names of their own', () => {
    expect(freeId('CHN recognises', [])).toBe('chn-recognises');
    expect(freeId('a', ['a', 'a-2'])).toBe('a-3');
  });
});

describe('the variants that come with scenarios', () => {
  const root = new URL('../../../../scenarios/', import.meta.url);
  const texts = readdirSync(root, { withFileTypes: true }).flatMap((folder) => {
    const variants = new URL(`${folder.name}/variants/`, root);
    try {
      return readdirSync(variants).map((name) => readFileSync(new URL(name, variants), 'utf8'));
    } catch {
      return [];
    }
  });

  it('fit the form, every event of them', () => {
    expect(texts.length).toBeGreaterThan(10);
    for (const text of texts) {
      expect(syntaxProblems(text)).toEqual([]);
      expect(eventsOf(text).events.filter((event) => event.form === null)).toEqual([]);
    }
  });

  it('are the same after an edit and its opposite', () => {
    for (const text of texts) {
      const there = withNumbers(text, new Map([['temperature', 2]]));
      expect(there).toContain('temperature: 2');
      expect(withNumbers(there, new Map([['temperature', null]]))).toBe(text);
    }
  });

  it('change in the lines of an event alone when it moves', () => {
    for (const text of texts) {
      for (const { path, date } of eventsOf(text).events) {
        const moved = movedEvent(text, path, '2029-05').split('\n');
        const before = text.split('\n');
        expect(moved).toHaveLength(before.length);
        const changed = before.filter((line, n) => line !== moved[n]);
        expect(changed).toHaveLength(1);
        expect(changed[0]).toContain(date);
      }
    }
  });

  it('mean the same after a look at the form of each event', () => {
    const read = (yaml: string): unknown => {
      let value: unknown;
      edited(yaml, (document) => {
        value = document.toJS();
      });
      return value;
    };
    const kind = (subject: string): 'group' | 'covariate' | null => {
      if (subject === 'covariate') return subject;
      const ofGroup = /^(attack_rate|salience|activity|exposure|posture|kinship|enmity)$/;
      return ofGroup.test(subject) ? 'group' : null;
    };
    for (const text of texts) {
      for (const { path, form: event } of eventsOf(text).events) {
        if (event) expect(read(changedEvent(text, path, event, kind))).toEqual(read(text));
      }
    }
  });
});
