import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { commit } from './commit-changes.ts';
import type { FieldShape, ObjectShape } from './object-shape.ts';
import type { OrgChange } from './org-change.ts';
import { OrgError } from './org-error.ts';
import { columnType, createObject, createSchemas, literal, quoted, showObject } from './org-tables.ts';
import { forgetPending, pendingChanges, postpone } from './pending-changes.ts';
import { salesforceId } from './salesforce-id.ts';
import { sqlTime } from './sql-time.ts';

/** A record that `deleted` tells of. */
export interface DeletedRecord {
  readonly id: string;
  readonly deletedAt: Date;
}

const catalog = 'salesforce';

async function prepare(connection: DuckDBConnection): Promise<void> {
  await connection.run(`set TimeZone = 'UTC'; use ${catalog}`);
}

/**
 * The data of a simulated org. Readers use the relations `org."<Object>"`, one column per field that is not compound: text as
 * VARCHAR, boolean, int as BIGINT, numbers as DECIMAL, DATE, and TIMESTAMP in UTC. Calls must not overlap: one owner at a time.
 */
export class OrgDatabase {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  #shapes: readonly ObjectShape[];

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, shapes: readonly ObjectShape[]) {
    this.#instance = instance;
    this.connection = connection;
    this.#shapes = shapes;
  }

  /** Opens an org, or makes an empty one with these shapes; an existing one keeps its own. `path`: a file, or `:memory:`. */
  static async open(path: string, shapes: readonly ObjectShape[]): Promise<OrgDatabase> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    // Attached under a name of ours: DuckDB calls a file's catalog like the file, and `org.db` would hide the schema `org`.
    await connection.run(`attach ${literal(path)} as ${catalog}`);
    await prepare(connection);
    await createSchemas(connection);
    const stored = (await connection.runAndReadAll('select shape from meta.shape order by position')).getRows();
    if (stored.length > 0) {
      const kept = stored.map(([shape]) => JSON.parse(String(shape)) as ObjectShape);
      return new OrgDatabase(instance, connection, kept);
    }
    const database = new OrgDatabase(instance, connection, shapes);
    await connection.run(`insert into meta.clock values (timestamp '2000-01-01')`);
    for (const shape of shapes) await createObject(connection, shape);
    await database.#storeShapes();
    return database;
  }

  /** The objects as they are now: fields come and go. */
  get shapes(): readonly ObjectShape[] {
    return this.#shapes;
  }

  /** Throws an OrgError for an object that the org does not have. */
  shape(object: string): ObjectShape {
    const found = this.#shapes.find(({ name }) => name === object);
    if (found === undefined) {
      throw new OrgError(`object: expected one of ${this.#shapes.map(({ name }) => name).join(', ')}; got '${object}'`);
    }
    return found;
  }

  /** The org's own clock; it stands still between calls of `setNow`. */
  async now(): Promise<Date> {
    const [row] = await this.#rows('select epoch_ms(now) from meta.clock');
    return new Date(Number(row?.[0]));
  }

  /** Moves the clock, and nothing else: `settle` makes visible what has been committed by then. */
  async setNow(now: Date): Promise<void> {
    await this.connection.run(`update meta.clock set now = ${sqlTime(now)}`);
  }

  /** The Ids of `count` new records of the object. */
  async nextIds(object: string, count: number): Promise<readonly string[]> {
    const { keyPrefix } = this.shape(object);
    const [row] = await this.#rows(
      `update meta.sequence set next = next + ${count} where object = ${literal(object)} returning next`,
    );
    const first = Number(row?.[0]) - count;
    return Array.from({ length: count }, (_, index) => salesforceId(keyPrefix, first + index));
  }

  /**
   * Makes changes: at once those whose commit is not after the org's clock, in the order of commits; the others wait for `settle`.
   * Throws an OrgError, and changes nothing, when one names an unknown object, field or record.
   */
  async apply(changes: readonly OrgChange[]): Promise<void> {
    for (const change of changes) {
      if (change.committedAt < change.stampedAt) {
        throw new OrgError(
          `${change.kind} of ${change.id}: committed at ${change.committedAt.toISOString()}, before its stamp`,
        );
      }
    }
    const now = await this.now();
    await this.settle(now);
    const due = changes.filter(({ committedAt }) => committedAt <= now);
    await this.#atomically(async () => {
      await postpone(
        this.connection,
        changes.filter(({ committedAt }) => committedAt > now),
      );
      await commit(
        this.connection,
        this.#shapes,
        due.toSorted((a, b) => +a.committedAt - +b.committedAt),
      );
    });
  }

  /** Makes visible what is committed by `now`, in the order of commits. Answers with the number of changes. */
  async settle(now: Date): Promise<number> {
    const due = await pendingChanges(this.connection, now);
    if (due.length === 0) return 0;
    await this.#atomically(async () => {
      await commit(this.connection, this.#shapes, due);
      await forgetPending(this.connection, now);
    });
    return due.length;
  }

  /** Ids of the records stamped from `start` (inclusive) to `end` (exclusive) that are not deleted, as `getUpdated` gives them. */
  async updated(object: string, start: Date, end: Date): Promise<readonly string[]> {
    const { name, fields } = this.shape(object);
    const live = fields.some((field) => field.name === 'IsDeleted') ? 'and not "IsDeleted"' : '';
    const rows = await this.#rows(
      `select "Id" from data.${quoted(name)} where "SystemModstamp" >= ${sqlTime(start)} and "SystemModstamp" < ${sqlTime(end)}
       ${live} order by "SystemModstamp", "Id"`,
    );
    return rows.map(([id]) => String(id));
  }

  /** Records deleted from `start` (inclusive) to `end` (exclusive), in the recycle bin or for ever, as `getDeleted` gives them. */
  async deleted(object: string, start: Date, end: Date): Promise<readonly DeletedRecord[]> {
    const rows = await this.#rows(
      `select id, epoch_ms(deleted_at) from meta.deletion where object = ${literal(this.shape(object).name)}
       and deleted_at >= ${sqlTime(start)} and deleted_at < ${sqlTime(end)} order by deleted_at, id`,
    );
    return rows.map(([id, deletedAt]) => ({ id: String(id), deletedAt: new Date(Number(deletedAt)) }));
  }

  /** Schema drift: a new field, null everywhere. */
  async addField(object: string, field: FieldShape): Promise<void> {
    const shape = this.shape(object);
    if (shape.fields.some(({ name }) => name === field.name)) throw new OrgError(`${object} has ${field.name} already`);
    const alter = `alter table data.${quoted(object)} add column ${quoted(field.name)} ${columnType(field)}`;
    await this.#reshape({ ...shape, fields: [...shape.fields, field] }, field.type === 'address' ? null : alter);
  }

  /** Schema drift: the field and its values are gone. */
  async removeField(object: string, name: string): Promise<void> {
    const shape = this.shape(object);
    const { type } = this.#field(shape, name);
    const alter = `alter table data.${quoted(object)} drop column ${quoted(name)}`;
    const fields = shape.fields.filter((field) => field.name !== name);
    await this.#reshape({ ...shape, fields }, type === 'address' ? null : alter);
  }

  /** Schema drift: the field of the same name gets another type; values that do not fit become null. */
  async retypeField(object: string, field: FieldShape): Promise<void> {
    const shape = this.shape(object);
    this.#field(shape, field.name);
    const [name, type] = [quoted(field.name), columnType(field)];
    const alter = `alter table data.${quoted(object)} alter ${name} type ${type} using try_cast(${name} as ${type})`;
    await this.#reshape(
      { ...shape, fields: shape.fields.map((old) => (old.name === field.name ? field : old)) },
      alter,
    );
  }

  /** One more connection, for reading while another statement runs; the caller disconnects it. */
  async connect(): Promise<DuckDBConnection> {
    const connection = await this.#instance.connect();
    await prepare(connection);
    return connection;
  }

  close(): void {
    this.connection.disconnectSync();
    this.#instance.closeSync();
  }

  #field(shape: ObjectShape, name: string): FieldShape {
    const found = shape.fields.find((field) => field.name === name);
    if (found === undefined) throw new OrgError(`${shape.name} has no field ${name}`);
    return found;
  }

  async #reshape(shape: ObjectShape, alter: string | null): Promise<void> {
    await this.#atomically(async () => {
      // DuckDB refuses to alter a table that a view shows.
      await this.connection.run(`drop view org.${quoted(shape.name)}`);
      if (alter !== null) await this.connection.run(alter);
      await showObject(this.connection, shape);
    });
    this.#shapes = this.#shapes.map((old) => (old.name === shape.name ? shape : old));
    await this.#storeShapes();
  }

  async #storeShapes(): Promise<void> {
    const values = this.#shapes.map((shape, index) => `(${index}, ${literal(JSON.stringify(shape))})`);
    await this.connection.run(`delete from meta.shape; insert into meta.shape values ${values.join(', ')}`);
  }

  async #atomically(work: () => Promise<void>): Promise<void> {
    await this.connection.run('begin');
    try {
      await work();
      await this.connection.run('commit');
    } catch (error) {
      await this.connection.run('rollback');
      throw error;
    }
  }

  async #rows(sql: string): Promise<readonly (readonly unknown[])[]> {
    return (await this.connection.runAndReadAll(sql)).getRows();
  }
}
