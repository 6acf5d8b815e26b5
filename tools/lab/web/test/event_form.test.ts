import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { changeWords, scenarioBar, ticks, variantBar } from '../src/workbench/bars';
import {
  changeOf, changeValue, eventOf, eventValue, formProblems, nobody, whoOf, whoValue,
} from '../src/workbench/event_form';
import type { EventForm } from '../src/workbench/event_form';
import type { Of, Subject } from '../src/workbench/subjects';

const yaml = (text: string): unknown => parseDocument(text).toJS();
const kinds: Record<string, Of> = { salience: 'group', offer: 'sector', covariate: 'covariate' };
const kindOf = (subject: string): Of | null => kinds[subject] ?? null;

describe('selectors', () => {
  it('go into a form and come back', () => {
    for (const text of [
      'all', '[CHN, PAK]', '{org: EU, ids: [GBR, NOR]}', '{region: [Asia, Europe]}',
      '{subregion: Central Asia, except: [TKM]}', '{ids: all, except: [RUS]}',
    ]) {
      const who = whoOf(yaml(text));
      expect(who && whoValue(who)).toEqual(yaml(text));
    }
    expect(whoOf('CHN')).toMatchObject({ ids: ['CHN'] });
    expect(whoOf(yaml('{org: SCO, except: RUS}'))).toMatchObject({ except: ['RUS'] });
  });

  it('that a form has no place for are left to the YAML', () => {
    expect(whoOf(yaml('{org: EU, except: {org: NATO}}'))).toBeNull();
    expect(whoOf(yaml('{club: EU}'))).toBeNull();
    expect(whoOf(3)).toBeNull();
  });
});

describe('changes', () => {
  // All of the example in docs/scenario-format.md.
  const examples = [
    '{add: salience, group: isis_k, actors: [RUS], by: 2}',
    '{set: rung, ladder: recognition, actors: [CHN], to: recognised}',
    '{hold: rung, ladder: engagement, actors: {org: EU}, to: dialogue}',
    '{band: rung, ladder: engagement, actors: {org: EU}, from: contact, to: mission}',
    '{set: rights, to: conditional}',
    '{add: hardliner, by: 0.1}',
    '{scale: rights_weight, actors: {org: EU}, by: 0.7}',
    '{set: offer, sector: mining, to: 0.8}',
    '{set: alignment, actors: [UZB], towards: [RUS], to: 0.3}',
    '{set: covariate, covariate: precedent, actors: [ESP, GRC], to: 0}',
    '{hold: control, authority: IEA, to: 1, note: why}',
  ];

  it('go into a form and come back', () => {
    for (const text of examples) {
      const change = changeOf(yaml(text));
      expect(change && changeValue(change, kindOf(change.subject))).toEqual(yaml(text));
    }
  });

  it('are said in words', () => {
    const words = examples.map((text) => {
      const change = changeOf(yaml(text));
      return change ? changeWords(change) : '';
    });
    expect(words[0]).toBe('RUS: salience +2 (isis k)');
    expect(words[1]).toBe('CHN: recognition set to recognised');
    expect(words[3]).toBe('EU: engagement between contact and mission');
    expect(words[6]).toBe('EU: rights weight times 0.7');
    expect(words[8]).toBe('UZB: alignment set to 0.3 towards RUS');
  });
});

describe('events', () => {
  const text =
    '{id: a, date: 2026-03, until: 2026-09, duration: 6 months, probability: 0.3, note: n, ' +
    'when: {rights: open}, change: [{add: control, by: -0.1}, {set: frozen, to: 1}]}';
  const form = eventOf(yaml(text)) as EventForm;

  it('go into a form and come back, but for conditions, which stay where they are', () => {
    expect(form.conditional).toBe(true);
    const { when, ...rest } = yaml(text) as Record<string, unknown>;
    expect(when).toBeDefined();
    expect(eventValue(form, kindOf)).toEqual(rest);
  });

  it('have one change without a list', () => {
    const one = { ...form, changes: form.changes.slice(0, 1) };
    expect(eventValue(one, kindOf).change).toEqual({ add: 'control', by: -0.1 });
  });

  it('are refused where the program would refuse them', () => {
    expect(formProblems(form)).toEqual([]);
    expect(formProblems({ ...form, probability: '1.2' })).toHaveLength(1);
    expect(formProblems({ ...form, duration: 'long' })).toHaveLength(1);
    const [first, second] = form.changes;
    if (!first || !second) throw new Error('no changes');
    expect(formProblems({ ...form, changes: [{ ...first, by: '' }] })).not.toEqual([]);
    expect(formProblems({ ...form, changes: [{ ...first, who: nobody() }] })).not.toEqual([]);
    expect(formProblems({ ...form, changes: [{ ...second, to: '0' }] })).toEqual([]);
  });

  it('are none where there is no change', () => {
    for (const odd of ['x', '{}', '{change: {}}', '{change: []}', '{change: [{by: 1}]}']) {
      expect(eventOf(yaml(odd))).toBeNull();
    }
  });
});

describe('bars', () => {
  const labels = Array.from({ length: 24 }, (_, n) => `${2026 + Math.floor(n / 12)}-0${n % 12}`);
  const time = { labels, unit: 'month' as const, start: '2026-01-01' };
  const known = [{ key: 'control', lasts: false }, { key: 'frozen', lasts: true }] as Subject[];
  const event = (change: string, more = '') => {
    const value = yaml(`{id: a, date: 2026-03, change: ${change}${more}}`) as { duration?: string };
    const duration = value.duration ?? '';
    return { path: [], id: 'a', date: '2026-03', duration, note: '', form: eventOf(value) };
  };

  it('last as long as the event does', () => {
    expect(variantBar(event('{set: frozen, to: 1}'), time, known)).toMatchObject({
      first: 2, steps: 22, forever: true,
    });
    expect(variantBar(event('{set: frozen, to: 1}', ', duration: 1 year'), time, known))
      .toMatchObject({ steps: 12, forever: false });
    expect(variantBar(event('{add: control, by: 1}'), time, known)).toMatchObject({
      steps: 1, forever: false,
    });
    expect(variantBar(event('{hold: control, to: 1}'), time, known).forever).toBe(true);
    expect(variantBar({ ...event('{set: frozen, to: 1}'), date: '2030' }, time, known).first)
      .toBeNull();
  });

  it('of the scenario end with it', () => {
    const told = {
      id: 'x', note: '', first_step: 20, last_step: null, duration: 12, probability: 0.35,
      conditional: true, what: 'w', actors: [],
    };
    expect(scenarioBar(told, 24)).toMatchObject({
      steps: 4, forever: false, remarks: 'probability 35 %, waits for conditions',
    });
  });

  it('stand over years', () => {
    expect(ticks(labels)).toEqual([{ text: '2026', share: 0 }, { text: '2027', share: 0.5 }]);
  });
});
