import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';
import { CorruptStateError, UsageError } from '../../domain/errors.ts';
import type { Collection } from '../../domain/serving/collection.ts';
import { searchAttempts } from '../../domain/serving/search-words.ts';
import { snapshotTexts } from '../../domain/serving/snapshot-texts.ts';
import type {
  ListQuery,
  ServedPage,
  ServedSelection,
  ServedTotal,
  ServingSnapshot,
  SnapshotMeta,
  TotalsQuery,
} from '../../ports/serving-store.ts';
import { documentBlock, documentIn } from '../snapshot/document-blocks.ts';
import { applicationId, bodyTable, documentTable, wordTable } from '../snapshot/snapshot-tables.ts';
import { columnOf, type SqlPart, selectionSql } from './selection-sql.ts';

/** The row after which a page begins, with its value in the sorted column. As text: amounts may be beyond the whole numbers of JavaScript. */
interface Place {
  readonly value: string | null;
  readonly rank: number;
}

/** Counted totals that are kept: lists are paged through, and pages share them. */
const keptTotals = 2_000;
const keptStatements = 500;

/** A snapshot file, open for reading. Statements are prepared once, values always bound. */
export class SqliteSnapshot implements ServingSnapshot {
  readonly meta: SnapshotMeta;
  readonly #database: DatabaseSync;
  readonly #collections: ReadonlyMap<string, Collection>;
  readonly #legalWords: readonly string[];
  readonly #statements = new Map<string, StatementSync>();
  readonly #totals = new Map<string, number>();

  /** Throws CorruptStateError when the file is no snapshot that this version of the program can read. */
  constructor(path: string, meta: SnapshotMeta, collections: readonly Collection[]) {
    this.meta = meta;
    this.#collections = new Map(collections.map((collection) => [collection.name, collection]));
    try {
      this.#database = new DatabaseSync(path, { readOnly: true });
      this.#database.exec('pragma mmap_size = 268435456; pragma cache_size = -32768');
      if (this.#database.prepare('pragma application_id').get()?.application_id !== applicationId) {
        throw new CorruptStateError(`${path} is no snapshot.`);
      }
      for (const { name } of collections) this.#database.prepare(`select 1 from "${name}" limit 1`).get();
    } catch (cause) {
      if (cause instanceof CorruptStateError) throw cause;
      throw new CorruptStateError(`The snapshot ${path} cannot be read: ${String(cause)}`, { cause });
    }
    this.#legalWords = snapshotTexts.legal_words.parse(JSON.parse(this.text('legal_words') ?? '[]'));
  }

  list(query: ListQuery): ServedPage {
    const collection = this.#collection(query.collection);
    const [found = null, ...weaker] = this.#attempts(collection, query);
    const page = this.#page(collection, query, found);
    if (page.total > 0) return page;
    for (const words of weaker) {
      const wider = this.#page(collection, query, words);
      if (wider.total > 0) return wider;
    }
    return page;
  }

