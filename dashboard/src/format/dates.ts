import { unknown } from './figures.ts';

type Text = string | null | undefined;

const locale = typeof navigator === 'undefined' ? 'en' : navigator.language;
const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const monthFormat = new Intl.DateTimeFormat(locale, { year: 'numeric', month: 'short', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' });

/** YYYY-MM-DD of the API. */
export function formatDay(value: Text): string {
  return value ? dayFormat.format(new Date(`${value}T00:00:00Z`)) : unknown;
}

/** YYYY-MM of the API. */
export function formatMonth(value: Text): string {
  return value ? monthFormat.format(new Date(`${value}-01T00:00:00Z`)) : unknown;
}

/** An instant of the API, in UTC and saying so. */
export function formatInstant(value: Text): string {
  return value ? `${instantFormat.format(new Date(value))} UTC` : unknown;
}

/** Units with the length from which they are taken: 30 hours would be rounded too far as a day. */
const steps: readonly (readonly [unit: string, seconds: number, from: number])[] = [
  ['day', 86_400, 172_800],
  ['hour', 3_600, 3_600],
  ['minute', 60, 60],
];

/** A length of time in its largest unit: 2 hours. */
export function formatDuration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return unknown;
  const [unit, length] = steps.find(([, , from]) => seconds >= from) ?? ['second', 1];
  const count = length === 1 && seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds / length);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** Days from as_of on, in words. */
export function formatDaysAhead(days: number | null | undefined): string {
  if (days === null || days === undefined) return unknown;
  if (days === 0) return 'today';
  const count = Math.abs(days);
  const length = `${count} day${count === 1 ? '' : 's'}`;
  return days > 0 ? `in ${length}` : `${length} ago`;
}

/** A short time in little room: 0.3 s, 2 min. */
export function formatSeconds(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined) return unknown;
  if (seconds >= 120) return `${Math.round(seconds / 60)}\u00a0min`;
  return `${seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds)}\u00a0s`;
}
