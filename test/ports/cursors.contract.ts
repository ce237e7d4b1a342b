import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cursors } from '../../lambdas/ports/cursors.ts';

export interface CursorsHarness {
  readonly cursors: Cursors;
  dispose(): Promise<void>;
}

const noted = (source: string, value: string, updatedAt?: string) => ({
  ...cursor(source, value, updatedAt),
  note: null,
});
const cursor = (source: string, value: string, updatedAt = '2025-06-30T23:15:00Z') => ({ source, value, updatedAt });

export function describeCursorsContract(name: string, create: () => Promise<CursorsHarness>): void {
  describe(`${name} as cursors`, () => {
    let harness: CursorsHarness;
    let cursors: Cursors;

    beforeEach(async () => {
      harness = await create();
      cursors = harness.cursors;
    });

    afterEach(() => harness.dispose());

    it('has no cursor before the first advance', async () => {
      expect(await cursors.get('Account')).toBeNull();
      expect(await cursors.list()).toEqual([]);
    });

    it('stores the first value', async () => {
      const first = cursor('Account', '2025-06-01T00:00:00Z');
      expect(await cursors.advance(first)).toEqual({ ...first, note: null });
      expect(await cursors.get('Account')).toEqual({ ...first, note: null });
    });

    it('moves forward', async () => {
      await cursors.advance(cursor('Account', '2025-06-01', 'early'));
      const second = cursor('Account', '2025-06-02', 'late');
      expect(await cursors.advance(second)).toEqual({ ...second, note: null });
      expect(await cursors.get('Account')).toEqual({ ...second, note: null });
    });

    it('ignores a smaller or equal value, wholly', async () => {
      const first = noted('Account', '2025-06-02', 'first');
      await cursors.advance(cursor('Account', '2025-06-02', 'first'));
      expect(await cursors.advance(cursor('Account', '2025-06-01', 'later'))).toEqual(first);
      expect(await cursors.advance(cursor('Account', '2025-06-02', 'later'))).toEqual(first);
      expect(await cursors.get('Account')).toEqual(first);
    });

    it('keeps a note beside the value until it is taken away', async () => {
      await cursors.advance(cursor('Account', '2025-06-01'));
      await cursors.note('Account', '{"job":"750"}', 'noted');
      expect(await cursors.get('Account')).toEqual({
        ...noted('Account', '2025-06-01', 'noted'),
        note: '{"job":"750"}',
      });
      await cursors.advance(cursor('Account', '2025-06-02'));
      expect((await cursors.get('Account'))?.note).toBe('{"job":"750"}');
      await cursors.note('Account', null, 'taken');
      expect(await cursors.get('Account')).toEqual(noted('Account', '2025-06-02', 'taken'));
    });

    it('notes something about a source that was never read', async () => {
      await cursors.note('Contact', 'begun', 'noted');
      expect(await cursors.get('Contact')).toEqual({ ...noted('Contact', '', 'noted'), note: 'begun' });
      await cursors.advance(cursor('Contact', '2025-06-01'));
      expect(await cursors.get('Contact')).toEqual({ ...noted('Contact', '2025-06-01'), note: 'begun' });
    });

    it('keeps sources apart and lists them sorted', async () => {
      await cursors.advance(cursor('Opportunity', '1'));
      await cursors.advance(cursor('Account', '9'));
      await cursors.advance(cursor('account', '5'));
      expect((await cursors.list()).map(({ source, value }) => `${source} ${value}`)).toEqual([
        'Account 9',
        'Opportunity 1',
        'account 5',
      ]);
    });

    it('ends at the largest of many at once', async () => {
      const values = Array.from({ length: 20 }, (_, index) => String((index * 7) % 20).padStart(2, '0'));
      await Promise.all(values.map((value) => cursors.advance(cursor('Account', value))));
      expect((await cursors.get('Account'))?.value).toBe('19');
    });

    it('only ever grows', async () => {
      let run = 0;
      const value = fc.oneof(
        fc.string({ unit: 'grapheme', maxLength: 5 }),
        fc.date({ noInvalidDate: true }).map(String),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 12 }), async (values) => {
          run += 1;
          const source = `property-${run}`;
          let largest: string | null = null;
          for (const next of values) {
            if (largest === null || Buffer.compare(Buffer.from(next), Buffer.from(largest)) > 0) largest = next;
            expect((await cursors.advance(cursor(source, next))).value).toBe(largest);
            expect((await cursors.get(source))?.value).toBe(largest);
          }
        }),
        { numRuns: 60 },
      );
    });
  });
}
