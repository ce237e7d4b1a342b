import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { conditionOf, halved, nextWindow, soqlOf } from '../../lambdas/domain/extract-window.ts';
import { wholeRange } from '../../lambdas/domain/extract-progress.ts';

const source = { lag_seconds: 60, overlap_seconds: 600 };
const at = (text: string) => new Date(text);

describe('The window of an extraction', () => {
  it('reads everything up to the lag the first time', () => {
    expect(nextWindow(null, at('2025-07-01T06:00:00.900Z'), source)).toEqual({
      from: null,
      to: '2025-07-01T05:59:00Z',
    });
  });

  it('begins the overlap before the cursor', () => {
    expect(nextWindow('2025-07-01T05:59:00Z', at('2025-07-02T06:00:00Z'), source)).toEqual({
      from: '2025-07-01T05:49:00Z',
      to: '2025-07-02T05:59:00Z',
    });
  });

  it('never ends before the cursor when the clock was set back', () => {
    expect(nextWindow('2025-07-01T05:59:00Z', at('2025-06-01T00:00:00Z'), source).to).toBe('2025-07-01T05:59:00Z');
  });

  it('loses no version that is committed within overlap and lag after its stamp', () => {
    // A version is seen by a run that reads after its commit, if the run's window has its stamp.
    const seconds = fc.integer({ min: 0, max: 200_000 });
    fc.assert(
      fc.property(
        seconds,
        fc.integer({ min: 0, max: 660 }),
        fc.array(seconds, { minLength: 1, maxLength: 8 }),
        (stamp, delay, reads) => {
          const epoch = Date.parse('2025-01-01T00:00:00Z');
          let cursor: string | null = null;
          let seen = false;
          for (const read of [...reads, stamp + delay + 61 + 200_000].toSorted((a, b) => a - b)) {
            const window = nextWindow(cursor, new Date(epoch + read * 1_000), source);
            const stampText = new Date(epoch + stamp * 1_000).toISOString().replace('.000Z', 'Z');
            const inside = (window.from === null || stampText >= window.from) && stampText < window.to;
            seen ||= inside && read >= stamp + delay;
            cursor = window.to;
          }
          return seen;
        },
      ),
    );
  });

  it('asks without order and limit, so that Salesforce can chunk', () => {
    const window = { from: '2025-01-01T00:00:00Z', to: '2025-01-02T00:00:00Z' };
    const query = {
      object: 'Account',
      fields: ['Id', 'Name'],
      cursorField: 'SystemModstamp',
      window,
      range: wholeRange,
    };
    expect(soqlOf(query)).toBe(
      'SELECT Id, Name FROM Account WHERE SystemModstamp >= 2025-01-01T00:00:00Z AND SystemModstamp < 2025-01-02T00:00:00Z',
    );
    expect(conditionOf({ ...query, cursorField: null })).toBe('');
    const range = { createdFrom: '2024-01-01T00:00:00Z', createdTo: '2024-02-01T00:00:00Z' };
    expect(conditionOf({ ...query, cursorField: null, range })).toBe(
      ' WHERE CreatedDate >= 2024-01-01T00:00:00Z AND CreatedDate < 2024-02-01T00:00:00Z',
    );
  });

  it('halves a range without a gap until a second is left', () => {
    const halves = halved(wholeRange, '2025-01-01T00:00:00.000+0000', '2025-01-03T00:00:00.000+0000');
    expect(halves).toEqual([
      { createdFrom: null, createdTo: '2025-01-02T00:00:00Z' },
      { createdFrom: '2025-01-02T00:00:00Z', createdTo: null },
    ]);
    expect(halved(wholeRange, '2025-01-01T00:00:00Z', '2025-01-01T00:00:00Z')).toBeNull();
    const second = halved(wholeRange, '2025-01-01T00:00:00Z', '2025-01-01T00:00:01Z');
    expect(second?.[1]).toEqual({ createdFrom: '2025-01-01T00:00:01Z', createdTo: null });
  });
});
