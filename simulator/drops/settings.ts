/** What decides a set of drops, down to the byte. */
export interface DropSettings {
  readonly seed: number;
  /** 1 is about 700,000 sales lines a year, 20,000 customers, 20 stores. */
  readonly scale: number;
  /** The last day with sales, `YYYY-MM-DD`. */
  readonly lastDay: string;
  readonly days: number;
}

/** Fewer have no room for the planted faults, which take a day each. */
const fewestDays = 31;

/** Throws a RangeError that names every setting which cannot work. */
export function checkSettings(settings: DropSettings): DropSettings {
  const faults = settingFaults(settings, fewestDays);
  if (faults.length > 0) throw new RangeError(`cannot generate file drops; ${faults.join('; ')}`);
  return settings;
}

/** What cannot work among the settings of a period of files, of at least so many days. */
export function settingFaults({ seed, scale, lastDay, days }: DropSettings, leastDays: number): string[] {
  const faults: string[] = [];
  if (!Number.isSafeInteger(seed)) faults.push(`seed: expected a whole number, got ${seed}`);
  if (!(scale > 0 && scale <= 100)) faults.push(`scale: expected a number above 0, at most 100, got ${scale}`);
  if (!isDate(lastDay)) faults.push(`lastDay: expected a date as YYYY-MM-DD, got '${lastDay}'`);
  if (!(Number.isInteger(days) && days >= leastDays && days <= 3_660)) {
    faults.push(`days: expected a whole number from ${leastDays} to 3660, got ${days}`);
  }
  return faults;
}

function isDate(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** A number of things that grows with the scale but never falls below what a meaningful data set needs. */
export function scaled(settings: DropSettings, atScaleOne: number, least: number): number {
  return Math.max(least, Math.round(atScaleOne * settings.scale));
}
