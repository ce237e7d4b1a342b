import { type Dataset, datasetSchema } from './dataset.ts';
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
    return { dataset: datasetOf(object, source?.owner ?? '', ['Id']), reasons: [] };
  }
  const message = `No declared Salesforce object is named like '${fileName}'. Add the object to config/sources/salesforce.json to have its Data Export read; declared: ${objects.join(', ')}.`;
  return { dataset: null, reasons: [fileReason('WRONG_NAME', message)] };
}

/** The same with a column for every column of the file. */
export function exportDatasetWithHeader(dataset: Dataset, header: readonly string[]): Dataset {
  const names = [...new Set(['Id', ...header].map(foldName).filter((name) => /^[a-z_][a-z0-9_]*$/.test(name)))];
  return { ...dataset, columns: datasetOf('Any', dataset.owner, names).columns };
}

/** Columns that a Data Export file is written to bronze with. */
export function exportColumns(dataset: Dataset): Column[] {
  return bronzeFieldColumns(dataset.columns.map((column) => column.name));
}

function datasetOf(object: string, owner: string, fields: readonly string[]): Dataset {
  const columns = fields.map((field) => {
    const name = field.toLowerCase();
    const required = name === 'id';
    return { name, type: 'varchar', description: `${object}.${field}`, mandatory: required, required };
  });
  const contract = datasetSchema.parse({
    dataset: 'salesforce_export',
    description: `Data Export of ${object}`,
    owner,
    table: baseName(salesforceBronzeTable(object)),
    kind: 'event',
    file: { pattern: '*.csv', format: 'csv' },
    columns,
  });
  return { ...contract, dataset: exportFolder };
}
