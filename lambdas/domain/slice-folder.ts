import { CorruptStateError } from './errors.ts';
import type { Slice } from './table.ts';

/**
 * The key of the folder that holds the files of a slice and no others, without a slash at its end; null where the slice has no file. It
 * is what a partition of the Glue catalog points to. Throws CorruptStateError for a slice in several folders.
 */
export function sliceFolder({ id, files }: Pick<Slice, 'id' | 'files'>): string | null {
  const [folder, ...others] = new Set(files.map(({ key }) => key.slice(0, key.lastIndexOf('/'))));
  if (others.length > 0) {
    throw new CorruptStateError(`The slice '${id}' lies in several folders: ${folder}, ${others.join(', ')}.`);
  }
  return folder ?? null;
}
