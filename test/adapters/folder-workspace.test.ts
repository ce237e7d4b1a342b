import { access, mkdir, readdir, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { FolderWorkspace } from '../../lambdas/adapters/folder-workspace.ts';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import { describeWorkspaceContract } from '../ports/workspace.contract.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

const own = { owner: 'here/1:42:1', isAlive: (owner: string) => !owner.includes('dead') };

describeWorkspaceContract('FolderWorkspace', async () => {
  const folder = await temporaryFolder();
  return {
    workspace: new FolderWorkspace(folder.path, own),
    lake: new FolderLake(folder.path),
    dispose: () => folder.remove(),
  };
});

describe('FolderWorkspace on disk', () => {
  let folder: TemporaryFolder;
  const workspaceOf = (owner: string) => new FolderWorkspace(folder.path, { ...own, owner });
  const scratches = () => readdir(join(folder.path, '.scratch'));

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  afterEach(() => folder.remove());

  it('uses objects where they lie', async () => {
    const lake = new FolderLake(folder.path);
    await lake.write('gold/a', 'x');
    expect(await workspaceOf('a').pull('gold/a')).toBe(lake.localPath('gold/a'));
    expect(await workspaceOf('a').target('gold/b')).toBe(lake.localPath('gold/b'));
  });

  it('makes no scratch folder before it is asked', async () => {
    const workspace = workspaceOf('a');
    await workspace.clear();
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('removes scratch folders of dead processes only', async () => {
    const dead = await workspaceOf('here/1:7:dead').scratch();
    await mkdir(join(dead, 'spill'));
    await writeFile(join(dead, 'spill/file'), 'x');
    const living = await workspaceOf('here/1:8:2').scratch();
    const own = await workspaceOf('here/1:9:3').scratch();
    expect((await scratches()).sort()).toEqual([basename(living), basename(own)].sort());
    expect(new Set([dead, living, own].map((path) => join(path, '..'))).size).toBe(1);
  });

  it('leaves foreign folders below .scratch', async () => {
    for (const name of ['no-owner', '%zz~1', '~'])
      await mkdir(join(folder.path, '.scratch', name), { recursive: true });
    await workspaceOf('a').scratch();
    expect(await scratches()).toHaveLength(4);
  });

  it('clears its own scratch folder only', async () => {
    const one = workspaceOf('a');
    const other = workspaceOf('a');
    await one.scratch();
    const kept = await other.scratch();
    await one.clear();
    expect(await scratches()).toEqual([basename(kept)]);
  });

  it('does not follow links', async () => {
    const outside = await temporaryFolder();
    await writeFile(join(outside.path, 'secret'), 'x');
    await symlink(outside.path, join(folder.path, 'gold'));
    await expect(workspaceOf('a').pull('gold/secret')).rejects.toThrow(ObjectNotFoundError);
    await expect(workspaceOf('a').target('gold/new')).rejects.toThrow(UnsafeKeyError);
    await expect(workspaceOf('a').target('gold')).rejects.toThrow(ObjectExistsError);
    await expect(access(join(outside.path, 'new'))).rejects.toThrow();
    await outside.remove();
  });

  it('refuses a target where a file stands', async () => {
    await writeFile(join(folder.path, 'gold'), 'x');
    await expect(workspaceOf('a').target('gold')).rejects.toThrow(ObjectExistsError);
    await expect(workspaceOf('a').target('gold/below')).rejects.toThrow(ObjectExistsError);
  });
});
