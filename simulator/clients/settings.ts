/** What decides a set of client files, down to the byte. */
export interface ClientSettings {
  readonly seed: number;
  /** 1 is about 2,000 clients. */
  readonly scale: number;
  /** Day of the last file, `YYYY-MM-DD`. */
  readonly lastDay: string;
  readonly days: number;
}

const clientsAtScaleOne = 2_000;
/** Fewer have no room for an overloaded advisor beside the other planted cases. */
const fewestClients = 200;
/** Fewer have no room for clients that a full file lacks and the next one has again. */
const fewestDays = 120;

/** Throws a RangeError that names every setting which cannot work. */
export function checkClientSettings(settings: ClientSettings): ClientSettings {
  const { seed, scale, lastDay, days } = settings;
  const faults: string[] = [];
  if (!Number.isSafeInteger(seed)) faults.push(`seed: expected a whole number, got ${seed}`);
  if (!(scale > 0 && scale <= 100)) faults.push(`scale: expected a number above 0, at most 100, got ${scale}`);
  if (!isDate(lastDay)) faults.push(`lastDay: expected a date as YYYY-MM-DD, got '${lastDay}'`);
  if (!(Number.isInteger(days) && days >= fewestDays && days <= 3_660)) {
    faults.push(`days: expected a whole number from ${fewestDays} to 3660, got ${days}`);
  }
  if (faults.length > 0) throw new RangeError(`cannot generate client files; ${faults.join('; ')}`);
  return settings;
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

export function clientCount({ scale }: ClientSettings): number {
  return Math.max(fewestClients, Math.round(clientsAtScaleOne * scale));
}

/** How often a planted case occurs. */
export function copies({ scale }: ClientSettings, atScaleOne: number): number {
  return Math.max(1, Math.round(atScaleOne * scale));
}
