import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Bundle, Decision, Question } from '../src/contract';
import { BakedEngine, unpack } from '../src/engine/baked';
import { EngineError } from '../src/engine/engine';

const question: Question = {
  outcome: 1, authority: 0, ladder: 1, actor: 3, step: 5, replicate: null,
};
const decision = (change: Partial<Question>): Decision =>
  ({ question: { ...question, ...change }, summary: JSON.stringify(change) }) as Decision;
const bundle = {
  format: 1,
  results: { run: '', seed: '18446744073709551615' },
  decisions: [
    decision({ step: 9 }), decision({}), decision({ actor: 4 }), decision({ outcome: 0 }),
  ],
  cascades: [{ outcome: 0, authority: 0, moves: 4.5 }],
} as unknown as Bundle;
const packed = (value: unknown): string =>
  deflateSync(Buffer.from(JSON.stringify(value))).toString('base64');

describe('the data of a report', () => {
  it('come out as they were put in', async () => {
    const odd = { ...bundle, source: 'Türkiye </script> \u2028.h5' };
    expect(await unpack(packed(odd))).toEqual(odd);
  });

  it('are refused where they are damaged or of another version', async () => {
    const text = packed(bundle);
    for (const bad of ['%', text.slice(0, -12), 'AAAA', packed({ ...bundle, format: 2 })]) {
      await expect(unpack(bad)).rejects.toBeInstanceOf(EngineError);
    }
  });

  it('answer the questions that were worked out, and no others', async () => {
    const engine = new BakedEngine(bundle);
    const { results } = bundle;
    expect(engine.live).toBe(false);
    expect(await engine.initial()).toBe(results);
    expect(await engine.explain(results, question)).toBe(bundle.decisions[1]);
    expect(await engine.explain(results, { ...question, step: 6 })).toBeNull();
    expect(await engine.explain(results, { ...question, replicate: 0 })).toBeNull();
    expect(await engine.explained(results, question)).toEqual([5, 9]);
    expect(await engine.cascade(results, 0, 0)).toBe(bundle.cascades[0]);
    expect(await engine.cascade(results, 1, 0)).toBeNull();
  });

  it('cannot simulate', async () => {
    const engine = new BakedEngine(bundle);
    await expect(engine.run()).rejects.toThrow('`entente lab`');
    await expect(engine.resultFile()).rejects.toBeInstanceOf(EngineError);
  });
});
