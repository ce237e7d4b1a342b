import { malformedQuery } from '../api-error.ts';

/** Days that a date literal covers: `start` is in it, `end` is not. Both at 0:00 UTC, the zone of the org's user. */
export interface DayRange {
  readonly start: Date;
  readonly end: Date;
}

type Unit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const NAMED_DAYS: Readonly<Record<string, number>> = { YESTERDAY: -1, TODAY: 0, TOMORROW: 1 };
const NAMED_STEPS: Readonly<Record<string, number>> = { LAST: -1, THIS: 0, NEXT: 1 };

/**
 * The days of `TODAY`, `LAST_MONTH`, `LAST_N_DAYS:7` and their like, seen from `now`. Weeks begin on Sunday; the fiscal year is the
 * calendar year.
 * @throws SalesforceError MALFORMED_QUERY for a literal that there is not
 */
export function daysOf(literal: string, now: Date): DayRange {
  const name = literal.toUpperCase().replace('_FISCAL_', '_');
  const day = NAMED_DAYS[name];
  if (day !== undefined) return steps('DAY', now, day, day + 1);
  if (name === 'LAST_90_DAYS') return steps('DAY', now, -90, 1);
  if (name === 'NEXT_90_DAYS') return steps('DAY', now, 1, 91);
  const single = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (single !== null) {
    const step = NAMED_STEPS[single[1] ?? ''] ?? 0;
    return steps(single[2] as Unit, now, step, step + 1);
  }
  const counted = /^(LAST_N|NEXT_N|N)_(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?:(\d{1,5})$/.exec(name);
  if (counted === null) throw malformedQuery(`unexpected token: '${literal}'`);
  const unit = counted[2] as Unit;
  const count = Number(counted[4]);
  if (counted[1] === 'N') return steps(unit, now, -count, -count + 1);
  if (counted[1] === 'NEXT_N') return steps(unit, now, 1, count + 1);
  // The last n days include today; the last n weeks, months, quarters and years end before the current one.
  return steps(unit, now, -count, unit === 'DAY' ? 1 : 0);
}

function steps(unit: Unit, now: Date, from: number, to: number): DayRange {
  return { start: startOf(unit, now, from), end: startOf(unit, now, to) };
}

/** The first day of the unit that lies `offset` units after the one of `now`. */
function startOf(unit: Unit, now: Date, offset: number): Date {
  const year = now.getUTCFullYear();
  const month = now.getUTCMonth();
  const day = now.getUTCDate();
  switch (unit) {
    case 'DAY':
      return new Date(Date.UTC(year, month, day + offset));
    case 'WEEK':
      return new Date(Date.UTC(year, month, day - now.getUTCDay() + 7 * offset));
    case 'MONTH':
      return new Date(Date.UTC(year, month + offset, 1));
    case 'QUARTER':
      return new Date(Date.UTC(year, month - (month % 3) + 3 * offset, 1));
    case 'YEAR':
      return new Date(Date.UTC(year + offset, 0, 1));
  }
}
