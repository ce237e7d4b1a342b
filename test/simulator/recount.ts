import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { DropTruth } from '../../simulator/drops/truth.ts';
import { cents, datasetRows, dropRows, dropText, listFiles, type Row } from './read-drops.ts';

const mandatory = [
  ...['customer_id', 'store_id', 'product_name', 'sales_date', 'sales_person_id'],
  ...['price', 'quantity', 'total_cost'],
];

/** What a careful reader, given nothing but the folder, finds in the sales files. */
export interface Recount {
  readonly counts: Omit<DropTruth, 'seed' | 'scale' | 'lastDay' | 'days' | 'planted'>;
  /** Rows that break no row rule, with their file. */
  readonly good: readonly { readonly file: string; readonly row: Row }[];
  /** File name -> why it is not read. */
  readonly refused: ReadonlyMap<string, string>;
}

/** `lateCustomers`: ids in the file that comes after the first run. */
export function recount(folder: string, lateCustomers: ReadonlySet<string>): Recount {
  const known = new Set(datasetRows(folder, 'customers').map((row) => row.customer_id));
  const quarantinedRows = { REQUIRED: 0, TYPE: 0, RANGE: 0, TOTAL_COST_MISMATCH: 0 };
  const good: { file: string; row: Row }[] = [];
  const { rows, refused, duplicateLines } = readableSales(folder);
  for (const { file, row } of rows) {
    const fault = rowFault(row);
    if (fault === undefined) good.push({ file, row });
    else quarantinedRows[fault]++;
  }
  const accepted = good.filter(({ row }) => known.has(row.customer_id));
  const late = good.filter(({ row }) => lateCustomers.has(row.customer_id ?? ''));
  return {
    counts: {
      files: listFiles(folder).filter(({ path }) => path.startsWith('landing/')).length,
      salesLines: rows.length,
      quarantinedRows,
      unknownCustomerRows: good.length - accepted.length - late.length,
      lateRows: late.length,
      duplicateLines,
      acceptedTotal: total(accepted),
      acceptedLines: accepted.length,
      acceptedTotalAfterLateMasterData: total([...accepted, ...late]),
      acceptedLinesAfterLateMasterData: accepted.length + late.length,
    },
    good,
    refused,
  };
}

function readableSales(folder: string) {
  const contents = new Set<string>();
  const refused = new Map<string, string>();
  const rows: { file: string; row: Row }[] = [];
  let duplicateLines = 0;
  for (const { path, bytes } of listFiles(folder)) {
    if (!path.startsWith('landing/sales/')) continue;
    const file = basename(path);
    const content = createHash('sha256').update(bytes).digest('hex');
    try {
      if (!/^sales_data.*\.csv(\.gz)?$/.test(file)) throw new Error('wrong name');
      if (bytes.length === 0) throw new Error('empty');
      if (contents.has(content)) throw new Error('duplicate');
      contents.add(content);
      const records = dropRows(folder, path);
      const missing = mandatory.filter((column) => records[0]?.[column] === undefined);
      if (missing.length > 0) throw new Error(`missing ${missing}`);
      rows.push(...records.map((row) => ({ file, row })));
      duplicateLines += records.length - new Set(dropText(folder, path).trimEnd().split('\n').slice(1)).size;
    } catch (error) {
      refused.set(file, error instanceof Error ? error.message : String(error));
    }
  }
  return { rows, refused, duplicateLines };
}

function rowFault(row: Row): keyof Recount['counts']['quarantinedRows'] | undefined {
  if (mandatory.some((column) => row[column] === '')) return 'REQUIRED';
  const price = cents(row.price);
  const quantity = Number(row.quantity);
  if (Number.isNaN(price) || Number.isNaN(Date.parse(row.sales_date ?? ''))) return 'TYPE';
  if (price <= 0 || quantity < 1) return 'RANGE';
  return price * quantity === cents(row.total_cost) ? undefined : 'TOTAL_COST_MISMATCH';
}

function total(rows: readonly { readonly row: Row }[]): string {
  const sum = rows.reduce((before, { row }) => before + BigInt((row.total_cost ?? '').replace('.', '')), 0n);
  return String(sum).replace(/(\d\d)$/, '.$1');
}
