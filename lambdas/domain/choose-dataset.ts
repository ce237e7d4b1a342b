import type { Dataset } from './dataset.ts';
import { UsageError } from './errors.ts';
import { nameFits } from './file-name.ts';

/** The dataset a file belongs to: the one asked for, or the only one whose pattern fits its name. Throws UsageError. */
export function chooseDataset(datasets: readonly Dataset[], name: string, wanted: string | null): Dataset {
  const names = datasets
    .map((dataset) => dataset.dataset)
    .toSorted()
    .join(', ');
  if (wanted !== null) {
    const found = datasets.find((dataset) => dataset.dataset === wanted);
    if (found === undefined) throw new UsageError(`There is no dataset '${wanted}'; datasets: ${names}`);
    return found;
  }
  const [only, ...others] = datasets.filter((dataset) => nameFits(dataset, name));
  if (only !== undefined && others.length === 0) return only;
  const why =
    only === undefined
      ? 'fits no dataset'
      : `fits several datasets (${[only, ...others].map((dataset) => dataset.dataset).join(', ')})`;
  throw new UsageError(`The file name '${name}' ${why}; say which with --dataset; datasets: ${names}`);
}
