import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ObjectExistsError, ObjectNotFoundError, UnsafeKeyError } from '../../lambdas/domain/errors.ts';
import type { Lake } from '../../lambdas/ports/lake.ts';
import type { Workspace } from '../../lambdas/ports/workspace.ts';

export interface WorkspaceHarness {
  readonly workspace: Workspace;
  /** The processed bucket that the workspace belongs to. */
  readonly lake: Lake;
  dispose(): Promise<void>;
}

export function describeWorkspaceContract(name: string, create: () => Promise<WorkspaceHarness>): void {
  describe(`${name} as a workspace`, () => {
    let harness: WorkspaceHarness;
    let workspace: Workspace;
    let lake: Lake;

    beforeEach(async () => {
      harness = await create();
      ({ workspace, lake } = harness);
    });

    afterEach(() => harness.dispose());

    const keys = async () => (await Array.fromAsync(lake.list(''))).map(({ key }) => key);
    const isThere = (path: string) =>
      access(path).then(
        () => true,
        () => false,
      );

    it('pulls an object to a local path', async () => {
      await lake.write('bronze/sales/run=1/0/month=2025-06/part-0.parquet', 'rows');
      const path = await workspace.pull('bronze/sales/run=1/0/month=2025-06/part-0.parquet');
      expect(await readFile(path, 'utf8')).toBe('rows');
      expect(await workspace.pull('bronze/sales/run=1/0/month=2025-06/part-0.parquet')).toBe(path);
    });

    it('cannot pull what is not there', async () => {
      await lake.write('bronze/sales/a', '');
      await expect(workspace.pull('bronze/none')).rejects.toThrow(ObjectNotFoundError);
      await expect(workspace.pull('bronze/sales')).rejects.toThrow(ObjectNotFoundError);
      await expect(workspace.pull('../outside')).rejects.toThrow(ObjectNotFoundError);
    });

    it('gives an empty folder and makes its files objects', async () => {
      const path = await workspace.target('silver/sales/run=1/0');
      expect(await readdir(path)).toEqual([]);
      await writeFile(join(path, 'part-0.parquet'), 'rows');
      await workspace.push('silver/sales/run=1/0');
      expect(await keys()).toEqual(['silver/sales/run=1/0/part-0.parquet']);
      const pulled = await workspace.pull('silver/sales/run=1/0/part-0.parquet');
      expect(await readFile(pulled, 'utf8')).toBe('rows');
    });

    it('refuses a target that has files', async () => {
      const path = await workspace.target('silver/sales/run=1/0');
      await writeFile(join(path, 'part-0.parquet'), 'rows');
      await workspace.push('silver/sales/run=1/0');
      await expect(workspace.target('silver/sales/run=1/0')).rejects.toThrow(ObjectExistsError);
    });

    it('refuses unsafe targets', async () => {
      for (const prefix of ['', '../outside', '/etc', 'a/../../b', 'a//b', 'a/']) {
        await expect(workspace.target(prefix)).rejects.toThrow(UnsafeKeyError);
      }
    });

    it('has a scratch folder until cleared', async () => {
      const path = await workspace.scratch();
      expect(await workspace.scratch()).toBe(path);
      await writeFile(join(path, 'spill'), 'x');
      expect(await keys()).toEqual([]);
      await workspace.clear();
      expect(await isThere(join(path, 'spill'))).toBe(false);
      const again = await workspace.scratch();
      expect(await readdir(again)).toEqual([]);
    });

    it('gives everyone the same scratch folder at once', async () => {
      const paths = await Promise.all([workspace.scratch(), workspace.scratch(), workspace.scratch()]);
      expect(new Set(paths).size).toBe(1);
    });

    it('can be cleared at any time, any number of times', async () => {
      await workspace.clear();
      await workspace.scratch();
      await workspace.clear();
      await workspace.clear();
      await lake.write('gold/kept', 'x');
      await workspace.clear();
      expect(await keys()).toEqual(['gold/kept']);
    });
  });
}
