import { describe, expect, it } from 'vitest';
import type { Knob, World } from '../src/contract';
import { command, recipe, resultName, seedOf, shellWord } from '../src/workbench/command';
import {
  countryKnobs, factorOf, levelled, movedBySeries, patternOf, rangeText, scaled, search, sliderStep,
  tellingKnobs, tidy,
} from '../src/workbench/knobs';
import { sentence } from '../src/workbench/turns';

const knob = (path: string, value: number, more: Partial<Knob> = {}): Knob => ({
  path, value, label: path.split('.').at(-1) ?? '', group: 'authority', actor: null, low: 0,
  high: 1, unit: '1', meaning: '', ...more,
});
const country = (id: string, key: string, value: number): Knob =>
  knob(`actors.override.${id}.${key}`, value, { group: 'country', actor: id });
const knobs = [
  knob('terms.rights.coefficient', 4.5, { group: 'coefficients', meaning: 'strength of rights' }),
  knob('authorities.IEA.sanctions', 0.65),
  country('PAK', 'need', 1), country('IRN', 'need', 0.6), country('CHN', 'exposure.ttp', 0.1),
  knob('authorities.IEA.actors.override.PAK.border', 1, { group: 'country', actor: 'PAK' }),
];

describe('knobs', () => {
  it('of countries are gathered by what they are', () => {
    expect(patternOf(knobs[5] as Knob)).toBe('authorities.IEA.actors.override.*.border');
    const kinds = countryKnobs(knobs);
    expect(kinds.map(({ pattern }) => pattern)).toEqual([
      'actors.override.*.need', 'actors.override.*.exposure.ttp',
      'authorities.IEA.actors.override.*.border',
    ]);
    expect([...(kinds[0]?.knobs.keys() ?? [])]).toEqual(['PAK', 'IRN']);
  });

  it('set a bloc to one value, or times a factor within limits', () => {
    const need = countryKnobs(knobs)[0];
    if (!need) throw new Error('no need');
    expect([...levelled(need, ['PAK', 'IRN', 'CHN'], 0.6)]).toEqual([
      ['actors.override.PAK.need', 0.6],
      ['actors.override.IRN.need', null], // as the scenario has it
    ]);
    expect([...scaled(need, ['PAK', 'IRN'], 1.5)]).toEqual([
      ['actors.override.PAK.need', 1], ['actors.override.IRN.need', 0.9],
    ]);
  });

  it('tell the factor that a bloc was multiplied by', () => {
    const need = countryKnobs(knobs)[0];
    if (!need) throw new Error('no need');
    const both = ['PAK', 'IRN'];
    for (const factor of [0, 0.5, 1.5, 1]) {
      const changes = scaled(need, both, factor);
      expect(factorOf(need, both, (path) => changes.get(path) ?? null)).toBe(factor);
    }
    expect(factorOf(need, both, () => null)).toBe(1);
    expect(factorOf(need, both, (path) => (path.includes('PAK') ? 0.2 : null))).toBeNull();
  });

  it('are found by words of their name, path and meaning', () => {
    expect(search(knobs, 'rights strength')).toEqual([knobs[0]]);
    expect(search(knobs, 'iea sanctions')).toEqual([knobs[1]]);
    expect(search(knobs, ' ')).toHaveLength(knobs.length);
    expect(search(knobs, 'nothing')).toEqual([]);
  });

  it('that tell most come first', () => {
    const acting = ['economic', 'pressure', 'switching', 'need'].map((term) =>
      knob(`terms.${term}.coefficient`, 1, { group: 'coefficients', label: term }));
    const world = {
      knobs: [...knobs, knob('authorities.IEA.mediation', 0), ...acting],
      authorities: [{ id: 'IEA', name: 'E' }],
    } as unknown as World;
    expect(tellingKnobs(world).map(({ label }) => label)).toEqual([
      'Sanctions', 'Rights motive', 'economic', 'pressure', 'need', // no mediation: nobody minds
    ]);
    expect(movedBySeries(world)).toEqual(['opposition', 'frozen']);
  });

  it('move in round steps', () => {
    expect(sliderStep(0, 1)).toBe(0.01);
    expect(sliderStep(0, 50)).toBe(0.5);
    expect(sliderStep(-20, 0)).toBe(0.2);
    expect(sliderStep(0.0001, 5)).toBe(0.05);
    expect(sliderStep(0, 0)).toBe(1);
    expect(tidy(0.1 + 0.2)).toBe(0.3);
    expect(rangeText([0.2, 0.8, 0.5])).toBe('0.2 to 0.8');
    expect(rangeText([0.5, 0.5])).toBe('0.5');
  });

  it('are explained without the symbols of formulas', () => {
    expect(sentence('wS: how much counts')).toBe('How much counts.');
    expect(sentence('share of hardliners (l)')).toBe('Share of hardliners.');
    expect(sentence('')).toBe('');
  });
});

describe('the command', () => {
  const workspace = {
    scenario: 'afghanistan-2026', edited: 0,
    variants: [{ name: 'a', yaml: '' }, { name: 'b', yaml: '' }],
  };

  it('does what the lab does', () => {
    expect(command(workspace, { replicates: 256, seed: '', first: 0 })).toBe(
      'entente whatif afghanistan-2026 a.yaml b.yaml --replicates 256 -o afghanistan-2026.h5',
    );
    const one = { ...workspace, variants: workspace.variants.slice(0, 1) };
    expect(command(one, { replicates: 64, seed: '7', first: 256 })).toBe(
      'entente whatif afghanistan-2026 a.yaml --seed 7 --first-replicate 256 --replicates 64 ' +
        '-o a.h5',
    );
    const none = { ...workspace, variants: [] };
    expect(command(none, { replicates: 16, seed: '', first: 0 })).toBe(
      'entente run afghanistan-2026 --replicates 16 -o afghanistan-2026.h5',
    );
    expect(resultName(one)).toBe('a.h5');
    expect(recipe(one, { replicates: 16, seed: '', first: 0 })).toContain('#  a.yaml\n');
  });

  it('stands in quotes where the shell would read more', () => {
    expect(shellWord('a-b.yaml')).toBe('a-b.yaml');
    expect(shellWord("it's")).toBe("'it'\\''s'");
    expect(shellWord('')).toBe("''");
  });

  it('takes seeds of 64 bits', () => {
    expect(seedOf(' 007 ')).toBe('7');
    expect(seedOf('18446744073709551615')).toBe('18446744073709551615');
    for (const bad of ['', '-1', '1.5', '18446744073709551616', 'x']) {
      expect(seedOf(bad)).toBeNull();
    }
  });
});
