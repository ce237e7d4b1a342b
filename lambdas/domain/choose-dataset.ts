import type { Dataset } from './dataset.ts';
import { UsageError } from './errors.ts';
import { nameFits } from './file-name.ts';
import { exportDataset, exportFolder } from './salesforce-export.ts';
import type { SalesforceSource } from './salesforce-source.ts';

/** What files can be dropped for. */
export interface DropTargets {
  readonly datasets: readonly Dataset[];
  readonly salesforce: SalesforceSource | null;
}

/**
 * The folder below landing/ that a file belongs to: that of the dataset asked for, or of the only one whose pattern fits its name; where
 * none does and the file is named like an object of the org, it is of a Data Export. Throws UsageError.
 */
export function chooseDataset({ datasets, salesforce }: DropTargets, name: string, wanted: string | null): string {
  const isExport = exportDataset(salesforce, name).dataset !== null;
  const folders = [...datasets.map(({ dataset }) => dataset), ...(salesforce === null ? [] : [exportFolder])];
  const names = folders.toSorted().join(', ');
  if (wanted !== null) {
    if (folders.includes(wanted)) return wanted;
    throw new UsageError(`There is no dataset '${wanted}'; datasets: ${names}`);
  }
  const fitting = datasets.filter((dataset) => nameFits(dataset, name)).map(({ dataset }) => dataset);
  const [only, ...others] = fitting.length === 0 && isExport ? [exportFolder] : fitting;
  if (only !== undefined && others.length === 0) return only;
  const why = only === undefined ? 'fits no dataset' : `fits several datasets (${[only, ...others].join(', ')})`;
  throw new UsageError(`The file name '${name}' ${why}; say which with --dataset; datasets: ${names}`);
}
