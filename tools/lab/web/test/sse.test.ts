import { describe, expect, it } from 'vitest';
import { EventParser } from '../src/engine/sse';

function parse(...pieces: string[]): { event: string; data: string }[] {
  const parser = new EventParser();
  return pieces.flatMap((piece) => parser.push(piece));
}

const done = { event: 'done', data: '{"run":"7"}' };

describe('a stream of events', () => {
  it('is the same wherever it is cut', () => {
    const text = ': hello\r\n\r\nevent: done\r\ndata: {"run":"7"}\r\n\r\nevent: a\ndata: 1\n\n';
    const whole = parse(text);
    expect(whole).toEqual([done, { event: 'a', data: '1' }]);
    for (let cut = 0; cut <= text.length; cut += 1) {
      expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    }
    expect(parse(...text)).toEqual(whole);
  });

  it('ends lines with LF, CR or both', () => {
    expect(parse('event: done\ndata: {"run":"7"}\n\n')).toEqual([done]);
    expect(parse('event: done\rdata: {"run":"7"}\r\r', ':')).toEqual([done]);
    expect(parse('event: done\r', '\ndata: {"run":"7"}\r', '\n\r', '\n')).toEqual([done]);
  });

  it('joins lines of data and takes one blank from each', () => {
    expect(parse('data: a\ndata:  b\ndata\ndata:c\n\n')).toEqual([
      { event: 'message', data: 'a\n b\n\nc' },
    ]);
  });

  it('passes over comments, other fields and events without data', () => {
    expect(parse(': alive\n\nevent: done\n\nid: 3\nretry: 10\ndata: x\n\n')).toEqual([
      { event: 'message', data: 'x' },
    ]);
  });

  it('waits for the empty line', () => {
    expect(parse('event: done\ndata: {}\n')).toEqual([]);
  });

  it('passes over a byte order mark', () => {
    expect(parse('\uFEFFdata: x\n\n')).toEqual([{ event: 'message', data: 'x' }]);
  });
});
