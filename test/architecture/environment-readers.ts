import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Shipped files outside of bin/ and lambdas/wiring/config.ts that read the environment. */
export async function environmentReaders(project: string): Promise<string[]> {
  const readers: string[] = [];
  for (const folder of ['lambdas', 'simulator', 'lib']) {
    if (!existsSync(join(project, folder))) continue;
    const entries = await readdir(join(project, folder), { recursive: true, withFileTypes: true });
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const name = relative(project, path);
      if (!entry.isFile() || !name.endsWith('.ts') || name === 'lambdas/wiring/config.ts') continue;
      if (/\bprocess\s*\.\s*env\b|\bprocess\[|\{\s*env\b[^}]*\}\s*=\s*process/.test(await readFile(path, 'utf8')))
        readers.push(name);
    }
  }
  return readers;
}
