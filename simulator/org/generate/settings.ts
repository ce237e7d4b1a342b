import { dayNumber } from './timeline.ts';

/** What decides a generated org, down to the last value. */
export interface OrgSettings {
  readonly seed: number;
  /** 1 is 20,000 accounts, 60,000 contacts, 100,000 opportunities. */
  readonly scale: number;
  /** The last day on which something happened, `YYYY-MM-DD`. */
  readonly lastDay: string;
}

const accountsAtScaleOne = 20_000;
/** Below that there is no room for the planted cases. */
const smallestScale = 0.01;

/** Throws a RangeError that names every setting which cannot work. */
export function checkOrgSettings(settings: OrgSettings): OrgSettings {
  const faults: string[] = [];
  if (!Number.isSafeInteger(settings.seed)) faults.push(`seed: expected a whole number, got ${settings.seed}`);
  if (!(settings.scale >= smallestScale && settings.scale <= 100)) {
    faults.push(`scale: expected a number from ${smallestScale} to 100, got ${settings.scale}`);
  }
  if (Number.isNaN(dayNumber(settings.lastDay))) {
    faults.push(`lastDay: expected a date as YYYY-MM-DD, got '${settings.lastDay}'`);
  }
  if (faults.length > 0) throw new RangeError(`cannot generate an org; ${faults.join('; ')}`);
  return settings;
}

/** Even, because contacts and opportunities are dealt out to pairs of accounts. */
export function accountCount(settings: OrgSettings): number {
  return 2 * Math.round((accountsAtScaleOne * settings.scale) / 2);
}

/** A number of things that grows with the scale but never falls below what a meaningful org needs. */
export function scaledCount(settings: OrgSettings, atScaleOne: number, least: number): number {
  return Math.max(least, Math.round(atScaleOne * settings.scale));
}
