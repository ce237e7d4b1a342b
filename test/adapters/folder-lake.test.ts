import { writeFileSync } from 'node:fs';
import { link, lstat, mkdir, readdir, readFile, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import { keyProblem } from '../../lambdas/domain/object-key.ts';
import { describeLakeContract } from '../ports/lake.contract.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

describeLakeContract('FolderLake', async () => {
  const folder = await temporaryFolder();
  const root = join(folder.path, 'bucket');
  await mkdir(root);
  await writeFile(join(folder.path, 'outside'), 'not an object');
  await writeFile(join(folder.path, 'probe\u00e9'), '');
  return {
    lake: new FolderLake(root),
    foldsUnicode: (await stat(join(folder.path, 'probee\u0301')).catch(() => null)) !== null,
    plant: (key, body) => plant(root, key, body),
    dispose: () => folder.remove(),
  };
});

/** What a shell could do: any name that the file system takes, unless it means another file. */
async function plant(root: string, key: string, body: string): Promise<boolean> {
  const path = `${root}/${key}`;
  if (key === '' || !key.isWellFormed() || join(root, key) !== path || path.endsWith('/')) return false;
  try {
    await mkdir(path.slice(0, path.lastIndexOf('/')), { recursive: true });
    await writeFile(path, body);
    return true;
  } catch {
    return false;
  }
}

describe('FolderLake on disk', () => {
  let folder: TemporaryFolder;
  let root: string;
  let lake: FolderLake;

  const keys = async (prefix = '') => (await Array.fromAsync(lake.list(prefix))).map(({ key }) => key);
  const exists = async (path: string) => (await lstat(join(root, path)).catch(() => null)) !== null;

  beforeEach(async () => {
    folder = await temporaryFolder();
    root = join(folder.path, 'bucket');
    lake = new FolderLake(root);
  });

  afterEach(() => folder.remove());

  it('needs no folder before the first write', async () => {
    expect(await keys()).toEqual([]);
    expect(await lake.head('a')).toBeNull();
    await lake.remove(['a']);
    await lake.write('a', '');
    expect(await keys()).toEqual(['a']);
  });

  it('leaves no temporary file behind', async () => {
    await lake.write('a', 'x');
    await lake.write('b', 'x', { createOnly: true });
    await lake.write('b', 'x', { createOnly: true }).catch(() => undefined);
    await writeFile(join(root, 'file'), '');
    await lake.write('file/below', 'x').catch(() => undefined);
    expect(await readdir(join(root, '.tmp'))).toEqual([]);
  });

  it('hides temporary files and sweeps old ones', async () => {
    await mkdir(join(root, '.tmp'), { recursive: true });
    await writeFile(join(root, '.tmp/.1-old'), '');
    await writeFile(join(root, '.tmp/.1-new'), '');
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    await utimes(join(root, '.tmp/.1-old'), twoDaysAgo, twoDaysAgo);
    await lake.write('a', '');
    expect(await keys()).toEqual(['a']);
    expect(await keys('.tmp/')).toEqual([]);
    expect(await lake.head('.tmp/.1-new')).toBeNull();
    expect(await readdir(join(root, '.tmp'))).toEqual(['.1-new']);
  });

  it('refuses keys in the reserved folders', async () => {
    await expect(lake.write('.tmp/a', '')).rejects.toThrow(UnsafeKeyError);
    await expect(lake.write('.scratch/a', '')).rejects.toThrow(UnsafeKeyError);
  });

  it('lists dot files that producers dropped', async () => {
    await lake.write('landing/sales/.DS_Store', '');
    expect(await keys('landing/')).toEqual(['landing/sales/.DS_Store']);
  });

  it('does not mistake folders for objects', async () => {
    await lake.write('a/b', 'x');
    await expect(lake.write('a', 'x')).rejects.toThrow(ObjectExistsError);
    await expect(lake.write('a', 'x', { createOnly: true })).rejects.toThrow(ObjectExistsError);
    await expect(lake.write('a/b/c', 'x')).rejects.toThrow(ObjectExistsError);
    await lake.write('c', 'x');
    await expect(lake.move('c', 'a')).rejects.toThrow(ObjectExistsError);
    await expect(lake.move('a', 'd')).rejects.toThrow(ObjectNotFoundError);
    expect(await keys()).toEqual(['a/b', 'c']);
  });

  it('moves one of two hard links to the other', async () => {
    await lake.write('landing/a', 'x');
    await link(join(root, 'landing/a'), join(root, 'landing/b'));
    await lake.move('landing/a', 'landing/b');
    expect(await keys()).toEqual(['landing/b']);
  });

  describe('removing', () => {
    it('takes empty folders along', async () => {
      await lake.write('silver/account/run=1/0/part-0', '');
      await lake.write('silver/account/run=2/0/part-0', '');
      await lake.remove(['silver/account/run=1/0/part-0']);
      expect(await exists('silver/account/run=1')).toBe(false);
      await lake.remove(['silver/account/run=2/0/part-0']);
      expect(await exists('silver/account')).toBe(false);
      expect(await exists('silver')).toBe(true);
    });

    it('leaves the folders that producers drop into', async () => {
      await lake.write('landing/sales/2025/06/a', '');
      await lake.write('landing/stray', '');
      await lake.remove(['landing/sales/2025/06/a', 'landing/stray']);
      expect(await exists('landing/sales')).toBe(true);
      expect(await exists('landing/sales/2025')).toBe(false);
    });
  });

  it('names the path of an object', async () => {
    await lake.write('gold/a', 'x');
    expect(await readFile(lake.localPath('gold/a'), 'utf8')).toBe('x');
    for (const key of ['../x', 'a/../../x', '/x', '', 'a\0b', '.tmp/x']) {
      expect(() => lake.localPath(key)).toThrow(UnsafeKeyError);
    }
  });

  it('keeps reading the version it began with', async () => {
    const before = 'b'.repeat(2_000_000);
    await lake.write('a', before);
    const chunks = lake.read('a')[Symbol.asyncIterator]();
    const first = await chunks.next();
    await lake.write('a', 'after');
    let bytes = first.value?.length ?? 0;
    for (let next = await chunks.next(); next.done !== true; next = await chunks.next()) bytes += next.value.length;
    expect(bytes).toBe(before.length);
  });

  it('lists two thousand files within half a second', async () => {
    await mkdir(join(root, 'landing/sales'), { recursive: true });
    for (let index = 0; index < 2_000; index += 1) writeFileSync(join(root, `landing/sales/${index}.csv`), '');
    // The best of three, as other tests keep the machine busy.
    const times: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = performance.now();
      expect(await keys('landing/')).toHaveLength(2_000);
      times.push(performance.now() - start);
    }
    expect(Math.min(...times)).toBeLessThan(500);
  });

  it('finds a file below 1,000 nested folders', async () => {
    await mkdir(join(root, 'a/'.repeat(1_000)), { recursive: true });
    await writeFile(join(root, `${'a/'.repeat(1_000)}f`), '');
    const [key = ''] = await keys();
    expect(key).toHaveLength(2_001);
    expect(keyProblem(key)).toBe('it is longer than 1,024 bytes');
    await lake.move(key, 'rejected/f');
    expect(await keys()).toEqual(['rejected/f']);
  });
});
