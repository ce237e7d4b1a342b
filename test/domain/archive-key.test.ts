import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { archiveKey, reasonsSuffix } from '../../lambdas/domain/archive-key.ts';
import { keyProblem } from '../../lambdas/domain/object-key.ts';

const run = '20250630T231500123Z-7f3a';
const bytes = (text: string) => new TextEncoder().encode(text).length;

/** Any text, and texts that are close to keys: those are where it gets difficult. */
const piece = fc.constantFrom(
  'landing/',
  'sales/',
  '/',
  '..',
  '.',
  '%2e',
  '\0',
  '\n',
  '\\',
  'a',
  'é',
  '😀',
  '\ud800',
  '\udc80',
  '.csv',
  '.gz',
  '_',
  '~',
  '~0123456789abcdef0123456789abcdef',
  reasonsSuffix,
  'x'.repeat(250),
  'y'.repeat(1_100),
  'é'.repeat(127),
  'archive/',
);
const anyKey = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
  fc.array(piece, { maxLength: 6 }).map((pieces) => `landing/sales/${pieces.join('')}`),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 12 }).map((units) => String.fromCharCode(...units)),
);

describe('an archive key', () => {
  it.each([
    ['landing/sales/2025-06-30.csv', `archive/sales/${run}/2025-06-30.csv`],
    ['landing/sales/store 7/June/a.csv.gz', `archive/sales/${run}/store 7/June/a.csv.gz`],
    ['landing/売上/ä😀.csv', `archive/売上/${run}/ä😀.csv`],
    ['landing/sales/.hidden', `archive/sales/${run}/.hidden`],
  ])('keeps the path of %j', (key, expected) => {
    expect(archiveKey('archive', key, run)).toBe(expected);
  });

  it.each([
    ['landing/stray.csv', /^rejected\/_\/[^/]+\/~[0-9a-f]{32}\/stray\.csv$/],
    ['landing/sales/../secret.csv', /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/secret\.csv$/],
    ['landing/sales/a\nb\u001b.csv', /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/a_b_\.csv$/],
    ['landing/sales/%2e%2e', /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/_2e_2e$/],
    ['landing/sales/..', /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/_$/],
    ['landing/../x.csv', /^rejected\/_\/[^/]+\/~[0-9a-f]{32}\/x\.csv$/],
    [`landing/sales/${'é'.repeat(127)}.csv.gz`, /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/é{46}\.csv\.gz$/],
    ['landing/sales/a.csv.reasons.json', /^rejected\/sales\/[^/]+\/~[0-9a-f]{32}\/a\.csv\.reasons\.json$/],
    ['', /^rejected\/_\/[^/]+\/~[0-9a-f]{32}\/_$/],
    ['sales/a.csv', /^rejected\/_\/[^/]+\/~[0-9a-f]{32}\/a\.csv$/],
  ])('cleans %j and adds a hash', (key, expected) => {
    expect(archiveKey('rejected', key, run)).toMatch(expected);
  });

  it('has room for the reasons beside the longest name', () => {
    const longest = `landing/sales/${'x'.repeat(255 - reasonsSuffix.length)}`;
    expect(archiveKey('rejected', longest, run)).toContain(`/${run}/xxx`);
    expect(archiveKey('rejected', `${longest}x`, run)).toContain(`/${run}/~`);
    expect(archiveKey('archive', `${longest}x`, run, 0)).toContain(`/${run}/xxx`);
  });

  it('is safe, with room, for any key', () => {
    fc.assert(
      fc.property(anyKey, fc.integer({ min: 0, max: 150 }), (key, reserve) => {
        const result = archiveKey('rejected', key, run, reserve);
        expect(keyProblem(result)).toBeNull();
        expect(keyProblem(result + 'r'.repeat(reserve))).toBeNull();
        expect(bytes(result)).toBeLessThanOrEqual(1_024 - reserve);
        expect(Math.max(...result.split('/').map(bytes))).toBeLessThanOrEqual(255 - reserve);
        expect(result.split('/')[0]).toBe('rejected');
        expect(result.split('/')[2]).toBe(run);
        expect(result.split('/').length).toBeGreaterThanOrEqual(4);
      }),
      { numRuns: 3_000 },
    );
  });

  it('is safe for any run id', () => {
    fc.assert(
      fc.property(anyKey, anyKey, (key, runId) => {
        expect(keyProblem(archiveKey('archive', key, runId))).toBeNull();
      }),
    );
  });

  it('differs for different keys, also from their reasons', () => {
    fc.assert(
      fc.property(fc.uniqueArray(anyKey, { minLength: 2, maxLength: 30 }), (keys) => {
        const results = keys.map((key) => archiveKey('rejected', key, run));
        const reasons = results.map((result) => result + reasonsSuffix);
        expect(new Set([...results, ...reasons]).size).toBe(2 * keys.length);
      }),
      { numRuns: 1_000 },
    );
  });

  it('differs from the result for its own result', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        const result = archiveKey('archive', key, run);
        const dropped = `landing/${result.split('/')[1]}/${result.split('/').slice(3).join('/')}`;
        fc.pre(dropped !== key);
        expect(archiveKey('archive', dropped, run)).not.toBe(result);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same every time', () => {
    expect(archiveKey('archive', 'landing/sales/a\0.csv', run)).toBe(
      archiveKey('archive', 'landing/sales/a\0.csv', run),
    );
  });

  it('refuses an impossible reserve', () => {
    for (const reserve of [-1, 151, Number.NaN]) {
      expect(() => archiveKey('archive', 'landing/a/b', run, reserve)).toThrow(RangeError);
    }
  });
});
