/** How far a source has been read. */
export interface Cursor {
  readonly source: string;
  /** Opaque to the ledger; compared as text, so it must sort by progress (ISO time stamps do). */
  readonly value: string;
  readonly updatedAt: string;
}

export interface Cursors {
  get(source: string): Promise<Cursor | null>;
  /** Moves the cursor forward. A smaller or equal value changes nothing: a watermark only grows. Returns the stored cursor. */
  advance(cursor: Cursor): Promise<Cursor>;
  list(): Promise<Cursor[]>;
}
