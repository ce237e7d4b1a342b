import { settingFaults } from '../drops/settings.ts';

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
  const faults = settingFaults(settings, fewestDays);
  if (faults.length > 0) throw new RangeError(`cannot generate client files; ${faults.join('; ')}`);
  return settings;
}

export function clientCount({ scale }: ClientSettings): number {
  return Math.max(fewestClients, Math.round(clientsAtScaleOne * scale));
}

/** How often a planted case occurs. */
export function copies({ scale }: ClientSettings, atScaleOne: number): number {
  return Math.max(1, Math.round(atScaleOne * scale));
}
