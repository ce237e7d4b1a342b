import { switchConflict } from '../domain/catalog-documents.ts';
import { ObjectExistsError, ObjectNotFoundError } from '../domain/errors.ts';
import type { CatalogPointer, Publication } from '../domain/publication.ts';
import type { Catalog } from '../ports/catalog.ts';

/** A catalog for tests, gone with the process. */
export class MemoryCatalog implements Catalog {
  readonly #publications = new Map<string, Publication>();
  #pointer: CatalogPointer = { generation: 0, current: null, newest: null };

  async pointer(): Promise<CatalogPointer> {
    return this.#pointer;
  }

  async load(id: string): Promise<Publication> {
    const publication = this.#publications.get(id);
    if (publication === undefined) throw new ObjectNotFoundError(`There is no publication '${id}'.`);
    return structuredClone(publication);
  }

  async list(): Promise<string[]> {
    return [...this.#publications.keys()].sort();
  }

  async store(publication: Publication): Promise<void> {
    const stored = this.#publications.get(publication.id);
    if (stored === undefined) this.#publications.set(publication.id, structuredClone(publication));
    else if (stored.contentHash !== publication.contentHash) {
      throw new ObjectExistsError(`A publication '${publication.id}' with other content exists already.`);
    }
  }

  async switchTo(id: string, expected: CatalogPointer, options: { rollback?: boolean } = {}): Promise<CatalogPointer> {
    await this.load(id);
    const { generation, newest } = this.#pointer;
    if (generation !== expected.generation) {
      throw switchConflict(expected, this.#pointer);
    }
    this.#pointer = {
      generation: generation + 1,
      current: id,
      newest: options.rollback === true ? (newest ?? id) : id,
    };
    return this.#pointer;
  }

  async forget(ids: readonly string[]): Promise<void> {
    const kept = [this.#pointer.current, this.#pointer.newest];
    for (const id of ids) if (!kept.includes(id)) this.#publications.delete(id);
  }
}
