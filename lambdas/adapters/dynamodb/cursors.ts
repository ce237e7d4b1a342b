import { gunzipSync, gzipSync } from 'node:zlib';
import { CorruptStateError } from '../../domain/errors.ts';
import type { Cursor, Cursors } from '../../ports/cursors.ts';
import type { Item, LedgerTable } from './ledger-table.ts';

const partition = 'CURSOR';
/** An item holds 400 KB; the note of a large extract is compressed long before. */
const plainCharacters = 50_000;
const compressedMark = 'gzip:';

export class DynamoDbCursors implements Cursors {
  readonly #table: LedgerTable;

  constructor(table: LedgerTable) {
    this.#table = table;
  }

  async get(source: string): Promise<Cursor | null> {
    const item = await this.#table.get(partition, source);
    return item === null ? null : cursorOf(item);
  }

  async advance({ source, value, updatedAt }: Omit<Cursor, 'note'>): Promise<Cursor> {
    await this.#table.update({ pk: partition, sk: source }, 'SET cursor_value = :value, updated_at = :at', {
      expression: 'attribute_not_exists(cursor_value) OR cursor_value < :value',
      values: { ':value': value, ':at': updatedAt },
    });
    const stored = await this.get(source);
    if (stored === null) throw new CorruptStateError(`The ledger lost the cursor '${source}' just written.`);
    return stored;
  }

  async note(source: string, note: string | null, updatedAt: string): Promise<void> {
    const set = 'SET cursor_value = if_not_exists(cursor_value, :none), updated_at = :at';
    const values = { ':none': '', ':at': updatedAt };
    const key = { pk: partition, sk: source };
    if (note === null) await this.#table.update(key, `${set} REMOVE note`, { values });
    else await this.#table.update(key, `${set}, note = :note`, { values: { ...values, ':note': packed(note) } });
  }

  async list(): Promise<Cursor[]> {
    return (await Array.fromAsync(this.#table.query(partition))).map(cursorOf);
  }
}

function cursorOf(item: Item): Cursor {
  return {
    source: item.sk,
    value: String(item.cursor_value),
    note: item.note === undefined ? null : unpacked(String(item.note)),
    updatedAt: String(item.updated_at),
  };
}

function packed(note: string): string {
  if (note.length <= plainCharacters && !note.startsWith(compressedMark)) return note;
  return compressedMark + gzipSync(note).toString('base64');
}

function unpacked(note: string): string {
  if (!note.startsWith(compressedMark)) return note;
  return gunzipSync(Buffer.from(note.slice(compressedMark.length), 'base64')).toString('utf8');
}
