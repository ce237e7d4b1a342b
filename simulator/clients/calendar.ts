import { addDays } from '../drops/calendar.ts';
import type { ClientSettings } from './settings.ts';

/** The days on which a client file is made. All dates are `YYYY-MM-DD`, in order. */
export class ClientCalendar {
  /** Days with a full file: the first day, and the first of every month. */
  readonly fulls: readonly string[];
  /** Days with a delta: working days but the first day and the late file's. */
  readonly deltas: readonly string[];
  /** Days with either. */
  readonly dates: readonly string[];
  /** The day of the delta that arrives after all others: three weeks before the last day, or a little more. */
  readonly late: string;

  constructor({ lastDay, days }: ClientSettings) {
    const period = Array.from({ length: days }, (_, index) => addDays(lastDay, index - days + 1));
    this.fulls = period.filter((date, index) => index === 0 || date.endsWith('-01'));
    let late = addDays(lastDay, -21);
    while (!isWorkingDay(late) || this.fulls.includes(late)) late = addDays(late, -1);
    this.late = late;
    this.deltas = period.filter((date, index) => index > 0 && date !== late && isWorkingDay(date));
    this.dates = [...new Set([...this.fulls, ...this.deltas])].sort();
  }

  get first(): string {
    return this.#at(this.fulls, 0);
  }

  /** The full file number `index` after the first day's. */
  full(index: number): string {
    return this.#at(this.fulls, index);
  }

  /** The delta at a share of the period. */
  delta(share: number): string {
    return this.#at(this.deltas, Math.floor(share * (this.deltas.length - 1)));
  }

  /** The delta that follows a day; RangeError when none does. */
  deltaAfter(date: string): string {
    return this.#at(
      this.deltas.filter((delta) => delta > date),
      0,
    );
  }

  /** The first full file at or after a day, or null. */
  fullFrom(date: string): string | null {
    return this.fulls.find((full) => full >= date) ?? null;
  }

  #at(dates: readonly string[], index: number): string {
    const date = dates[index];
    if (date === undefined) throw new RangeError(`the period has no day number ${index} of ${dates.length}`);
    return date;
  }
}

/** Monday to Friday. */
function isWorkingDay(date: string): boolean {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}
