import { constants } from 'node:fs';
import { copyFile, mkdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { assertSafeKey } from '../domain/object-key.ts';

/**
 * Copies a local file into the raw bucket's folder under a landing key, whole or not at all; the file keeps its modification time,
 * so that dropping it twice is the same arrival while the first one still waits.
 */
export async function copyIntoLanding(rawFolder: string, source: string, key: string): Promise<void> {
  assertSafeKey(key);
  const target = join(rawFolder, ...key.split('/'));
  await mkdir(dirname(target), { recursive: true });
  await mkdir(join(rawFolder, '.tmp'), { recursive: true });
  const temporary = join(rawFolder, '.tmp', `drop-${process.pid}-${Date.now()}-${Math.random().toString(16).slice(2)}`);
  try {
    await copyFile(source, temporary, constants.COPYFILE_FICLONE);
    const { atime, mtime } = await stat(source);
    await utimes(temporary, atime, mtime);
    await rename(temporary, target);
  } finally {
    await rm(temporary, { force: true });
  }
}