  get(name: string, key: string, part: string, territories: readonly string[] | null): string | null {
    const collection = this.#collection(name);
    if (part !== 'row' && collection.documents[part] === undefined) {
      throw new UsageError(`The collection '${name}' has no document '${part}'.`);
    }
    const seen = selectionSql(collection, { collection: name, filters: [], territories, search: null });
    const found = this.#statement(`select c.rank from "${name}" as c where c.key = ? and ${seen.sql}`).get(
      key,
      ...seen.values,
    );
    if (found === undefined) return null;
    const rank = Number(found.rank);
    if (part === 'row') {
      return String(this.#statement(`select body from "${bodyTable(name)}" where rank = ?`).get(rank)?.body);
    }
    const block = this.#statement(`select body from "${documentTable(name, part)}" where block = ?`).get(
      documentBlock(rank),
    );
    return block === undefined ? null : documentIn(block.body as Uint8Array, rank);
  }

  totals(query: TotalsQuery): ServedTotal[] {
    const collection = this.#collection(query.collection);
    const [words = null] = this.#attempts(collection, query);
    const where = this.#where(collection, query, words);
    const group = query.groupBy === null ? null : columnOf(collection, query.groupBy);
    const sums = query.sums.map(
      (column, index) => `cast(sum(${columnOf(collection, column)}) as text) as sum_${index}`,
    );
    const selected = [`${group ?? 'null'} as value`, 'count(*) as n', ...sums].join(', ');
    const grouped = group === null ? '' : `group by ${group} order by n desc, value`;
    const rows = this.#statement(
      `select ${selected} from ${from(collection, words)} where ${where.sql} ${grouped}`,
    ).all(...where.values);
    return rows.map((row) => ({
      value: row.value as string | number | null,
      count: Number(row.n),
      sums: Object.fromEntries(
        query.sums.map((column, index) => {
          const sum = row[`sum_${index}`];
          return [column, sum === null ? null : BigInt(String(sum))];
        }),
      ),
    }));
  }

  text(name: string): string | null {
    const row = this.#statement('select body from texts where name = ?').get(name);
    return row === undefined ? null : String(row.body);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  /** Searches of a word index, most demanding first; null where no word index is asked. */
  #attempts({ wordIndex }: Collection, { search }: ServedSelection): (string | null)[] {
    if (wordIndex !== true || search === null) return [null];
    const attempts = searchAttempts(search, this.#legalWords).map((words) =>
      words.map((word) => `"${word}"*`).join(' '),
    );
    // Nothing that could be looked up finds nothing.
    return attempts.length > 0 ? attempts : [''];
  }

  #page(collection: Collection, query: ListQuery, words: string | null): ServedPage {
    const where = this.#where(collection, query, words);
    const total = this.#total(collection, where, words);
    if (total === 0) return { rows: [], total: 0, next: null };
    const { sql, values } = pageSql(collection, query, where, words, this.#place(collection, query));
    const rows = this.#statement(sql).all(...values, query.limit + 1);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    const next = rows.length > query.limit && last !== undefined ? { rank: Number(last.rank) } : null;
    return { rows: shown.map((row) => String(row.body)), total, next };
  }

  /**
   * What the page comes after. A snapshot never changes, so the rank tells the value, which would be too long for an address; of a row that
   * the reader may not see it tells nothing.
   */
  #place(collection: Collection, { sort, after, territories }: ListQuery): Place | null {
    if (after === null || sort === null) return after === null ? null : { value: null, rank: after.rank };
    const { name } = collection;
    const seen = selectionSql(collection, { collection: name, filters: [], territories, search: null });
    const row = this.#statement(
      `select cast(${columnOf(collection, sort.column)} as text) as value from "${name}" as c where c.rank = ? and ${seen.sql}`,
    ).get(after.rank, ...seen.values);
    return { value: row === undefined ? null : (row.value as string | null), rank: after.rank };
  }

  #where(collection: Collection, selection: ServedSelection, words: string | null): SqlPart {
    const where = selectionSql(collection, selection);
    if (words === null) return where;
    if (words === '') return { sql: 'false', values: [] };
    return { sql: `w."${wordTable(collection.name)}" match ? and ${where.sql}`, values: [words, ...where.values] };
  }

  #total(collection: Collection, where: SqlPart, words: string | null): number {
    const key = JSON.stringify([collection.name, where]);
    const known = this.#totals.get(key);
    if (known !== undefined) return known;
    const row = this.#statement(`select count(*) as n from ${from(collection, words)} where ${where.sql}`).get(
      ...where.values,
    );
    const total = Number(row?.n);
    if (this.#totals.size >= keptTotals) this.#totals.clear();
    this.#totals.set(key, total);
    return total;
  }

  #statement(sql: string): StatementSync {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(sql);
    if (this.#statements.size >= keptStatements) this.#statements.clear();
    this.#statements.set(sql, statement);
    return statement;
  }

  #collection(name: string): Collection {
    const collection = this.#collections.get(name);
    if (collection === undefined) throw new UsageError(`There is no collection '${name}'.`);
    return collection;
  }
}

function from({ name }: Collection, words: string | null): string {
  if (words === null || words === '') return `"${name}" as c`;
  return `"${wordTable(name)}" as w join "${name}" as c on c.rank = w.rowid`;
}

/** The page's ranks first, from the narrow table, then their bodies. */
function pageSql(
  collection: Collection,
  { sort }: ListQuery,
  where: SqlPart,
  words: string | null,
  after: Place | null,
): SqlPart {
  const { name } = collection;
  const searched = words !== null && words !== '';
  const rank = searched ? 'w.rowid' : 'c.rank';
  const column = sort === null ? null : columnOf(collection, sort.column);
  const value = column === null ? 'null' : `${column} collate nocase`;
  const direction = sort?.descending === true ? 'desc' : 'asc';
  const order = (by: string) => (column === null ? '' : `${by} is null, ${by} collate nocase ${direction}, `);
  const beyond = after === null ? { sql: 'true', values: [] } : beyondSql(after, rank, sort, column, value);
  return {
    sql: `select p.rank, b.body from (
        select ${rank} as rank, ${column ?? 'null'} as value from ${from(collection, words)}
        where ${where.sql} and ${beyond.sql} order by ${order(column ?? '')}${rank} limit ?
      ) as p join "${bodyTable(name)}" as b on b.rank = p.rank order by ${order('p.value')}p.rank`,
    values: [...where.values, ...beyond.values],
  };
}

function beyondSql(
  after: Place,
  rank: string,
  sort: ListQuery['sort'],
  column: string | null,
  value: string,
): { sql: string; values: SQLInputValue[] } {
  if (sort === null || column === null) return { sql: `${rank} > ?`, values: [after.rank] };
  if (after.value === null) return { sql: `(${column} is null and ${rank} > ?)`, values: [after.rank] };
  const further = sort.descending ? '<' : '>';
  return {
    sql: `(${value} ${further} ? or (${value} = ? and ${rank} > ?) or ${column} is null)`,
    values: [after.value, after.value, after.rank],
  };
}
