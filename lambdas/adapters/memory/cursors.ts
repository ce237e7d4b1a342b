import type { Cursor, Cursors } from '../../ports/cursors.ts';
import { byBytes } from '../ledger-records/byte-order.ts';

export class MemoryCursors implements Cursors {
  readonly #cursors = new Map<string, Cursor>();

  async get(source: string): Promise<Cursor | null> {
    return this.#cursors.get(source) ?? null;
  }

  async advance(cursor: Omit<Cursor, 'note'>): Promise<Cursor> {
    const stored = this.#cursors.get(cursor.source);
    if (stored !== undefined && byBytes(cursor.value, stored.value) <= 0) return stored;
    const advanced = { ...cursor, note: stored?.note ?? null };
    this.#cursors.set(cursor.source, advanced);
    return { ...advanced };
  }

  async note(source: string, note: string | null, updatedAt: string): Promise<void> {
    const value = this.#cursors.get(source)?.value ?? '';
    this.#cursors.set(source, { source, value, note, updatedAt });
  }

  async list(): Promise<Cursor[]> {
    return [...this.#cursors.values()].sort((one, other) => byBytes(one.source, other.source));
  }
}
