import { readdir, readFile, unlink } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { CrashHook } from '../domain/crash-points.ts';
import { parsedDocument, switchConflict } from '../domain/catalog-documents.ts';
import { currentLines, parsePointer } from '../domain/current-lines.ts';
import { CorruptStateError, ObjectExistsError, ObjectNotFoundError, StorageBusyError } from '../domain/errors.ts';
import { assertSafeKey } from '../domain/object-key.ts';
import type { CatalogPointer, Publication } from '../domain/publication.ts';
import { publicationSchema } from '../domain/publication-schema.ts';
import type { Catalog } from '../ports/catalog.ts';
import { AtomicFiles } from './folder/atomic-files.ts';
import { fileError, isMissing } from './folder/file-errors.ts';

const keptGenerations = 50;
const generationName = /^(\d{12})\.jsonl$/;
const noPublication: CatalogPointer = { generation: 0, current: null, newest: null };

/**
 * Publications as files of the processed bucket's folder. The switch is the creation of `catalog/current/<generation>.jsonl`: linking a
 * finished file to a name that must not exist yet is the compare-and-swap of a file system. The highest generation is current.
 */
export class FolderCatalog implements Catalog {
  readonly #publications: string;
  readonly #current: string;
  readonly #files: AtomicFiles;
  readonly #crash: CrashHook;

  constructor(root: string, crash: CrashHook) {
    const folder = resolve(root);
    this.#publications = `${folder}/catalog/publications`;
    this.#current = `${folder}/catalog/current`;
    this.#files = new AtomicFiles(folder, { durable: true });
    this.#crash = crash;
  }

  async pointer(): Promise<CatalogPointer> {
    // The generation just listed vanishes only when fifty others came meanwhile.
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const newest = (await this.#generations()).at(-1);
      if (newest === undefined) return noPublication;
      const text = await textOf(this.#generationPath(newest));
      if (text === null) continue;
      const pointer = parsedDocument(this.#generationPath(newest), () => parsePointer(text));
      if (pointer.generation === newest) return pointer;
      throw new CorruptStateError(`${this.#generationPath(newest)} says it is generation ${pointer.generation}.`);
    }
    throw new StorageBusyError('The catalog was switched all the time while it was being read.');
  }

  async load(id: string): Promise<Publication> {
    const path = this.#manifestPath(id);
    const text = await textOf(path);
    if (text === null) throw new ObjectNotFoundError(`There is no publication '${id}' (looked for ${path}).`);
    const publication = parsedDocument(path, () => publicationSchema.parse(JSON.parse(text)));
    if (publication.id !== id) throw new CorruptStateError(`${path} holds the publication '${publication.id}'.`);
    return publication;
  }

  async list(): Promise<string[]> {
    const names = await namesIn(this.#publications);
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort();
  }

  async store(publication: Publication): Promise<void> {
    const path = this.#manifestPath(publication.id);
    const written = await guarded(`storing the publication '${publication.id}'`, () =>
      this.#files.create(path, `${JSON.stringify(publication)}\n`),
    );
    if (written !== null) return;
    const stored = await this.load(publication.id);
    if (stored.contentHash !== publication.contentHash) {
      throw new ObjectExistsError(`A publication '${publication.id}' with other content exists already: ${path}.`);
    }
  }

  async switchTo(id: string, expected: CatalogPointer, options: { rollback?: boolean } = {}): Promise<CatalogPointer> {
    const publication = await this.load(id);
    const before = await this.pointer();
    if (before.generation !== expected.generation) throw switchConflict(expected, before);
    const generation = expected.generation + 1;
    const newest = options.rollback === true ? (before.newest ?? id) : id;
    this.#crash('catalog:before-switch');
    const created = await guarded(`switching to the publication '${id}'`, () =>
      this.#files.create(this.#generationPath(generation), currentLines(publication, newest, generation)),
    );
    if (created === null) throw switchConflict(expected, await this.pointer());
    this.#crash('catalog:switched');
    await this.#prune(expected);
    return { generation, current: id, newest };
  }

  async forget(ids: readonly string[]): Promise<void> {
    const { current, newest } = await this.pointer();
    for (const id of ids) {
      if (id === current || id === newest) continue;
      await guarded(`removing the publication '${id}'`, () => unlinkIfThere(this.#manifestPath(id)));
    }
  }

  /**
   * Removes generations that no reader needs any more. A writer that slept through fifty switches may have found its number pruned
   * and hence free; it has not switched anything, and learns so here.
   */
  async #prune(expected: CatalogPointer): Promise<void> {
    const generations = await this.#generations();
    const oldest = (generations.at(-1) ?? 0) - keptGenerations + 1;
    for (const generation of generations) {
      // Tidying up comes after success and is repeated at the next switch, so its failure is not the run's.
      if (generation < oldest) await unlinkIfThere(this.#generationPath(generation)).catch(() => undefined);
    }
    if (expected.generation + 1 < oldest) throw switchConflict(expected, await this.pointer());
  }

  async #generations(): Promise<number[]> {
    const numbers = (await namesIn(this.#current)).map((name) => generationName.exec(name)?.[1]);
    return numbers
      .filter((text) => text !== undefined)
      .map(Number)
      .sort((one, other) => one - other);
  }

  #generationPath(generation: number): string {
    return `${this.#current}/${String(generation).padStart(12, '0')}.jsonl`;
  }

  #manifestPath(id: string): string {
    // A slash would lead to another folder: doubled, it makes the key unsafe.
    assertSafeKey(`catalog/publications/${id.replaceAll('/', '//')}.json`);
    return `${this.#publications}/${id}.json`;
  }
}

async function textOf(path: string): Promise<string | null> {
  return guarded(`reading ${path}`, () => readFile(path, 'utf8').catch(orWhenMissing(null)));
}

async function namesIn(folder: string): Promise<string[]> {
  return guarded(`reading ${folder}`, () => readdir(folder).catch(orWhenMissing([])));
}

async function unlinkIfThere(path: string): Promise<void> {
  await unlink(path).catch(orWhenMissing(undefined));
}

function orWhenMissing<T>(fallback: T): (error: unknown) => T {
  return (error) => {
    if (isMissing(error)) return fallback;
    throw error;
  };
}

async function guarded<T>(doing: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw fileError(error, doing);
  }
}
