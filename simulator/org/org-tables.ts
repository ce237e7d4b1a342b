import type { DuckDBConnection } from '@duckdb/node-api';
import { formulas } from './formulas.ts';
import type { FieldShape, ObjectShape } from './object-shape.ts';

/** A name as SQL writes it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The fields that have a column: a compound field is shown from its parts. */
export function storedFields(shape: ObjectShape): readonly FieldShape[] {
  return shape.fields.filter(({ type }) => type !== 'address');
}

/** The DuckDB type of a field's column. */
export function columnType(field: FieldShape): string {
  switch (field.type) {
    case 'boolean':
      return 'BOOLEAN';
    case 'int':
      return 'BIGINT';
    case 'double':
    case 'currency':
    case 'percent':
      return `DECIMAL(${field.precision}, ${field.scale})`;
    case 'date':
      return 'DATE';
    case 'datetime':
      return 'TIMESTAMP';
    default:
      return 'VARCHAR';
  }
}

/** Schemas: `data` holds what is stored, `org` shows it as readers see it, `meta` is the org's own bookkeeping. */
export async function createSchemas(connection: DuckDBConnection): Promise<void> {
  await connection.run(`
    create schema if not exists data;
    create schema if not exists org;
    create schema if not exists meta;
    create table if not exists meta.clock (now timestamp);
    create table if not exists meta.shape (position integer, shape varchar);
    create table if not exists meta.sequence (object varchar primary key, next bigint);
    create table if not exists meta.pending (sequence bigint, committed_at timestamp, change varchar);
    create table if not exists meta.deletion (object varchar, id varchar, deleted_at timestamp, purged boolean);
  `);
}

export async function createObject(connection: DuckDBConnection, shape: ObjectShape): Promise<void> {
  const columns = storedFields(shape).map((field) => `${quoted(field.name)} ${columnType(field)}`);
  await connection.run(`create table data.${quoted(shape.name)} (${columns.join(', ')})`);
  await connection.run(`insert into meta.sequence values (${literal(shape.name)}, 0)`);
  await showObject(connection, shape);
}

/** (Re)creates the view `org."<Object>"`: the stored columns, with the formulas' values in their places. */
export async function showObject(connection: DuckDBConnection, shape: ObjectShape): Promise<void> {
  const columns = storedFields(shape).map((field) => {
    const formula = formulas[shape.name]?.[field.name];
    return formula === undefined ? quoted(field.name) : `${inSql(formula)} as ${quoted(field.name)}`;
  });
  await connection.run(
    `create or replace view org.${quoted(shape.name)} as select ${columns.join(', ')} from data.${quoted(shape.name)}`,
  );
}

function inSql(formula: string): string {
  return formula
    .replaceAll(':now', '(select now from meta.clock)')
    .replaceAll(':today', '(select cast(now as date) from meta.clock)');
}
