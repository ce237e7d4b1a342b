/** How far a source has been read. */
export interface Cursor {
  readonly source: string;
  /** Opaque to the ledger; compared as text, so it must sort by progress (ISO time stamps do). */
  readonly value: string;
  /** What a reading under way noted to go on from, or what it wants to know next time; null when there is nothing. */
  readonly note: string | null;
  readonly updatedAt: string;
}

export interface Cursors {
  get(source: string): Promise<Cursor | null>;
  /** Moves the cursor forward. A smaller or equal value changes nothing: a watermark only grows. Returns the stored cursor. */
  advance(cursor: Omit<Cursor, 'note'>): Promise<Cursor>;
  /** Sets the note and leaves the value; a source that has no cursor yet gets one with the smallest value, ''. */
  note(source: string, note: string | null, updatedAt: string): Promise<void>;
  list(): Promise<Cursor[]>;
}
