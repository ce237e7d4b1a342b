import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { S3Catalog } from '../../lambdas/adapters/s3-catalog.ts';
import { S3Lake } from '../../lambdas/adapters/s3-lake.ts';
import { S3Workspace } from '../../lambdas/adapters/s3-workspace.ts';
import { noCrash } from '../../lambdas/domain/crash-points.ts';
import { describeCatalogContract } from '../ports/catalog.contract.ts';
import { samplePublication } from '../ports/publications.ts';
import { describeWorkspaceContract } from '../ports/workspace.contract.ts';
import { freshBucket } from './moto-bucket.ts';

describeCatalogContract('S3Catalog', async () => {
  const { client, bucket, dispose } = await freshBucket();
  return { catalog: new S3Catalog(client, bucket, new S3Lake(client, bucket), noCrash), dispose };
});

describeWorkspaceContract('S3Workspace', async () => {
  const { client, bucket, dispose } = await freshBucket();
  const folder = await mkdtemp(join(tmpdir(), 'workspace-'));
  const lake = new S3Lake(client, bucket);
  const workspace = new S3Workspace(client, bucket, lake, folder);
  return {
    workspace,
    lake,
    dispose: async () => {
      await workspace.clear();
      expect(await readdir(folder)).toEqual([]);
      await rm(folder, { recursive: true });
      await dispose();
    },
  };
});

it('knows its own switch whose answer was lost', async () => {
  const { client, bucket, dispose } = await freshBucket();
  const catalog = new S3Catalog(client, bucket, new S3Lake(client, bucket), noCrash);
  await catalog.store(samplePublication('run-1'));
  const before = await catalog.pointer();
  let losses = 1;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (context.commandName === 'PutObjectCommand' && losses-- > 0) {
        throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
      }
      return answer;
    },
    { step: 'finalizeRequest', priority: 'low' },
  );
  expect(await catalog.switchTo('run-1', before)).toEqual({ generation: 1, current: 'run-1', newest: 'run-1' });
  expect(losses).toBe(0);
  await dispose();
});
