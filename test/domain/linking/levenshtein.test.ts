import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countBits, letterBits, LevenshteinMeter, mostEdits } from '../../../lambdas/domain/linking/levenshtein.ts';

/** The whole matrix, as it stands in books. */
function naiveDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const text = fc.string({ unit: fc.constantFrom(...'abc '), maxLength: 14 });

describe('the Levenshtein meter', () => {
  const meter = new LevenshteinMeter();

  it('gives the distance, or more than asked for', () => {
    fc.assert(
      fc.property(text, text, fc.nat(16), (a, b, most) => {
        const expected = naiveDistance(a, b);
        const found = meter.distance(a, b, most);
        if (expected <= most) expect(found).toBe(expected);
        else expect(found).toBeGreaterThan(most);
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the ratio to the longer text, rounded half up, from the threshold on', () => {
    fc.assert(
      fc.property(text, text, fc.integer({ min: 5_000, max: 10_000 }), (a, b, least) => {
        const longer = BigInt(Math.max(a.length, b.length));
        const kept = 20_000n * (longer - BigInt(naiveDistance(a, b)));
        const ratio = a === '' || b === '' ? 0 : Number((kept + longer) / (2n * longer));
        expect(meter.likeness(a, b, least)).toBe(ratio < least ? 0 : ratio);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['abcdefghijklmnopqrst', 'abcdefghijklmnopqxyz', 8_500],
    ['abcdefghijklmnopqrst', 'abcdefghijklmnopwxyz', 0],
    ['abcdefgh', 'abcdefg', 8_750],
    ['abcdef', 'abcdeg', 0],
    ['same', 'same', 10_000],
  ])('meets 85 %% exactly or not at all: %s, %s', (a, b, expected) => {
    expect(meter.likeness(a, b, 8_500)).toBe(expected);
  });

  it('never loses a pair by its letters', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        const most = mostEdits(Math.max(a.length, b.length), 8_500);
        if (meter.likeness(a, b, 8_500) === 0) return;
        expect(countBits(letterBits(a) ^ letterBits(b))).toBeLessThanOrEqual(2 * most);
      }),
      { numRuns: 2_000 },
    );
  });
});
