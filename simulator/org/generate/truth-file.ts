import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type OrgTruth, orgTruthSchema } from './truth.ts';

const name = 'truth-crm.json';

/** Writes `truth-crm.json`; it is complete when it appears. */
export async function writeCrmTruth(folder: string, truth: OrgTruth): Promise<void> {
  await mkdir(folder, { recursive: true });
  const growing = join(folder, `.${name}.partial`);
  await writeFile(growing, `${JSON.stringify(truth, null, 1)}\n`);
  await rename(growing, join(folder, name));
}

/** The truth of the org that was generated for a folder, or null when there is none. Throws a ZodError for another file. */
export async function readCrmTruth(folder: string): Promise<OrgTruth | null> {
  try {
    return orgTruthSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
