import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import { assertSafeKey, keyProblem } from '../../lambdas/domain/object-key.ts';

describe('an object key', () => {
  it.each([
    'a',
    'landing/sales/2025-06-30 store #7 100%.csv',
    'landing/sales/%20.csv',
    'landing/sales/...',
    'landing/sales/.hidden',
    'landing/sales/a..b',
    'landing/..b/b../c',
    'landing/cafe\u0301',
    'landing/caf\u00e9',
    'landing/売上😀.csv',
    'bronze/sales/month=2025-06/part-0.parquet',
    'x'.repeat(255),
    `${'y'.repeat(200)}/`.repeat(5) + 'z'.repeat(19),
    'é'.repeat(127),
  ])('may be %j', (key) => {
    expect(keyProblem(key)).toBeNull();
    expect(() => assertSafeKey(key)).not.toThrow();
  });

  it.each([
    ['', 'empty'],
    ['.', "part '.'"],
    ['..', "part '..'"],
    ['a/../b', "part '..'"],
    ['a/./b', "part '.'"],
    ['/a', 'begins or ends'],
    ['a/', 'begins or ends'],
    ['a//b', 'empty part'],
    ['a\\b', 'backslash'],
    ['a\0b', 'control character'],
    ['a\nb', 'control character'],
    ['a\u007fb', 'control character'],
    ['a/%2e%2e/b', 'encoded part'],
    ['a/%2E./b', 'encoded part'],
    ['a/x%2f..%2fb', 'encoded part'],
    ['a/..%5cb', 'encoded part'],
    ['a\ud800', 'surrogate'],
    ['\udc00a', 'surrogate'],
    ['x'.repeat(256), '255 bytes'],
    ['é'.repeat(128), '255 bytes'],
    [`${'y'.repeat(200)}/`.repeat(5) + 'z'.repeat(20), '1,024 bytes'],
  ])('must not be %j', (key, problem) => {
    expect(keyProblem(key)).toContain(problem);
    expect(() => assertSafeKey(key)).toThrow(UnsafeKeyError);
  });

  it('is never quoted in full when it is long', () => {
    expect(() => assertSafeKey('x'.repeat(100_000))).toThrow(/^.{100,300}$/);
  });

  it('cannot lead out of a folder when it is safe', () => {
    const piece = fc.constantFrom('a', '.', '..', '/', '//', '%2e', '%2F', '\\', '\0', 'é', ' ');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const key = pieces.join('');
        if (keyProblem(key) !== null) return;
        const path = new URL(`file:///root/${key.split('/').map(encodeURIComponent).join('/')}`).pathname;
        expect(decodeURIComponent(path)).toBe(`/root/${key}`);
      }),
      { numRuns: 2_000 },
    );
  });
});
