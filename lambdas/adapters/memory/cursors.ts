import type { Cursor, Cursors } from '../../ports/cursors.ts';
import { byBytes } from './text-order.ts';

export class MemoryCursors implements Cursors {
  readonly #cursors = new Map<string, Cursor>();

  async get(source: string): Promise<Cursor | null> {
    return this.#cursors.get(source) ?? null;
  }

  async advance(cursor: Cursor): Promise<Cursor> {
    const stored = this.#cursors.get(cursor.source);
    if (stored !== undefined && byBytes(cursor.value, stored.value) <= 0) return stored;
    this.#cursors.set(cursor.source, { ...cursor });
    return { ...cursor };
  }

  async list(): Promise<Cursor[]> {
    return [...this.#cursors.values()].sort((one, other) => byBytes(one.source, other.source));
  }
}
