import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stableHash } from '../../lambdas/domain/stable-hash.ts';

describe('a stable hash', () => {
  // Published test vectors of MurmurHash3_x86_128 with seed 0: a length of each kind, and texts beyond ASCII.
  it.each([
    ['', '00000000000000000000000000000000'],
    ['0', '0ab2409ea5eb34f8a5eb34f8a5eb34f8'],
    ['0123', 'dc378fea485d3536485d3536485d3536'],
    ['01234', '35c5b3ee7b3b211600ae108800ae1088'],
    ['012345678', '571b5f6775d48126d0205c304ca675dc'],
    ['0123456789abc', 'c970af1dcc6d9d01dd00c683fc11eee3'],
    ['0123456789abcdef', 'fb7d440936aed30a48ad1d9b572b3bfd'],
    ["I will not buy this tobacconist's, it is scratched.", '9b5b7ba2ef3f7866889adeaf00f3f98e'],
    ['utf-8 supported 🌈', '796479ed1bbff85b29e39731d1967a07'],
    ['這個有效', '5ee7e60516f613aa76048cdc7a1493e3'],
  ])('of %j is that of the reference', (text, expected) => {
    expect(stableHash(text)).toBe(expected);
  });

  it('has 32 hex digits for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(stableHash(text)).toMatch(/^[0-9a-f]{32}$/);
        expect(stableHash(text)).toBe(stableHash(`${text}`));
      }),
    );
  });

  it('tells halves of surrogate pairs apart', () => {
    const texts = ['a\ud800', 'a\ud801', 'a\udc00', 'a\ufffd', 'a\udc00\ud800', 'a\u{10000}'];
    expect(new Set(texts.map(stableHash)).size).toBe(texts.length);
  });

  it('has no collision among 200,000 similar texts', () => {
    const hashes = new Set<string>();
    for (let index = 0; index < 200_000; index += 1) hashes.add(stableHash(`gold/sales/run=${index}/part-0.parquet`));
    expect(hashes.size).toBe(200_000);
  });

  it('changes about half of its bits with one bit of the text', () => {
    let flipped = 0;
    const rounds = 2_000;
    for (let index = 0; index < rounds; index += 1) {
      const one = BigInt(`0x${stableHash(`the text with number ${2 * index}`)}`);
      const other = BigInt(`0x${stableHash(`the text with number ${2 * index + 1}`)}`);
      flipped += (one ^ other).toString(2).replaceAll('0', '').length;
    }
    expect(flipped / rounds).toBeGreaterThan(62);
    expect(flipped / rounds).toBeLessThan(66);
  });

  it('takes a megabyte in well under a second', () => {
    const start = performance.now();
    stableHash('select '.repeat(150_000));
    expect(performance.now() - start).toBeLessThan(500);
  });
});
