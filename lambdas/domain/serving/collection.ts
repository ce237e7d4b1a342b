import type { TableName } from '../table.ts';

/**
 * How a column of a collection is kept for filters and sorting. `cents`: an exact amount or score with two digits as whole hundredths;
 * `search`: text to be found in, folded; `list`: several values between bars, `|NOR_INS|MID_RET|`.
 */
export type ServedKind = 'text' | 'integer' | 'cents' | 'flag' | 'search' | 'list';

/** What the API lists, filters and sorts: rows in an order fixed when the snapshot is made (`rank`, from 1). */
export interface Collection {
  readonly name: string;
  /** Tables that its SQL reads; while one of them is unknown, the collection is empty. */
  readonly reads: readonly TableName[];
  /** SELECT of `key` (text, unique) and `rank`. */
  readonly ranked: string;
  /** Columns for filters and sorting, in the order of the row SELECT. */
  readonly columns: Readonly<Record<string, ServedKind>>;
  /** Columns of which one must name a territory that the reader may see; empty when the rows belong to no territory. */
  readonly territories: readonly string[];
  /** Set where names are found by the beginnings of their words, in an index of their own, instead of by any part. */
  readonly wordIndex?: boolean;
  /** SELECT of `rank`, the columns above, `body` (a JSON object as text), and `words` where there is a word index. `{ranked}` stands for the ranked rows. */
  readonly rows: string;
  /** Further texts of a row, by name, read one by one by key. */
  readonly documents: Readonly<Record<string, ServedDocument>>;
}

export interface ServedDocument {
  /** SELECT of `rank` and `body` (JSON as text) in the order of ranks: then nothing has to be held until it is complete. */
  readonly sql: string;
  /** Set where the SQL reads of its tables only what belongs to `{ranked}`: then a part of the ranks at a time keeps its groups small. */
  readonly inParts?: boolean;
}
