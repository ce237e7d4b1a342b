import type { Column, TableName } from './table.ts';

/** A table that `close-run` appends to as JSON Lines, outside of publications. */
export interface OpsTable {
  readonly table: TableName;
  readonly row: string;
  readonly columns: readonly Column[];
  /** Columns that identify the thing a row is about: of several rows the one that was written last counts. */
  readonly latestBy: readonly string[];
}

/** Columns of every ops row: which run wrote it, and when that run was closed (last, if it was closed more than once). */
export const opsMetaColumns: readonly Column[] = [
  { name: '_run_id', type: 'varchar' },
  { name: '_closed_at', type: 'timestamp' },
];

export const opsTables: readonly OpsTable[] = [
  {
    table: 'ops.run',
    row: 'one run',
    latestBy: ['run_id'],
    columns: [
      { name: 'run_id', type: 'varchar' },
      { name: 'status', type: 'varchar', description: 'PUBLISHED, UNCHANGED, HALTED, FAILED or INTERRUPTED' },
      { name: 'as_of', type: 'date' },
      { name: 'started_at', type: 'timestamp' },
      { name: 'finished_at', type: 'timestamp' },
      { name: 'seconds', type: 'decimal(18,3)', unit: 's' },
      { name: 'files', type: 'bigint', description: 'Dropped files that the run looked at' },
      { name: 'files_rejected', type: 'bigint' },
      { name: 'rows_read', type: 'bigint', description: 'Records of accepted files' },
      { name: 'rows_loaded', type: 'bigint' },
      { name: 'rows_quarantined', type: 'bigint', description: 'While collecting' },
      {
        name: 'error_rate',
        type: 'decimal(9,2)',
        unit: '%',
        description: 'rows_quarantined of rows_read; null without rows',
      },
      { name: 'engine', type: 'varchar', description: 'athena when it computed at least one table, else duckdb' },
      { name: 'bytes_scanned', type: 'bigint', description: 'What Athena read' },
      { name: 'bytes_written', type: 'bigint' },
      { name: 'publication', type: 'varchar', description: 'What readers saw when the run ended' },
      { name: 'error_name', type: 'varchar' },
      { name: 'error_message', type: 'varchar' },
      { name: 'cost_usd', type: 'decimal(18,6)', unit: 'USD', description: 'Estimate of what the run costs on AWS' },
    ],
  },
  {
    table: 'ops.file_status',
    row: 'one dropped file',
    latestBy: ['file_id'],
    columns: [
      { name: 'file_id', type: 'varchar' },
      { name: 'key', type: 'varchar', description: 'Object key as it was dropped' },
      { name: 'dataset', type: 'varchar' },
      { name: 'status', type: 'varchar', description: 'COLLECTED, PROCESSED, REJECTED or DUPLICATE' },
      { name: 'bytes', type: 'bigint' },
      { name: 'sha256', type: 'varchar' },
      { name: 'received_at', type: 'timestamp' },
      { name: 'updated_at', type: 'timestamp' },
      { name: 'rows_read', type: 'bigint' },
      { name: 'rows_loaded', type: 'bigint' },
      { name: 'rows_quarantined', type: 'bigint' },
      { name: 'duplicate_suspects', type: 'bigint' },
      { name: 'rows_dropped', type: 'bigint' },
      { name: 'reasons', type: 'varchar', description: 'Reasons as a JSON array' },
      { name: 'duplicate_of', type: 'varchar' },
      { name: 'archived_to', type: 'varchar' },
      { name: 'run_id', type: 'varchar' },
    ],
  },
  {
    table: 'ops.extract_status',
    row: 'one Salesforce object of one run',
    latestBy: ['run_id', 'object'],
    columns: [
      { name: 'run_id', type: 'varchar' },
      { name: 'object', type: 'varchar', description: 'API name' },
      {
        name: 'status',
        type: 'varchar',
        description:
          'EXTRACTED; PARTIAL: the API quota stopped it, a later run goes on; ABSENT: the org does not have it',
      },
      { name: 'message', type: 'varchar', description: 'Why it is partial or absent' },
      { name: 'window_from', type: 'timestamp', description: 'Changes stamped from here, UTC; null for all records' },
      { name: 'window_to', type: 'timestamp', description: 'to before here' },
      { name: 'rows_read', type: 'bigint', description: 'Records that Salesforce sent' },
      { name: 'rows_loaded', type: 'bigint', description: 'Of them new or changed: written to bronze' },
      { name: 'rows_known', type: 'bigint', description: 'Of them equal to what bronze had: not written again' },
      { name: 'deletions', type: 'bigint', description: 'Records found to be gone for good' },
      { name: 'mended', type: 'bigint', description: 'Records that an audit found outdated, and that were read again' },
    ],
  },
  {
    table: 'ops.schema_change',
    row: 'one field of a Salesforce object that changed since the run before',
    latestBy: ['run_id', 'object', 'field'],
    columns: [
      { name: 'run_id', type: 'varchar' },
      { name: 'object', type: 'varchar', description: 'API name' },
      { name: 'field', type: 'varchar', description: 'API name' },
      { name: 'change', type: 'varchar', description: 'added, removed or retyped' },
      { name: 'type_before', type: 'varchar' },
      { name: 'type_after', type: 'varchar' },
    ],
  },
  {
    table: 'ops.quality_results',
    row: 'one check of one run',
    latestBy: ['run_id', 'table_name', 'check_name'],
    columns: [
      { name: 'run_id', type: 'varchar' },
      { name: 'table_name', type: 'varchar' },
      { name: 'check_name', type: 'varchar' },
      { name: 'severity', type: 'varchar' },
      { name: 'passed', type: 'boolean' },
      { name: 'value', type: 'decimal(18,2)' },
      { name: 'threshold', type: 'decimal(18,2)' },
      { name: 'description', type: 'varchar' },
      {
        name: 'sample',
        type: 'varchar',
        description: 'Up to five failing rows as a JSON array; *** stands for what is personal',
      },
      { name: 'check_sql', type: 'varchar' },
    ],
  },
  {
    table: 'ops.table_stats',
    row: 'one column of one published table and run; column_name is empty for the table itself',
    latestBy: ['run_id', 'table_name', 'column_name'],
    columns: [
      { name: 'run_id', type: 'varchar' },
      { name: 'table_name', type: 'varchar' },
      { name: 'column_name', type: 'varchar' },
      { name: 'rows', type: 'bigint' },
      { name: 'bytes', type: 'bigint' },
      { name: 'row_change', type: 'bigint', description: 'Against the publication before; null for a new table' },
      { name: 'nulls', type: 'bigint' },
      { name: 'null_share', type: 'decimal(9,4)', description: 'nulls / rows; null for an empty table' },
    ],
  },
];
