import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DropTruth } from './truth.ts';

/** The truth of the drops that lie in a folder, or null when none were generated there, or not to the end. */
export async function readTruth(folder: string): Promise<DropTruth | null> {
  try {
    return JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as DropTruth;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
