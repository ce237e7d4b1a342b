/** A point in time as the REST API writes it. */
export function restTime(time: Date): string {
  return time.toISOString().replace('Z', '+0000');
}
