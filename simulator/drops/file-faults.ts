import { gzipSync } from 'node:zlib';
import { badRows } from './bad-rows.ts';
import { csvText } from './csv.ts';
import { type Delivery, deliver, type SalesDay, salesFile } from './delivery.ts';
import { dropKey } from './drop-folder.ts';
import { type SalesRow, salesColumns, salesFileName, salesText, withValue } from './sales-row.ts';
import type { PlantedKind } from './truth.ts';

/** Something that goes wrong with one day's sales file. */
export interface FileFault {
  /** Where in the period it happens, as a share. */
  readonly at: number;
  /** Sales that the day must have for the fault to make sense at the smallest scales. */
  readonly leastSales: number;
  readonly deliver: (sales: SalesDay) => Delivery;
}

/** Every fault takes a day of its own, so that one cannot hide another. */
export const fileFaults: readonly FileFault[] = [
  { at: 0.12, leastSales: 12, deliver: withoutStore },
  { at: 0.22, leastSales: 12, deliver: withPaymentMode },
  // Six bad rows at least, which must stay far below the share (20 %) that rejects a whole file.
  { at: 0.31, leastSales: 60, deliver: badRows },
  { at: 0.53, leastSales: 12, deliver: withRepeatedLines },
  { at: 0.57, leastSales: 12, deliver: besideEmptyFile },
  { at: 0.68, leastSales: 12, deliver: partlyUnderWrongName },
  { at: 0.7033, leastSales: 12, deliver: sentTwice },
  { at: 0.8, leastSales: 12, deliver: partlyWithBrokenQuote },
  { at: 0.86, leastSales: 12, deliver: partlyTruncated },
];

const paymentModes = ['cash', 'card', 'voucher'];
const repeatedLines = 12;
const monthNames = [
  ...['january', 'february', 'march', 'april', 'may', 'june'],
  ...['july', 'august', 'september', 'october', 'november', 'december'],
];

function withoutStore({ day, rows }: SalesDay): Delivery {
  const index = salesColumns.indexOf('store_id');
  const records = rows.map((row) => row.fields.toSpliced(index, 1).join(','));
  const file = salesFile(day, salesFileName(day), csvText(salesColumns.toSpliced(index, 1), records));
  const detail = 'the column store_id is missing; the file is rejected with MISSING_COLUMN';
  return { files: [file], accepted: [], planted: [planted('missing-column', file.name, detail, rows.length)] };
}

function withPaymentMode({ day, rows }: SalesDay): Delivery {
  const records = rows.map((row) => [...row.fields, paymentModes[row.sale % paymentModes.length]].join(','));
  const file = salesFile(day, salesFileName(day), csvText([...salesColumns, 'payment_mode'], records));
  const detail = 'the extra column payment_mode is kept in additional_columns';
  return { files: [file], accepted: rows, planted: [planted('extra-column', file.name, detail, rows.length)] };
}

function withRepeatedLines({ day, rows }: SalesDay): Delivery {
  const repeated = rows.flatMap((row, index) => (index < repeatedLines ? [row, row] : [row]));
  const { files, accepted } = deliver({ day, rows: repeated });
  const detail = `${repeatedLines} lines stand twice; every one is a sale and kept`;
  return { files, accepted, planted: [planted('duplicate-lines', salesFileName(day), detail, repeatedLines)] };
}

function besideEmptyFile(sales: SalesDay): Delivery {
  const empty = salesFile(sales.day, `sales_data_${sales.day.date}_empty.csv`, '');
  const { files, accepted } = deliver(sales);
  const detail = '0 bytes; the file is rejected with EMPTY_FILE';
  return { files: [...files, empty], accepted, planted: [planted('empty-file', empty.name, detail, 0)] };
}

function sentTwice(sales: SalesDay): Delivery {
  const { files, accepted } = deliver(sales);
  const copies = files.map((file) => ({ ...file, name: `sales_data_${sales.day.date}_resent.csv` }));
  const detail = `the same bytes as ${salesFileName(sales.day)}; the one that is read second is a DUPLICATE`;
  return {
    files: [...files, ...copies],
    accepted,
    planted: copies.map((copy) => planted('resent-file', copy.name, detail, accepted.length)),
  };
}

function partlyUnderWrongName(sales: SalesDay): Delivery {
  const name = `SALES-${monthNames[Number(sales.day.month.slice(5)) - 1]}.csv`;
  const detail = 'valid content under a name that does not fit sales_data*.csv; rejected with WRONG_NAME';
  return inTwoParts(sales, 'wrong-name', name, detail, salesText);
}

/** The quote closes before the field ends, in a record in the middle: no reading of the line is right. */
function partlyWithBrokenQuote(sales: SalesDay): Delivery {
  const name = `sales_data_${sales.day.date}_broken.csv`;
  const detail = 'text after a closing quote; the file is rejected with BROKEN_QUOTING';
  return inTwoParts(sales, 'broken-quote', name, detail, (rows) => {
    const middle = Math.floor(rows.length / 2);
    return salesText(
      rows.map((row, index) => (index === middle ? withValue(row, 'product_name', '"Garden" Chair') : row)),
    );
  });
}

function partlyTruncated(sales: SalesDay): Delivery {
  const name = `sales_data_${sales.day.date}_truncated.csv.gz`;
  const detail = 'the gzip stream ends early; the file is rejected with CORRUPT_GZIP';
  return inTwoParts(sales, 'truncated-gzip', name, detail, (rows) => {
    const whole = gzipSync(salesText(rows));
    return whole.subarray(0, Math.floor(whole.length * 0.6));
  });
}

/** The day's first sales come as usual, the last two fifths in a second, unusable file. */
function inTwoParts(
  { day, rows }: SalesDay,
  kind: PlantedKind,
  name: string,
  detail: string,
  spoil: (rows: readonly SalesRow[]) => string | Uint8Array,
): Delivery {
  const sales = (rows.at(-1)?.sale ?? 0) + 1;
  const isEarly = (row: SalesRow) => row.sale < sales * 0.6;
  const usual = deliver({ day, rows: rows.filter(isEarly) });
  const late = rows.filter((row) => !isEarly(row));
  const spoilt = salesFile(day, name, spoil(late));
  return {
    files: [...usual.files, spoilt],
    accepted: usual.accepted,
    planted: [planted(kind, name, detail, late.length)],
  };
}

function planted(kind: PlantedKind, name: string, detail: string, rows: number) {
  return { kind, file: dropKey('sales', name), detail, rows };
}
