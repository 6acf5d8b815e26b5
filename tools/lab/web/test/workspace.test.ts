import { describe, expect, it } from 'vitest';
import { historyOf, historyText, settingsOf, usualSettings } from '../src/workbench/keep';
import {
  addVariant, changeYaml, commit, freeName, letter, newHistory, redo, removeVariant, renameVariant,
  turnTo, undo,
} from '../src/workbench/workspace';
import type { History, Workspace } from '../src/workbench/workspace';

const empty: Workspace = { scenario: 'case', variants: [], edited: 0 };
const two = addVariant(addVariant(empty, 'China first', 'a'), 'China first', 'b');

function edits(texts: string[], tag: string | null, apart: number): History {
  let history = newHistory(two);
  texts.forEach((text, n) => {
    history = commit(history, changeYaml(history.present, 1, text), tag, n * apart);
  });
  return history;
}

describe('a workspace', () => {
  it('names variants for files, each its own', () => {
    expect(two.variants.map(({ name }) => name)).toEqual(['china-first', 'china-first-2']);
    expect(two.edited).toBe(2);
    expect(freeName('Türkiye & Côte d’Ivoire: go!', [])).toBe('turkiye-cote-d-ivoire-go');
    expect(freeName('baseline', [])).toBe('baseline-2');
    expect(freeName('…', [])).toBe('variant');
    expect(freeName('x'.repeat(99), [])).toHaveLength(36);
  });

  it('takes eight variants', () => {
    let full = empty;
    for (let n = 0; n < 8; n += 1) full = addVariant(full, 'v', '');
    expect(full.variants).toHaveLength(8);
    expect(addVariant(full, 'v', '')).toBe(full);
    expect(letter(8)).toBe('H');
  });

  it('stays on the variant that is worked on when another goes', () => {
    const three = addVariant(two, 'third', 'c');
    expect(removeVariant(three, 1).edited).toBe(2);
    expect(removeVariant(three, 3).edited).toBe(2);
    expect(removeVariant(removeVariant(two, 1), 1)).toEqual(empty);
    expect(removeVariant({ ...three, edited: 0 }, 2).edited).toBe(0);
  });

  it('is the same where nothing changes', () => {
    expect(changeYaml(two, 1, 'a')).toBe(two);
    expect(renameVariant(two, 1, 'China first')).toBe(two);
  });
});

describe('undo', () => {
  it('goes back and forth', () => {
    const history = edits(['x', 'y'], null, 0);
    const back = undo(undo(history));
    expect(back.present).toBe(two);
    expect(undo(back)).toBe(back);
    expect(redo(redo(back)).present).toEqual(history.present);
    expect(redo(history)).toBe(history);
  });

  it('takes turns of one knob in quick succession as one', () => {
    expect(undo(edits(['x', 'y', 'z'], 'knob', 1000)).present).toBe(two);
    expect(edits(['x', 'y', 'z'], 'knob', 2000).past).toHaveLength(3);
  });

  it('does not join turns across a look at another world', () => {
    const once = edits(['x'], 'knob', 0);
    const again = turnTo(turnTo(once, 1), 2);
    expect(commit(again, changeYaml(again.present, 1, 'y'), 'knob', 1).past).toHaveLength(2);
  });

  it('forgets what was undone after an edit', () => {
    const back = undo(edits(['x'], null, 0));
    expect(commit(back, changeYaml(two, 1, 'z'), null, 0).future).toEqual([]);
  });

  it('keeps a hundred steps', () => {
    const texts = Array.from({ length: 150 }, (_, n) => `t${n}`);
    expect(edits(texts, null, 0).past).toHaveLength(100);
  });
});

describe('what is kept over a reload', () => {
  it('comes back as it was', () => {
    const history = undo(edits(['x', 'y'], null, 0));
    const back = historyOf(historyText(history));
    expect(back?.present).toEqual(history.present);
    expect(back?.past).toEqual(history.past);
    expect(back?.future).toEqual(history.future);
  });

  it('is how runs are set up, too', () => {
    const settings = { replicates: 64, seed: '18446744073709551615', first: 64, auto: false };
    expect(settingsOf(JSON.stringify(settings))).toEqual(settings);
    for (const bad of [{ replicates: 65 }, { seed: '-1' }, { first: 0.5 }, { auto: 'no' }]) {
      expect(settingsOf(JSON.stringify({ ...settings, ...bad }))).toEqual(usualSettings);
    }
    for (const text of [null, '', 'null', '{}']) expect(settingsOf(text)).toEqual(usualSettings);
  });

  it('is nothing where it is not a workspace', () => {
    const bad = JSON.stringify({ format: 1, past: [], future: [], present: { scenario: 'x' } });
    for (const text of [null, '', '{', '[]', 'null', bad, bad.replace('"x"', '"x","edited":0')]) {
      expect(historyOf(text)).toBeNull();
    }
  });
});
