import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RowIndex } from '../../../simulator/salesforce/bulk/row-index.ts';

const text = fc.string({ unit: fc.constantFrom('"', '\n', '\r', ',', 'a', '\0', '😀'), maxLength: 12 });

test('rows begin where they were written, however the file is read', () => {
  fc.assert(
    fc.property(
      fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      fc.integer({ min: 1, max: 40 }),
      (rows, lineEnd, chunkLength) => {
        const written = rows.map((row) =>
          Buffer.from(row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',') + lineEnd),
        );
        const file = Buffer.concat(written);
        const index = new RowIndex();
        for (let start = 0; start < file.length; start += chunkLength) {
          index.add(file.subarray(start, start + chunkLength));
        }
        expect(index.count).toBe(rows.length);
        const read = written.map((_, row) => file.subarray(index.start(row), index.start(row + 1)));
        expect(read).toEqual(written);
      },
    ),
  );
});

test('more rows than the index had room for at first', () => {
  const index = new RowIndex();
  for (let row = 0; row < 5000; row++) index.add(Buffer.from('"1"\n'));
  expect([index.count, index.start(4999), index.start(5000)]).toEqual([5000, 19_996, 20_000]);
  expect(() => index.start(5001)).toThrow(RangeError);
});
