import { rmSync, writeFileSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FolderCatalog } from '../../lambdas/adapters/folder-catalog.ts';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import { type CrashPoint, noCrash } from '../../lambdas/domain/crash-points.ts';
import { currentLines } from '../../lambdas/domain/current-lines.ts';
import {
  CorruptStateError,
  ObjectNotFoundError,
  PublicationConflictError,
  UnsafeKeyError,
} from '../../lambdas/domain/errors.ts';
import { describeCatalogContract } from '../ports/catalog.contract.ts';
import { samplePublication } from '../ports/publications.ts';
import { Child, race } from './child-process.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

describeCatalogContract('FolderCatalog', async () => {
  const folder = await temporaryFolder();
  return { catalog: new FolderCatalog(folder.path, noCrash), dispose: () => folder.remove() };
});

describe('FolderCatalog on disk', () => {
  let folder: TemporaryFolder;
  let catalog: FolderCatalog;
  const current = () => join(folder.path, 'catalog/current');
  const manifest = (id: string) => join(folder.path, `catalog/publications/${id}.json`);

  async function publish(id: string): Promise<void> {
    await catalog.store(samplePublication(id));
    await catalog.switchTo(id, await catalog.pointer());
  }

  beforeEach(async () => {
    folder = await temporaryFolder();
    catalog = new FolderCatalog(folder.path, noCrash);
  });

  afterEach(() => folder.remove());

  it('writes a line per table and slice for analysts', async () => {
    await publish('run-1');
    const text = await readFile(join(current(), '000000000001.jsonl'), 'utf8');
    const pointer = { publication: 'run-1', newest: 'run-1', generation: 1 };
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([
      { table_name: 'silver.sales_line', slice: 'run-1/1/2025-05', ...pointer },
      { table_name: 'silver.sales_line', slice: 'run-1/1/2025-06', ...pointer },
      { table_name: 'gold.customers', slice: 'run-1/1', ...pointer },
    ]);
  });

  it('shows the lake finished files only', async () => {
    await publish('run-1');
    await mkdir(join(folder.path, '.tmp'), { recursive: true });
    await writeFile(join(folder.path, '.tmp/.1-half'), '{"table_na');
    const keys = (await Array.fromAsync(new FolderLake(folder.path).list(''))).map(({ key }) => key);
    expect(keys).toEqual(['catalog/current/000000000001.jsonl', 'catalog/publications/run-1.json']);
    expect((await catalog.pointer()).current).toBe('run-1');
  });

  it('keeps the last fifty generations', async () => {
    await publish('run-1');
    let pointer = await catalog.pointer();
    while (pointer.generation < 60) pointer = await catalog.switchTo('run-1', pointer);
    const names = (await readdir(current())).sort();
    expect(names).toHaveLength(50);
    expect(names[0]).toBe('000000000011.jsonl');
    expect(names.at(-1)).toBe('000000000060.jsonl');
  });

  it('tells a writer that slept through fifty switches', async () => {
    await publish('run-1');
    const before = await catalog.pointer();
    const name = (generation: number) => join(current(), `${String(generation).padStart(12, '0')}.jsonl`);
    const sleeper = new FolderCatalog(folder.path, (point) => {
      if (point !== 'catalog:before-switch') return;
      // Between its look at the pointer and its link, sixty others switch, and its own number is pruned.
      for (let generation = 12; generation <= 61; generation += 1) {
        writeFileSync(name(generation), currentLines(samplePublication('run-1'), 'run-1', generation));
      }
      rmSync(name(1));
    });
    await expect(sleeper.switchTo('run-1', before)).rejects.toThrow(PublicationConflictError);
    expect(await catalog.pointer()).toEqual({ generation: 61, current: 'run-1', newest: 'run-1' });
    expect(await readdir(current())).toHaveLength(50);
  });

  it('reads again when a generation vanishes under it', async () => {
    await publish('run-1');
    const text = (generation: number) => currentLines(samplePublication('run-1'), 'run-1', generation);
    const name = (generation: number) => join(current(), `${String(generation).padStart(12, '0')}.jsonl`);
    let generation = 1;
    for (let round = 0; round < 200; round += 1) {
      const reading = catalog.pointer();
      for (let turn = 0; turn <= round % 4; turn += 1) {
        await setImmediate();
        generation += 1;
        writeFileSync(name(generation), text(generation));
        rmSync(name(generation - 1));
      }
      expect((await reading).current).toBe('run-1');
    }
  });

  it('ignores foreign files', async () => {
    await publish('run-1');
    await writeFile(join(current(), '.DS_Store'), '');
    await writeFile(join(current(), '000000000099.jsonl.bak'), '');
    await writeFile(join(folder.path, 'catalog/publications/README'), '');
    expect((await catalog.pointer()).generation).toBe(1);
    expect(await catalog.list()).toEqual(['run-1']);
  });

  it.each([
    ['cut off', '{"id":"run-1","asOf":'],
    ['empty', ''],
    ['of another shape', '{"id":"run-1"}'],
    ['of another run', JSON.stringify(samplePublication('run-2'))],
    ['with an unknown type', JSON.stringify(samplePublication('run-1')).replace('decimal(18,2)', 'double')],
    ['with negative rows', JSON.stringify(samplePublication('run-1')).replace('"rows":3', '"rows":-3')],
  ])('names a manifest that is %s', async (_, text) => {
    await publish('run-1');
    await writeFile(manifest('run-1'), text);
    await expect(catalog.load('run-1')).rejects.toThrow(CorruptStateError);
    await expect(catalog.load('run-1')).rejects.toThrow(manifest('run-1'));
  });

  it.each([
    ['cut off', '{"table_name":"gold.cus'],
    ['empty', ''],
    ['of another generation', '{"table_name":null,"slice":null,"publication":"a","newest":"a","generation":8}\n'],
    ['of another shape', '{"generation":2}\n'],
  ])('names a generation that is %s', async (_, text) => {
    await publish('run-1');
    await writeFile(join(current(), '000000000002.jsonl'), text);
    await expect(catalog.pointer()).rejects.toThrow(CorruptStateError);
    await expect(catalog.pointer()).rejects.toThrow('000000000002.jsonl');
  });

  it('does not leave its folder for an id', async () => {
    await writeFile(join(folder.path, 'secret.json'), JSON.stringify(samplePublication('x')));
    for (const id of ['../../secret', 'a/b', 'a\0b']) {
      await expect(catalog.load(id)).rejects.toThrow(UnsafeKeyError);
      await expect(catalog.store(samplePublication(id))).rejects.toThrow(UnsafeKeyError);
      await expect(catalog.forget([id])).rejects.toThrow(UnsafeKeyError);
    }
    await expect(catalog.load('..')).rejects.toThrow(ObjectNotFoundError);
  });

  it('passes its crash points in order', async () => {
    const passed: CrashPoint[] = [];
    const observed = new FolderCatalog(folder.path, (point) => passed.push(point));
    await observed.store(samplePublication('run-1'));
    await observed.switchTo('run-1', await observed.pointer());
    expect(passed).toEqual(['catalog:before-switch', 'catalog:switched']);
  });

  describe('with several processes', () => {
    it('lets exactly one of eight switch', async () => {
      const children = Array.from(
        { length: 8 },
        (_, index) => new Child('switch-catalog.ts', folder.path, `run-${index}`),
      );
      const said = await race(children);
      expect(said.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'PublicationConflictError'), 'won']);
      const winner = `run-${said.indexOf('won')}`;
      expect(await catalog.pointer()).toEqual({ generation: 1, current: winner, newest: winner });
      expect(await catalog.list()).toHaveLength(8);
    });

    it.each([
      ['catalog:before-switch', 'run-0'],
      ['catalog:switched', 'run-1'],
    ])('stands where it should after a kill at %s', async (point, expected) => {
      await publish('run-0');
      const child = new Child('switch-catalog.ts', folder.path, 'run-1', point);
      await race([child]);
      expect(await child.ended()).toEqual({ code: null, signal: 'SIGKILL' });
      expect((await catalog.pointer()).current).toBe(expected);
      await publish('run-2');
      expect((await catalog.pointer()).current).toBe('run-2');
    });

    it('stays readable through kills at any moment', async () => {
      for (let round = 0; round < 6; round += 1) {
        const child = new Child('switch-forever.ts', folder.path);
        let said = Number(await child.line());
        const end = performance.now() + 20 + 37 * round;
        while (performance.now() < end) said = Number(await child.line());
        await child.kill();
        const pointer = await catalog.pointer();
        expect(pointer.generation).toBeGreaterThanOrEqual(said);
        expect((await catalog.load(pointer.current ?? '')).id).toBe(`run-${pointer.generation}`);
        for (const id of await catalog.list()) expect((await catalog.load(id)).id).toBe(id);
      }
    });

    it('can always be read while it is switched', async () => {
      const child = new Child('switch-forever.ts', folder.path);
      await child.line();
      let last = 0;
      for (let read = 0; read < 1_500 || last < 60; read += 1) {
        const pointer = await catalog.pointer();
        expect(pointer.generation).toBeGreaterThanOrEqual(last);
        expect(pointer.current).toBe(`run-${pointer.generation}`);
        last = pointer.generation;
      }
      await child.kill();
      expect((await readdir(current())).length).toBeLessThanOrEqual(51);
    });
  });
});
