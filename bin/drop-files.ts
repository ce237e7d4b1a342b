import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { copyIntoLanding } from '../lambdas/adapters/copy-into-landing.ts';
import { chooseDataset } from '../lambdas/domain/choose-dataset.ts';
import { ConfigurationError } from '../lambdas/domain/errors.ts';
import type { LocalPipeline } from '../lambdas/wiring/local.ts';

/** Puts one file into the landing folder of its dataset. Returns its key. */
export async function dropFile(pipeline: LocalPipeline, path: string, wanted: string | null): Promise<string> {
  const dataset = chooseDataset(pipeline.ports.configuration.datasets, basename(path), wanted);
  const key = `landing/${dataset.dataset}/${basename(path)}`;
  await copyIntoLanding(pipeline.rawFolder, path, key);
  return key;
}

/**
 * Puts a folder's files into landing/: the subfolder names are the datasets (also below a `landing` folder), or, for files that lie
 * in the folder itself, the dataset asked for or found by name. Returns how many files were dropped.
 */
export async function dropFolder(pipeline: LocalPipeline, folder: string, wanted: string | null): Promise<number> {
  const kind = await stat(folder).catch(() => null);
  if (kind?.isDirectory() !== true) throw new ConfigurationError([`--drop: '${folder}' is not a folder`]);
  const below = await stat(join(folder, 'landing')).catch(() => null);
  if (below?.isDirectory() === true) return await dropFolder(pipeline, join(folder, 'landing'), wanted);
  let dropped = 0;
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) dropped += await dropDataset(pipeline, join(folder, entry.name), entry.name);
    else if (entry.isFile()) {
      await dropFile(pipeline, join(folder, entry.name), wanted);
      dropped += 1;
    }
  }
  return dropped;
}

/** A folder's name is taken as it is: files for an unknown dataset are rejected by the run, with a reason beside them. */
async function dropDataset(pipeline: LocalPipeline, folder: string, dataset: string): Promise<number> {
  let dropped = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.startsWith('.')) continue;
    const path = join(entry.parentPath, entry.name);
    await copyIntoLanding(pipeline.rawFolder, path, `landing/${dataset}${path.slice(folder.length)}`);
    dropped += 1;
  }
  return dropped;
}
