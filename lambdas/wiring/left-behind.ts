import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** What our folders of temporary files are called. */
const ours = 'headwater-';

/**
 * Removes what an earlier process left in the temporary storage: one that Lambda ended (time, memory) could not do so itself, and the sandbox
 * lives on with a disk that fills up. To be called before this process makes files, and only where no other one does.
 */
export async function removeLeftBehind(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (name.startsWith(ours)) await rm(join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
