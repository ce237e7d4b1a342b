import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { link, lstat, mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import { keyProblem } from '../../lambdas/domain/object-key.ts';
import { describeLakeContract, textOf } from '../ports/lake.contract.ts';
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

  describe('symbolic links', () => {
    beforeEach(async () => {
      await mkdir(join(root, 'landing/sales'), { recursive: true });
      await mkdir(join(folder.path, 'elsewhere'));
      await writeFile(join(folder.path, 'elsewhere/secret'), 'secret');
      await symlink(join(folder.path, 'elsewhere'), join(root, 'landing/folder'));
      await symlink(join(folder.path, 'elsewhere/secret'), join(root, 'landing/sales/file'));
      await symlink(root, join(root, 'landing/loop'));
      await symlink('nowhere', join(root, 'landing/sales/broken'));
    });

    const linked = [
      'landing/folder/secret',
      'landing/sales/file',
      'landing/sales/broken',
      'landing/loop/landing/sales/x',
    ];

    it('are not listed', async () => {
      await writeFile(join(root, 'landing/sales/x'), 'x');
      expect(await keys()).toEqual(['landing/sales/x']);
      expect(await keys('landing/folder/')).toEqual([]);
      expect(await keys('landing/loop/landing/')).toEqual([]);
    });

    it.each(linked)('are not objects: %s', async (key) => {
      expect(await lake.head(key)).toBeNull();
      await expect(textOf(lake, key)).rejects.toThrow(ObjectNotFoundError);
      await expect(lake.move(key, 'archive/a')).rejects.toThrow(ObjectNotFoundError);
    });

    it('are not written through', async () => {
      await expect(lake.write('landing/folder/new', 'x')).rejects.toThrow(UnsafeKeyError);
      await lake.write('a', 'a');
      await expect(lake.move('a', 'landing/folder/new')).rejects.toThrow(UnsafeKeyError);
      await lake.remove(['landing/folder/secret', 'landing/sales/file']);
      expect(() => lake.localPath('landing/folder/secret')).toThrow(UnsafeKeyError);
      expect(await readdir(join(folder.path, 'elsewhere'))).toEqual(['secret']);
      expect(await exists('landing/sales/file')).toBe(true);
    });

    it('are replaced, not followed, by a write to their own name', async () => {
      await lake.write('landing/sales/file', 'object');
      expect(await textOf(lake, 'landing/sales/file')).toBe('object');
      expect(await readFile(join(folder.path, 'elsewhere/secret'), 'utf8')).toBe('secret');
    });

    it('may lead to the root itself', async () => {
      await symlink(root, join(folder.path, 'alias'));
      const alias = new FolderLake(join(folder.path, 'alias'));
      await alias.write('a', 'a');
      expect(await keys()).toEqual(['a']);
      expect((await Array.fromAsync(alias.list(''))).map(({ key }) => key)).toEqual(['a']);
    });
  });

  it('ignores named pipes and does not wait for them', async () => {
    await mkdir(join(root, 'landing'), { recursive: true });
    execFileSync('mkfifo', [join(root, 'landing/pipe')]);
    expect(await keys()).toEqual([]);
    await expect(textOf(lake, 'landing/pipe')).rejects.toThrow(ObjectNotFoundError);
  });

  it.skipIf(process.platform !== 'linux')('lists, reads and moves names that are not UTF-8', async () => {
    const names = [
      Buffer.from([0x63, 0x61, 0x66, 0xe9]),
      Buffer.from([0xff, 0xfe]),
      Buffer.concat([Buffer.from('ü😀'), Buffer.from([0xf0, 0x9f])]),
    ];
    await mkdir(join(root, 'landing/sales'), { recursive: true });
    for (const name of names) await writeFile(Buffer.concat([Buffer.from(`${root}/landing/sales/`), name]), name);
    const listed = await keys('landing/');
    expect(listed).toHaveLength(3);
    expect(new Set(listed).size).toBe(3);
    for (const [index, key] of listed.entries()) {
      expect(keyProblem(key)).toBe('it has half of a surrogate pair');
      expect(await lake.head(key)).not.toBeNull();
      expect(() => lake.localPath(key)).toThrow(UnsafeKeyError);
      await lake.move(key, `rejected/${index}`);
    }
    expect(await keys()).toEqual(['rejected/0', 'rejected/1', 'rejected/2']);
    expect(await lake.head('landing/sales/\ud800')).toBeNull();
    expect(await lake.head('landing/sales/\udcc3\udca9')).toBeNull();
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

  it('lists two thousand files within a second', async () => {
    await mkdir(join(root, 'landing/sales'), { recursive: true });
    for (let index = 0; index < 2_000; index += 1) writeFileSync(join(root, `landing/sales/${index}.csv`), '');
    const start = performance.now();
    expect(await keys('landing/')).toHaveLength(2_000);
    expect(performance.now() - start).toBeLessThan(1_000);
  });

  it('finds a file below 1,500 nested folders', async () => {
    await mkdir(join(root, 'a/'.repeat(1_500)), { recursive: true });
    await writeFile(join(root, `${'a/'.repeat(1_500)}f`), '');
    const [key = ''] = await keys();
    expect(key).toHaveLength(3_001);
    expect(keyProblem(key)).toBe('it is longer than 1,024 bytes');
    await lake.move(key, 'rejected/f');
    expect(await keys()).toEqual(['rejected/f']);
  });
});
