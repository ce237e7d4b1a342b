import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { builtSite } from '../../bin/dashboard/build-site.ts';

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly isDynamicEntry?: boolean;
  readonly imports?: readonly string[];
}

const firstLoadBytes = 150_000;
const routeBytes = 40_000;

/** What a page costs to load, zipped: JavaScript at first load, and what each page adds. */
export function describeBudgets(): void {
  describe('budgets', () => {
    it('first load and every page stay within theirs', async () => {
      const text = await readFile(join(builtSite, '.vite', 'manifest.json'), 'utf8');
      const manifest = JSON.parse(text) as Record<string, Chunk>;
      const zipped = async (names: Iterable<string>) => {
        let sum = 0;
        for (const name of names) sum += gzipSync(await readFile(join(builtSite, manifest[name]?.file ?? name))).length;
        return sum;
      };
      const entry = Object.keys(manifest).find((name) => manifest[name]?.isEntry === true) ?? '';
      const first = withImports(manifest, entry);
      expect(await zipped(first)).toBeLessThanOrEqual(firstLoadBytes);
      const pages = Object.keys(manifest).filter((name) => manifest[name]?.isDynamicEntry === true);
      expect(pages.length).toBeGreaterThan(3);
      for (const page of pages) {
        const own = [...withImports(manifest, page)].filter((name) => !first.has(name));
        expect([page, (await zipped(own)) <= routeBytes]).toEqual([page, true]);
      }
    });
  });
}

function withImports(manifest: Record<string, Chunk>, name: string, found = new Set<string>()): Set<string> {
  if (found.has(name)) return found;
  found.add(name);
  for (const each of manifest[name]?.imports ?? []) withImports(manifest, each, found);
  return found;
}
