import { z } from 'zod';
import { CorruptStateError } from '../../domain/errors.ts';
import type { Cursor, Cursors } from '../../ports/cursors.ts';
import type { SqliteDatabase } from './database.ts';

const rowSchema = z
  .object({ source: z.string(), value: z.string(), note: z.string().nullable(), updated_at: z.string() })
  .transform(({ source, value, note, updated_at }): Cursor => ({ source, value, note, updatedAt: updated_at }));

const columns = 'source, value, note, updated_at';

export class SqliteCursors implements Cursors {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async get(source: string): Promise<Cursor | null> {
    const row = this.#database.get(`select ${columns} from cursors where source = ?`, source);
    return row === undefined ? null : rowSchema.parse(row);
  }

  async advance(cursor: Omit<Cursor, 'note'>): Promise<Cursor> {
    // One statement, so that of two processes the one that is further ahead wins, whoever comes last.
    this.#database.run(
      `insert into cursors (source, value, updated_at) values (?, ?, ?)
       on conflict (source) do update set value = excluded.value, updated_at = excluded.updated_at
       where excluded.value > cursors.value`,
      cursor.source,
      cursor.value,
      cursor.updatedAt,
    );
    const stored = await this.get(cursor.source);
    if (stored === null) throw new CorruptStateError(`The ledger lost the cursor '${cursor.source}' just written.`);
    return stored;
  }

  async note(source: string, note: string | null, updatedAt: string): Promise<void> {
    this.#database.run(
      `insert into cursors (source, value, note, updated_at) values (?, '', ?, ?)
       on conflict (source) do update set note = excluded.note, updated_at = excluded.updated_at`,
      source,
      note,
      updatedAt,
    );
  }

  async list(): Promise<Cursor[]> {
    return this.#database.all(`select ${columns} from cursors order by source`).map((row) => rowSchema.parse(row));
  }
}
