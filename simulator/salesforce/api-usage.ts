const HOUR = 60 * 60 * 1000;
const HOURS = 24;

/** API calls of the last 24 hours by the org's clock, counted by the hour. */
export class ApiUsage {
  readonly limit: number;
  readonly #calls = new Map<number, number>();

  constructor(limit: number) {
    this.limit = limit;
  }

  /** Counts a call. False when the limit had been reached before. */
  count(now: Date): boolean {
    if (this.used(now) >= this.limit) return false;
    const hour = hourOf(now);
    this.#calls.set(hour, (this.#calls.get(hour) ?? 0) + 1);
    return true;
  }

  used(now: Date): number {
    const current = hourOf(now);
    let calls = 0;
    for (const [hour, count] of this.#calls) {
      if (hour <= current - HOURS) this.#calls.delete(hour);
      else calls += count;
    }
    return calls;
  }
}

function hourOf(time: Date): number {
  return Math.floor(time.getTime() / HOUR);
}
