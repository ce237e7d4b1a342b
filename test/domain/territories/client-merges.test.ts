import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldClientFiles } from '../../../lambdas/domain/territories/client-history.ts';
import { applyMerges } from '../../../lambdas/domain/territories/client-merges.ts';
import { anyFiles, days, file, keys, record } from './client-fixtures.ts';

const merge = (keep: string, merged: string[], effective_from: string) => ({
  keep,
  merge: merged,
  effective_from,
  reason: 'the same firm',
});

describe('declared merges', () => {
  const versions = foldClientFiles(
    [],
    [
      file('2025-01-01', [
        record('A', { parent_org: null, region: null }),
        record('B', { parent_org: 'P', segment: 'SMB' }),
      ]),
      file('2025-01-05', [record('A', { region: 'West' }), record('B', { parent_org: 'Q' })]),
      file('2025-01-09', [record('A', { region: 'West' })]),
    ],
    '2025-02-01',
  );

  it('retire the merged client and fill what the kept one lacks, from their day on', () => {
    const merged = applyMerges(versions, [merge('A', ['B'], '2025-01-03')], '2025-02-01');
    expect(
      merged.map((v) => [
        v.client_key,
        v.effective_from,
        v.region,
        v.segment,
        v.parent_org,
        v.is_active,
        v.change_reason,
      ]),
    ).toEqual([
      ['A', '2025-01-01', null, 'Retail', null, true, 'NEW'],
      ['A', '2025-01-03', 'Northeast', 'Retail', 'P', true, 'MERGED(B)'],
      ['A', '2025-01-05', 'West', 'Retail', 'Q', true, 'CHANGED(region)'],
      ['B', '2025-01-01', 'Northeast', 'SMB', 'P', true, 'NEW'],
      ['B', '2025-01-03', 'Northeast', 'SMB', 'P', false, 'MERGED_INTO(A)'],
    ]);
  });

  it('do nothing before their day, nor to an unknown kept client', () => {
    expect(applyMerges(versions, [merge('A', ['B'], '2025-03-01')], '2025-02-01')).toEqual(versions);
    expect(applyMerges(versions, [merge('X', ['B'], '2025-01-03')], '2025-02-01')).toEqual(versions);
  });

  it('leave the laws of the history standing, and other clients alone', () => {
    fc.assert(
      fc.property(anyFiles, fc.constantFrom(...days), (files, day) => {
        const raw = foldClientFiles([], files, '2025-12-31');
        const merged = applyMerges(raw, [merge('C1', ['C2', 'C3'], day)], '2025-12-31');
        const known = raw.some(({ client_key }) => client_key === 'C1');
        for (const key of keys) {
          const own = merged.filter(({ client_key }) => client_key === key);
          const before = raw.filter(({ client_key }) => client_key === key);
          for (const [index, version] of own.entries()) {
            expect(version.effective_to).toBe(own[index + 1]?.effective_from ?? null);
            expect(version.is_current).toBe(version.effective_to === null);
          }
          expect(own[0]?.effective_from).toBe(before[0]?.effective_from);
          if (!known || key === 'C4' || key === 'C5') expect(own).toEqual(before);
          else if (key !== 'C1') expect(own.at(-1)?.is_active ?? false).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });
});
