import { CorruptStateError } from '../../domain/errors.ts';
import type { FileRecord, FileStatus } from '../../domain/file-record.ts';
import type { Files } from '../../ports/files.ts';
import { byBytes } from '../ledger-records/byte-order.ts';

export class MemoryFiles implements Files {
  readonly #files = new Map<string, FileRecord>();

  async register(files: readonly FileRecord[]): Promise<number> {
    const before = this.#files.size;
    for (const file of files) if (!this.#files.has(file.id)) this.#files.set(file.id, structuredClone(file));
    return this.#files.size - before;
  }

  async update(files: readonly FileRecord[]): Promise<void> {
    const unknown = files.find((file) => !this.#files.has(file.id));
    if (unknown !== undefined) throw new CorruptStateError(`The ledger does not know the file ${unknown.id}.`);
    for (const file of files) this.#files.set(file.id, structuredClone(file));
  }

  async get(ids: readonly string[]): Promise<FileRecord[]> {
    return structuredClone(ids.flatMap((id) => this.#files.get(id) ?? []));
  }

  async withStatus(statuses: readonly FileStatus[]): Promise<FileRecord[]> {
    return this.#select((file) => statuses.includes(file.status)).sort((one, other) => byBytes(one.key, other.key));
  }

  async processedWithContent(dataset: string, sha256: readonly string[]): Promise<Map<string, FileRecord>> {
    const found = new Map<string, FileRecord>();
    const processed = this.#select((file) => file.status === 'PROCESSED' && file.dataset === dataset).sort(
      (one, other) => byBytes(one.receivedAt, other.receivedAt) || byBytes(one.key, other.key),
    );
    for (const file of processed) {
      const hash = file.sha256;
      if (hash !== null && sha256.includes(hash) && !found.has(hash)) found.set(hash, file);
    }
    return found;
  }

  async find(options: { text?: string | undefined; limit: number }): Promise<FileRecord[]> {
    return this.#select((file) => file.key.includes(options.text ?? ''))
      .sort((one, other) => byBytes(other.receivedAt, one.receivedAt) || byBytes(one.key, other.key))
      .slice(0, Math.max(0, options.limit));
  }

  #select(wanted: (file: FileRecord) => boolean): FileRecord[] {
    return structuredClone([...this.#files.values()].filter(wanted));
  }
}
