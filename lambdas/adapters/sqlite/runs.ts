import type { RunRecord } from '../../domain/run-record.ts';
import { runRecordSchema } from '../../domain/run-record-schema.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Row, SqliteDatabase } from './database.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';

export class SqliteRuns implements Runs {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async save(run: RunRecord): Promise<void> {
    this.#database.run(
      'insert into runs (id, record) values (?, ?) on conflict (id) do update set record = excluded.record',
      run.id,
      JSON.stringify(run),
    );
  }

  async get(id: string): Promise<RunRecord | null> {
    const row = this.#database.get('select id, record from runs where id = ?', id);
    return row === undefined ? null : runOf(row);
  }

  async list(limit: number): Promise<RunRecord[]> {
    return this.#database.all('select id, record from runs order by id desc limit ?', Math.max(0, limit)).map(runOf);
  }
}

function runOf(row: Row): RunRecord {
  return storedRecord(runRecordSchema, row.record, `run ${row.id}`);
}
