import { type Dataset, type DatasetColumn, datasetSchema } from './dataset.ts';
import { foldName } from './header.ts';
import { fileReason, type LocatedReason } from './reasons.ts';
import { bronzeFieldColumns } from './salesforce-bronze.ts';
import { salesforceBronzeTable, type SalesforceSource } from './salesforce-source.ts';
import { type Column, baseName, type TableName } from './table.ts';

/**
 * Folder below landing/ for the CSV files of an org's own Data Export: `Account.csv` and so on, API names in the header. It is no
 * contract of its own: the file's name says the object, and every column goes to bronze as text, as an extraction would bring it.
 */
export const exportFolder = 'salesforce-export';

export const exportQuarantine: TableName = 'quarantine.salesforce_export';

export function isExport(dataset: Pick<Dataset, 'dataset'>): boolean {
  return dataset.dataset === exportFolder;
}

/** What a Data Export file of this name is read as, before its header is known; or why it cannot be taken. */
export function exportDataset(
  source: SalesforceSource | null,
  fileName: string,
): { dataset: Dataset | null; reasons: LocatedReason[] } {
  const name = fileName.replace(/\.gz$/i, '').replace(/\.csv$/i, '');
  const objects = source?.objects.map(({ object }) => object) ?? [];
  const object = objects.find((candidate) => candidate.toLowerCase() === name.toLowerCase());
  if (object !== undefined && /\.csv(\.gz)?$/i.test(fileName)) {
    return { dataset: datasetOf(object, source?.owner ?? ''), reasons: [] };
  }
  const message = `No declared Salesforce object is named like '${fileName}'. Add the object to config/sources/salesforce.json to have its Data Export read; declared: ${objects.join(', ')}.`;
  return { dataset: null, reasons: [fileReason('WRONG_NAME', message)] };
}

/** The same with a column for every column of the file; or why it cannot be taken: every name must be that of a field. */
export function exportDatasetWithHeader(
  dataset: Dataset,
  header: readonly string[],
): { dataset: Dataset; reasons: LocatedReason[] } {
  const names = [...new Set(['id', ...header.map(foldName).filter((name) => name !== '')])];
  const strange = names.filter((name) => !/^[a-z][a-z0-9_]{0,79}$/.test(name) || notForFields.has(name));
  const reasons = strange.map((name) =>
    fileReason('WRONG_COLUMN', `'${name.slice(0, 80)}' is no API name of a field; rename the column or drop it.`, 1),
  );
  const fields = names.filter((name) => !strange.includes(name));
  return { dataset: { ...dataset, columns: fields.map((name) => columnOf(name)) }, reasons };
}

/** Names with a meaning in the loading of any file. */
const notForFields = new Set(['rowid', 'additional_columns']);

/** Columns that a Data Export file is written to bronze with. */
export function exportColumns(dataset: Dataset): Column[] {
  return bronzeFieldColumns(dataset.columns.map((column) => column.name));
}

function datasetOf(object: string, owner: string): Dataset {
  const contract = datasetSchema.parse({
    dataset: 'salesforce_export',
    description: `Data Export of ${object}`,
    owner,
    table: baseName(salesforceBronzeTable(object)),
    kind: 'event',
    file: { pattern: '*.csv', format: 'csv' },
    columns: [{ name: 'id', type: 'varchar', description: 'Id' }],
  });
  return { ...contract, dataset: exportFolder, columns: [columnOf('id')] };
}

/** Every value stays as it is; only a record without a Salesforce Id is set aside. Not parsed: a field may be called like a word of SQL. */
function columnOf(name: string): DatasetColumn {
  const isId = name === 'id';
  return {
    name,
    type: 'varchar',
    description: name,
    mandatory: isId,
    required: isId,
    normalise: [],
    ...(isId ? { pattern: '[A-Za-z0-9]{15}([A-Za-z0-9]{3})?' } : {}),
  };
}
