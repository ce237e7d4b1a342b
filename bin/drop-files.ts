import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { chooseDataset } from '../lambdas/domain/choose-dataset.ts';
import { UsageError } from '../lambdas/domain/errors.ts';
import type { LakePipeline } from './command-context.ts';

/** A file to copy, and the landing key it goes to. */
interface Drop {
  readonly path: string;
  readonly key: string;
}

/** Puts files into the landing folders of their datasets: all of them or, if one does not fit, none. Returns their keys. */
export async function dropFiles(
  pipeline: LakePipeline,
  paths: readonly string[],
  wanted: string | null,
): Promise<string[]> {
  const problems: string[] = [];
  const drops: Drop[] = [];
  for (const path of paths) {
    const kind = await stat(path).catch(() => null);
    if (kind?.isFile() === true) addDrop(pipeline, path, wanted, drops, problems);
    else problems.push(`'${path}' is not a file`);
  }
  return await copyAll(pipeline, drops, problems);
}

/**
 * Puts a folder's files into landing/: the subfolder names are the datasets (also below a `landing` folder), or, for files that lie
 * in the folder itself, the dataset asked for or found by name. Hidden files stay. Returns how many files were dropped.
 */
export async function dropFolder(pipeline: LakePipeline, folder: string, wanted: string | null): Promise<number> {
  const kind = await stat(folder).catch(() => null);
  if (kind?.isDirectory() !== true) throw new UsageError(`--drop: '${folder}' is not a folder.`);
  const below = await stat(join(folder, 'landing')).catch(() => null);
  if (below?.isDirectory() === true) return await dropFolder(pipeline, join(folder, 'landing'), wanted);
  const drops: Drop[] = [];
  const problems: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name.startsWith('.')) continue;
    if (entry.isDirectory()) drops.push(...(await datasetDrops(join(folder, entry.name), entry.name)));
    else if (entry.isFile()) addDrop(pipeline, join(folder, entry.name), wanted, drops, problems);
  }
  return (await copyAll(pipeline, drops, problems)).length;
}

function addDrop(pipeline: LakePipeline, path: string, wanted: string | null, drops: Drop[], problems: string[]): void {
  try {
    const dataset = chooseDataset(pipeline.ports.configuration, basename(path), wanted);
    drops.push({ path, key: `landing/${dataset}/${basename(path)}` });
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    problems.push(error.message);
  }
}

/** A folder's name is taken as it is: files for an unknown dataset are rejected by the run, with a reason beside them. */
async function datasetDrops(folder: string, dataset: string): Promise<Drop[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path, key: `landing/${dataset}${path.slice(folder.length)}` }));
}

async function copyAll(pipeline: LakePipeline, drops: readonly Drop[], problems: readonly string[]): Promise<string[]> {
  if (problems.length > 0) {
    throw new UsageError(
      `Nothing was dropped:\n${[...new Set(problems)].map((problem) => `  - ${problem}`).join('\n')}`,
    );
  }
  for (const { path, key } of drops) await pipeline.drop(path, key);
  return drops.map(({ key }) => key);
}
