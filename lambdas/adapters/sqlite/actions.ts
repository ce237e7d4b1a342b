import { CorruptStateError, ObjectNotFoundError } from '../../domain/errors.ts';
import type { Action, Actions } from '../../ports/actions.ts';
import type { Row, SqliteDatabase } from './database.ts';
import { actionSchema } from '../ledger-records/action-schema.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';

export class SqliteActions implements Actions {
  readonly #database: SqliteDatabase;

  constructor(database: SqliteDatabase) {
    this.#database = database;
  }

  async create(action: Action): Promise<Action> {
    this.#database.run(
      'insert into actions (id, status, created_at, record) values (?, ?, ?, ?) on conflict (id) do nothing',
      action.id,
      action.status,
      action.createdAt,
      JSON.stringify(action),
    );
    const stored = await this.get(action.id);
    if (stored === null) throw new CorruptStateError(`The ledger lost the action '${action.id}' just written.`);
    return stored;
  }

  async setStatus(
    id: string,
    status: Action['status'],
    updatedAt: string,
    payload: Action['payload'] = {},
  ): Promise<Action> {
    return this.#database.transaction(() => {
      const row = this.#database.get('select id, record from actions where id = ?', id);
      if (row === undefined) throw new ObjectNotFoundError(`There is no action '${id}'.`);
      const stored = actionOf(row);
      const changed = { ...stored, status, updatedAt, payload: { ...stored.payload, ...payload } };
      this.#database.run('update actions set status = ?, record = ? where id = ?', status, JSON.stringify(changed), id);
      return changed;
    });
  }

  async get(id: string): Promise<Action | null> {
    const row = this.#database.get('select id, record from actions where id = ?', id);
    return row === undefined ? null : actionOf(row);
  }

  /** Oldest first. */
  async withStatus(status: Action['status']): Promise<Action[]> {
    return this.#database
      .all('select id, record from actions where status = ? order by created_at, id', status)
      .map(actionOf);
  }
}

function actionOf(row: Row): Action {
  return storedRecord(actionSchema, row.record, `action ${row.id}`);
}
