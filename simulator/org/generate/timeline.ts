import type { Random } from '../../random.ts';

const secondsPerDay = 86_400;

/** Days since 1970-01-01 of an ISO date; NaN for what is not a date. */
export function dayNumber(date: string): number {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  const day = time / 1000 / secondsPerDay;
  return isoDate(day) === date ? day : Number.NaN;
}

export function isoDate(day: number): string {
  return Number.isNaN(day) ? '' : new Date(day * secondsPerDay * 1000).toISOString().slice(0, 10);
}

/** The same day of an earlier year; 29 February becomes the 28th. */
export function yearsBefore(day: number, years: number): number {
  const date = new Date(day * secondsPerDay * 1000);
  const moved = Date.UTC(date.getUTCFullYear() - years, date.getUTCMonth(), date.getUTCDate());
  const same = new Date(moved).getUTCMonth() === date.getUTCMonth();
  return moved / 1000 / secondsPerDay - (same ? 0 : 1);
}

/** Seconds since 1970 of a point within the working hours of a day. */
export function momentOf(day: number, random: Random): number {
  return day * secondsPerDay + random.integer(7 * 3600, 19 * 3600);
}

/** Seconds since 1970 of a time of day. */
export function at(day: number, hour: number): number {
  return day * secondsPerDay + hour * 3600;
}
