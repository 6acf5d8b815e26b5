import { expect, test } from 'vitest';
import { csvText } from '../src/ui/table';

test('CSV quotes what would break a row, as RFC 4180 has it', () => {
  const table = { columns: ['state', 'share'], rows: [['a "b", c', 0.5], ['d\ne', null]] };
  expect(csvText(table)).toBe('state,share\r\n"a ""b"", c",0.5\r\n"d\ne",\r\n');
});
