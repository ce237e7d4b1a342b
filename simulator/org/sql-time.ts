/** A point in time as a DuckDB TIMESTAMP (UTC, no zone), to the millisecond. */
export function sqlTime(time: Date): string {
  return `timestamp '${inUtc(time)}'`;
}

/** The same as text. */
export function inUtc(time: Date): string {
  return time.toISOString().replace('T', ' ').replace('Z', '');
}

/** The point in time without its part of a second: stamps have no finer resolution. */
export function wholeSecond(time: Date): Date {
  return new Date(Math.floor(time.getTime() / 1000) * 1000);
}
