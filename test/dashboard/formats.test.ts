import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatDay,
  formatDaysAhead,
  formatDuration,
  formatMonth,
  formatSeconds,
} from '../../dashboard/src/format/dates.ts';
import {
  formatBytes,
  formatChange,
  formatCount,
  formatCounted,
  formatExactMoney,
  formatMoney,
  formatPercent,
  formatRows,
  formatShare,
  formatShortMoney,
  unknown,
} from '../../dashboard/src/format/figures.ts';

const nothing = [null, undefined];

describe('figures', () => {
  it('are grouped, with the currency as code and a unit that stays beside them', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
    expect(formatMoney(1_234.5, 'EUR')).toBe('EUR\u00a01,235');
    expect(formatExactMoney(1_234.5)).toBe('USD\u00a01,234.50');
    expect(formatShortMoney(12_345_678)).toBe('USD\u00a012.3M');
    expect(formatPercent(12.34)).toBe('12.3\u00a0%');
    expect(formatShare(0.25)).toBe('25.0\u00a0%');
    expect([formatBytes(0), formatBytes(999), formatBytes(12_345_678)]).toEqual([
      '0\u00a0B',
      '999\u00a0B',
      '12.3\u00a0MB',
    ]);
  });

  it('that are unknown are a dash, and zero is zero', () => {
    for (const write of [formatCount, formatMoney, formatPercent, formatShare, formatShortMoney, formatBytes]) {
      expect(nothing.map((value) => write(value))).toEqual([unknown, unknown]);
      expect(write(0)).toMatch(/0/);
    }
  });

  it('that changed carry their sign', () => {
    expect([formatChange(5), formatChange(-5), formatChange(0), formatChange(null)]).toEqual([
      '+5',
      '−5',
      '±0',
      unknown,
    ]);
    expect(formatChange(-1.25, formatPercent)).toBe('−1.3\u00a0%');
  });

  it('count one and many', () => {
    expect([formatRows(1, 'runs'), formatRows(1, 'territories'), formatRows(1_234, 'runs')]).toEqual([
      '1 run',
      '1 territory',
      '1,234 runs',
    ]);
    expect([formatCounted(1, 'day'), formatCounted(0, 'day'), formatCounted(2, 'entry', 'entries')]).toEqual([
      '1 day',
      '0 days',
      '2 entries',
    ]);
  });

  it('of any size take little room when short', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e15, max: 1e15 }), (value) => {
        expect(formatShortMoney(value).length).toBeLessThanOrEqual(12);
      }),
    );
  });
});

describe('dates', () => {
  it('are days of the calendar, whatever the time zone', () => {
    expect(formatDay('2025-06-30')).toBe('Jun 30, 2025');
    expect(formatMonth('2025-06')).toBe('Jun 2025');
    expect([formatDay(null), formatMonth(undefined)]).toEqual([unknown, unknown]);
  });

  it('lie ahead or behind, in words', () => {
    expect([30, 1, 0, -1, null].map(formatDaysAhead)).toEqual([
      'in 30 days',
      'in 1 day',
      'today',
      '1 day ago',
      unknown,
    ]);
  });

  it('are as long as their largest unit says', () => {
    expect([0.04, 1.26, 9.9, 34.4, 119, 150, null].map(formatSeconds)).toEqual([
      '0\u00a0s',
      '1.3\u00a0s',
      '9.9\u00a0s',
      '34\u00a0s',
      '119\u00a0s',
      '3\u00a0min',
      '–',
    ]);
    expect([0, 1, 59, 60, 5_400, 108_000, 200_000, null].map(formatDuration)).toEqual([
      '0 seconds',
      '1 second',
      '59 seconds',
      '1 minute',
      '2 hours',
      '30 hours',
      '2 days',
      unknown,
    ]);
  });
});
