import { createWriteStream, type WriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { csvField } from '../../drops/csv.ts';
import type { ObjectShape } from '../object-shape.ts';
import type { OrgDatabase } from '../org-database.ts';
import { columnType, literal, quoted, storedFields } from '../org-tables.ts';

/** A record on its way into the org: dates as day numbers, times as seconds since 1970, money as decimal text. */
export type Draft = Readonly<Record<string, string | number | boolean | null | undefined>>;

interface RecordFile {
  readonly shape: ObjectShape;
  readonly fields: readonly string[];
  readonly path: string;
  readonly stream: WriteStream;
  lines: string[];
  rows: number;
}

const linesPerWrite = 2_000;

/** Collects records in one CSV file per object, from which DuckDB loads them much faster than one by one. */
export class RecordFiles {
  readonly #folder: string;
  readonly #files: ReadonlyMap<string, RecordFile>;

  private constructor(folder: string, files: ReadonlyMap<string, RecordFile>) {
    this.#folder = folder;
    this.#files = files;
  }

  static async create(shapes: readonly ObjectShape[]): Promise<RecordFiles> {
    const folder = await mkdtemp(join(tmpdir(), 'headwater-org-'));
    const files = shapes.map((shape): [string, RecordFile] => {
      const path = join(folder, `${shape.name}.csv`);
      const fields = storedFields(shape).map(({ name }) => name);
      return [shape.name, { shape, fields, path, stream: createWriteStream(path), lines: [], rows: 0 }];
    });
    return new RecordFiles(folder, new Map(files));
  }

  add(object: string, draft: Draft): void {
    const file = this.#file(object);
    let line = '';
    for (const field of file.fields) {
      const value = draft[field];
      line +=
        typeof value === 'string' ? `${csvField(value)},` : value === undefined || value === null ? ',' : `${value},`;
    }
    file.lines.push(line.slice(0, -1));
    file.rows++;
  }

  /** Records added so far. */
  count(object: string): number {
    return this.#file(object).rows;
  }

  /** Lets full buffers go to disk; call it between batches of records. */
  async flush(least = linesPerWrite): Promise<void> {
    for (const file of this.#files.values()) {
      if (file.lines.length < least) continue;
      const more = file.stream.write(`${file.lines.join('\n')}\n`);
      file.lines = [];
      if (!more) await once(file.stream, 'drain');
    }
  }

  /** Moves all records into the database and removes the files. */
  async load(database: OrgDatabase): Promise<void> {
    await this.flush(1);
    for (const file of this.#files.values()) {
      file.stream.end();
      await once(file.stream, 'close');
      if (file.rows > 0) await database.connection.run(loadSql(file));
    }
    await this.remove();
  }

  async remove(): Promise<void> {
    for (const { stream } of this.#files.values()) stream.destroy();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #file(object: string): RecordFile {
    const file = this.#files.get(object);
    if (file === undefined) throw new RangeError(`the org has no object ${object}`);
    return file;
  }
}

function loadSql({ shape, path }: RecordFile): string {
  const columns = storedFields(shape).map((field) => {
    const name = quoted(field.name);
    if (field.type === 'datetime') return { name, type: 'BIGINT', sql: `make_timestamp(${name} * 1000000)` };
    if (field.type === 'date') return { name, type: 'INTEGER', sql: `date '1970-01-01' + ${name}` };
    return { name, type: columnType(field), sql: name };
  });
  const types = storedFields(shape).map(
    ({ name }, index) => `${literal(name)}: ${literal(columns[index]?.type ?? '')}`,
  );
  return `insert into data.${quoted(shape.name)} select ${columns.map(({ sql }) => sql).join(', ')}
    from read_csv(${literal(path)}, columns = {${types.join(', ')}}, header = false, auto_detect = false,
      delim = ',', quote = '"', escape = '"', nullstr = '', max_line_size = 8000000)`;
}
