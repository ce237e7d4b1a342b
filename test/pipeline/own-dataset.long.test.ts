import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

/** A dataset of one's own in a folder that lies over the project's configuration. */
describe('a dataset of one’s own', () => {
  const folders: string[] = [];
  afterEach(async () => {
    for (const folder of folders.splice(0)) await removeFolder(folder);
  });

  async function home(): Promise<{ home: string; overlay: string }> {
    const folder = await temporaryFolder();
    folders.push(folder);
    return { home: folder, overlay: join(folder, 'config') };
  }

  async function writeContract(overlay: string, columns: object[]): Promise<void> {
    await mkdir(join(overlay, 'sources'), { recursive: true });
    const contract = {
      dataset: 'returns',
      description: 'Returned goods',
      owner: 'returns@example.com',
      table: 'return_line',
      kind: 'event',
      file: { pattern: 'returns*.csv', format: 'csv' },
      columns,
    };
    await writeFile(join(overlay, 'sources', 'returns.json'), JSON.stringify(contract));
  }

  async function using<T>(
    where: string,
    overlay: string | null,
    work: (pipeline: TestPipeline) => Promise<T>,
  ): Promise<T> {
    const pipeline = await testPipeline(where, overlay);
    try {
      return await work(pipeline);
    } finally {
      await pipeline.close();
    }
  }

  const id = { name: 'id', type: 'varchar', description: 'Id', required: true };
  const pieces = { name: 'pieces', type: 'integer', description: 'Pieces' };
  const drop = (pipeline: TestPipeline, name: string, text: string) =>
    writeFile(join(pipeline.rawFolder, 'landing', 'returns', name), text);
  const bronze = (pipeline: TestPipeline) => pipeline.rows('select id, pieces from bronze.return_line order by id');

  it('needs nothing but a contract', async () => {
    const { home: where, overlay } = await home();
    await writeContract(overlay, [id, pieces]);
    await using(where, overlay, async (pipeline) => {
      await drop(pipeline, 'returns_1.csv', 'id,pieces\nR1,2\nR2,x\nR3,1\nR4,1\nR5,1\n');
      await pipeline.run();
      expect(await pipeline.rows('select id from silver.return_line order by id')).toHaveLength(4);
      expect(await pipeline.rows('select _reasons from quarantine.returns')).toEqual([{ _reasons: 'TYPE(pieces)' }]);
    });
  });

  it('outlives runs that do not know it', async () => {
    const { home: where, overlay } = await home();
    await writeContract(overlay, [id, pieces]);
    await using(where, overlay, async (pipeline) => {
      await drop(pipeline, 'returns_1.csv', 'id,pieces\nR1,2\n');
      await pipeline.run();
    });
    await using(where, null, async (pipeline) => {
      await pipeline.run({ asOf: '2025-07-01' });
      await pipeline.run({ asOf: '2025-07-01', rebuild: true });
      expect(await bronze(pipeline)).toEqual([{ id: 'R1', pieces: 2 }]);
    });
    await using(where, overlay, async (pipeline) => {
      await pipeline.run();
      expect(await pipeline.rows('select id from silver.return_line')).toEqual([{ id: 'R1' }]);
    });
  });

  it('may get and lose columns: older rows have nulls for what they lack', async () => {
    const { home: where, overlay } = await home();
    await writeContract(overlay, [id]);
    await using(where, overlay, async (pipeline) => {
      await drop(pipeline, 'returns_1.csv', 'id,pieces\nR1,7\n');
      await pipeline.run();
    });
    await writeContract(overlay, [id, pieces]);
    await using(where, overlay, async (pipeline) => {
      await drop(pipeline, 'returns_2.csv', 'id,pieces\nR2,2\n');
      await pipeline.run();
      expect(await bronze(pipeline)).toEqual([
        { id: 'R1', pieces: null },
        { id: 'R2', pieces: 2 },
      ]);
      expect(await pipeline.rows('select count(pieces) as n from silver.return_line')).toEqual([{ n: '1' }]);
    });
    await writeContract(overlay, [id]);
    await using(where, overlay, async (pipeline) => {
      await pipeline.run();
      expect(await pipeline.rows('select id from silver.return_line order by id')).toEqual([
        { id: 'R1' },
        { id: 'R2' },
      ]);
    });
  });
});
