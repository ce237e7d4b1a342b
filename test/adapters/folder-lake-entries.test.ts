import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import { keyProblem } from '../../lambdas/domain/object-key.ts';
import { textOf } from '../ports/lake-harness.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

describe('FolderLake with odd entries', () => {
  let folder: TemporaryFolder;
  let root: string;
  let lake: FolderLake;

  const keys = async (prefix = '') => (await Array.fromAsync(lake.list(prefix))).map(({ key }) => key);
  const exists = async (path: string) => (await lstat(join(root, path)).catch(() => null)) !== null;

  beforeEach(async () => {
    folder = await temporaryFolder();
    root = join(folder.path, 'bucket');
    lake = new FolderLake(root);
    await mkdir(join(root, 'landing/sales'), { recursive: true });
    await mkdir(join(folder.path, 'elsewhere'));
    await writeFile(join(folder.path, 'elsewhere/secret'), 'secret');
    await symlink(join(folder.path, 'elsewhere'), join(root, 'landing/folder'));
    await symlink(join(folder.path, 'elsewhere/secret'), join(root, 'landing/sales/file'));
    await symlink(root, join(root, 'landing/loop'));
    await symlink('nowhere', join(root, 'landing/sales/broken'));
  });

  afterEach(() => folder.remove());

  const linked = [
    'landing/folder/secret',
    'landing/sales/file',
    'landing/sales/broken',
    'landing/loop/landing/sales/x',
  ];

  it('links are not listed', async () => {
    await writeFile(join(root, 'landing/sales/x'), 'x');
    expect(await keys()).toEqual(['landing/sales/x']);
    expect(await keys('landing/folder/')).toEqual([]);
    expect(await keys('landing/loop/landing/')).toEqual([]);
  });

  it.each(linked)('links are not objects: %s', async (key) => {
    expect(await lake.head(key)).toBeNull();
    await expect(textOf(lake, key)).rejects.toThrow(ObjectNotFoundError);
    await expect(lake.move(key, 'archive/a')).rejects.toThrow(ObjectNotFoundError);
  });

  it('links are not written through', async () => {
    await expect(lake.write('landing/folder/new', 'x')).rejects.toThrow(UnsafeKeyError);
    await lake.write('a', 'a');
    await expect(lake.move('a', 'landing/folder/new')).rejects.toThrow(UnsafeKeyError);
    await lake.remove(['landing/folder/secret', 'landing/sales/file']);
    expect(() => lake.localPath('landing/folder/secret')).toThrow(UnsafeKeyError);
    expect(await readdir(join(folder.path, 'elsewhere'))).toEqual(['secret']);
    expect(await exists('landing/sales/file')).toBe(true);
  });

  it('links are replaced, not followed, by a write to their own name', async () => {
    await lake.write('landing/sales/file', 'object');
    expect(await textOf(lake, 'landing/sales/file')).toBe('object');
    expect(await readFile(join(folder.path, 'elsewhere/secret'), 'utf8')).toBe('secret');
  });

  it('a link may be the root itself', async () => {
    await symlink(root, join(folder.path, 'alias'));
    const alias = new FolderLake(join(folder.path, 'alias'));
    await alias.write('a', 'a');
    expect(await keys()).toEqual(['a']);
    expect((await Array.fromAsync(alias.list(''))).map(({ key }) => key)).toEqual(['a']);
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
});
