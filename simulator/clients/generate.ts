import { DropFolder } from '../drops/drop-folder.ts';
import { defaultLastDay } from '../drops/generate.ts';
import { clientFiles, lateClientFile, lateClientKey } from './client-files.ts';
import { makeClientPlan } from './plan.ts';
import { checkClientSettings, type ClientSettings } from './settings.ts';
import { planTruth } from './plan-truth.ts';
import { type ClientTruth, clientTruthFile } from './truth.ts';

export interface ClientFileOptions {
  /** Stands for the raw bucket: files go below `<folder>/landing/clients/`. */
  readonly folder: string;
  readonly seed: number;
  /** 1 is about 2,000 clients, never fewer than 200; above 0. */
  readonly scale: number;
  /** ISO date of the last day with files; default `defaultLastDay` of the drops. */
  readonly lastDay?: string;
  /** Length of the period; at least 120, default 365. */
  readonly days?: number;
}

/**
 * Writes a year of client files, full on the first day and each month's first, deltas on working days, and
 * `<folder>/truth-clients.json`. The same options give the same bytes and modification times. Only one file at a time is in memory.
 * Throws a RangeError for options that cannot work.
 */
export async function generateClientFiles(options: ClientFileOptions): Promise<ClientTruth> {
  const plan = makeClientPlan(settingsOf(options));
  const drops = new DropFolder(options.folder);
  const written = { files: 0, fullFiles: plan.world.calendar.fulls.length, records: 0 };
  const quarantinedRecords = { REQUIRED: 0, TYPE: 0, RANGE: 0 };
  for (const { file, records, bad } of clientFiles(plan.world)) {
    await drops.write(file);
    written.records += records;
    for (const reason of bad) quarantinedRecords[reason]++;
  }
  const truth = planTruth(plan, { ...written, files: drops.files, quarantinedRecords });
  await drops.writeTruth(truth, clientTruthFile);
  return truth;
}

/**
 * Writes the delta that `generateClientFiles` with the same options leaves out: dated three weeks before the last day. Answers with
 * the file's path below the folder and its number of records.
 */
export async function generateLateClientFile(options: ClientFileOptions): Promise<{ file: string; clients: number }> {
  const { world, late } = makeClientPlan(settingsOf(options));
  await new DropFolder(options.folder).write(lateClientFile(world, late));
  return { file: lateClientKey(world), clients: late.length };
}

function settingsOf({ seed, scale, lastDay = defaultLastDay, days = 365 }: ClientFileOptions): ClientSettings {
  return checkClientSettings({ seed, scale, lastDay, days });
}
