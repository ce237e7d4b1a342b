import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import { inspectDrop } from '../../lambdas/adapters/drop-inspection/inspect-drop.ts';
import { FolderLake } from '../../lambdas/adapters/folder-lake.ts';
import type { Dataset } from '../../lambdas/domain/dataset.ts';
import type { Inspection } from '../../lambdas/ports/drop-reader.ts';
import { salesDataset } from './drop-fixtures.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

export interface Drop {
  readonly body: Uint8Array | string;
  readonly name?: string;
  readonly file?: Partial<Dataset['file']>;
  /** True when the raw bucket is no folder. */
  readonly remote?: boolean;
}

/** A raw bucket and a scratch folder in a temporary place. */
export class DropSite {
  readonly lake: FolderLake;
  readonly scratch: string;
  readonly #folder: TemporaryFolder;

  private constructor(folder: TemporaryFolder) {
    this.#folder = folder;
    this.lake = new FolderLake(join(folder.path, 'raw'));
    this.scratch = join(folder.path, 'scratch');
  }

  static async make(): Promise<DropSite> {
    const site = new DropSite(await temporaryFolder());
    await mkdir(site.scratch);
    return site;
  }

  remove(): Promise<void> {
    return this.#folder.remove();
  }

  async drop({ body, name = 'sales.csv', file, remote = false }: Drop): Promise<Inspection> {
    const key = `landing/sales/${name}`;
    const path = this.lake.localPath(key);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, body);
    const deps = { raw: this.lake, scratch: async () => this.scratch, localPath: async () => (remote ? null : path) };
    const object = { key, bytes: Buffer.byteLength(body) };
    return await inspectDrop(object, salesDataset(file), deps, new AbortController().signal);
  }

  /** Of a file that must be rejected, hashed and leave nothing: the codes, with the line where there is one. */
  async reasonsOf(what: Drop): Promise<string[]> {
    const inspection = await this.drop(what);
    expect(inspection.local).toBeNull();
    expect(await readdir(this.scratch)).toEqual([]);
    expect(inspection.sha256).toBe(createHash('sha256').update(what.body).digest('hex'));
    return inspection.reasons.map(({ code, line }) => (line === undefined ? code : `${code} ${line}`));
  }
}

/** Content of the readable file of an accepted one. */
export async function readable(inspection: Inspection): Promise<Buffer> {
  expect(inspection.reasons).toEqual([]);
  return await readFile(inspection.local?.path ?? '');
}
