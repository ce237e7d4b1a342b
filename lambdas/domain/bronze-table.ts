import type { Dataset } from './dataset.ts';
import type { Column } from './table.ts';

/** Columns that every bronze row of a dropped file carries beside the contract's. */
export const bronzeMetaColumns: readonly Column[] = [
  {
    name: 'additional_columns',
    type: 'varchar',
    description: 'Source columns the contract does not name, as a JSON object',
  },
  {
    name: '_flags',
    type: 'varchar',
    description: 'DUPLICATE_SUSPECT on the second and later identical lines of a file',
  },
  { name: '_source_system', type: 'varchar', description: 'Dataset that the row came from' },
  { name: '_source_file', type: 'varchar', description: 'Object key of the file as it was dropped' },
  { name: '_source_line', type: 'bigint', description: 'Line of the file on which the record begins' },
  { name: '_file_sha256', type: 'varchar', description: 'SHA-256 of the original file' },
  { name: '_file_date', type: 'date', description: 'Date of the file: from its name, else its modification time' },
  { name: '_extracted_at', type: 'timestamp', description: 'When the run that collected the file began, UTC' },
  { name: '_run_id', type: 'varchar', description: 'Run that wrote the row' },
];

/** Columns of the quarantine table of a dataset. */
export const dropQuarantineColumns: readonly Column[] = [
  { name: '_reasons', type: 'varchar', description: 'Every reason code, separated by comma and space' },
  { name: '_raw', type: 'varchar', description: 'The record as it stands in the file' },
  { name: '_source_file', type: 'varchar' },
  { name: '_source_line', type: 'bigint' },
  { name: '_file_sha256', type: 'varchar' },
  { name: '_extracted_at', type: 'timestamp' },
  { name: '_run_id', type: 'varchar' },
];

/** The columns that a contract itself gives to its table: its own and the partition column. */
export function contractColumns(dataset: Dataset): Column[] {
  const own = dataset.columns.map(({ name, type, description, unit, pii }) => ({ name, type, description, unit, pii }));
  if (dataset.partition === undefined) return own;
  const { name, month_of: monthOf } = dataset.partition;
  return [
    ...own,
    { name, type: 'varchar', description: `Month of ${monthOf}, YYYY-MM`, unit: undefined, pii: undefined },
  ];
}

/** All columns of the bronze table that a dataset fills, in order. */
export function bronzeColumns(dataset: Dataset): Column[] {
  return [...contractColumns(dataset), ...bronzeMetaColumns];
}
