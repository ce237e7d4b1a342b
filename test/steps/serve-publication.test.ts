import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryCatalog } from '../../lambdas/adapters/memory-catalog.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import type { Configuration } from '../../lambdas/domain/configuration.ts';
import { noCrash } from '../../lambdas/domain/crash-points.ts';
import { servingPointerKey, servingPointerSchema } from '../../lambdas/domain/serving/serving-pointer.ts';
import type { SnapshotMaker } from '../../lambdas/ports/snapshot-maker.ts';
import { serveCurrent } from '../../lambdas/steps/serve-publication.ts';
import { readText } from '../../lambdas/steps/run-state.ts';

const configuration = {
  datasets: [],
  salesforce: null,
  mappings: [],
  models: [],
  views: [],
  parameters: [],
  companyNames: null,
} as unknown as Configuration;

let lake: MemoryLake;
let catalog: MemoryCatalog;
/** Prefixes of the snapshots that were made. */
let made: string[];
let attempts: number;
/** Called while a snapshot is made. */
let meanwhile: () => Promise<void>;

const snapshots: SnapshotMaker = {
  make: async ({ prefix }) => {
    made.push(prefix);
    await meanwhile();
    const key = `${prefix}/snapshot.sqlite`;
    const { bytes } = await lake.write(key, prefix);
    return { key, sha256: '0'.repeat(64), bytes };
  },
};

beforeEach(() => {
  lake = new MemoryLake();
  catalog = new MemoryCatalog();
  made = [];
  attempts = 0;
  meanwhile = async () => {};
});

async function published(id: string): Promise<void> {
  await catalog.store({
    id,
    asOf: '2025-06-30',
    createdAt: '2025-07-01T00:00:00.000Z',
    fencingToken: 1,
    base: null,
    contentHash: id,
    tables: [],
  });
  await catalog.switchTo(id, await catalog.pointer());
}

async function serve() {
  const random = () => {
    attempts += 1;
    return attempts / 0x1000000;
  };
  return await serveCurrent({ lake, catalog, snapshots, configuration, random, crash: noCrash });
}

const served = async () => servingPointerSchema.parse(JSON.parse(String(await readText(lake, servingPointerKey))));

describe('serving a publication', () => {
  it('makes its snapshot once', async () => {
    await published('a');
    expect(await serve()).toEqual(await serve());
    expect(made).toHaveLength(1);
  });

  it.each([
    ['is gone', async (key: string) => await lake.remove([key])],
    ['is cut off', async (key: string) => void (await lake.write(key, 'x'))],
  ])('makes a snapshot anew that %s', async (_what, harm) => {
    await published('a');
    const before = await serve();
    await harm(String(before?.key));
    const after = await serve();
    expect(made).toHaveLength(2);
    expect(await served()).toEqual(after);
    expect((await lake.head(String(after?.key)))?.bytes).toBe(after?.bytes);
  });

  it('never goes back to what it began with when somebody published meanwhile', async () => {
    await published('a');
    meanwhile = async () => {
      meanwhile = async () => {};
      await published('b');
      await serve();
    };
    expect((await serve())?.run_id).toBe('b');
    expect(await served()).toMatchObject({ run_id: 'b', generation: 2 });
  });
});
