import type { CustomerStanding, Sale } from './checkout.ts';
import type { Day } from './calendar.ts';
import { csvText, decimalText } from './csv.ts';
import type { QuarantineReason } from './truth.ts';

export const salesColumns = [
  'customer_id',
  'store_id',
  'product_name',
  'sales_date',
  'sales_person_id',
  'price',
  'quantity',
  'total_cost',
  'transaction_id',
] as const;

export type SalesColumn = (typeof salesColumns)[number];

/** A line of a sales file, with what the truth needs to know about it. */
export interface SalesRow {
  /** Finished CSV fields in the order of `salesColumns`. */
  readonly fields: readonly string[];
  /** Position of its sale in the day. */
  readonly sale: number;
  readonly standing: CustomerStanding;
  readonly storeId: number;
  readonly salespersonId: number;
  readonly totalCents: number;
  /** The one row rule that the row breaks. */
  readonly fault?: QuarantineReason;
}

/** The rows of a day's sales, the sales numbered from 1 in their transaction ids. */
export function rowsOf(day: Day, sales: readonly Sale[]): SalesRow[] {
  const prefix = day.date.replaceAll('-', '');
  return sales.flatMap((sale, index) => {
    const { standing, storeId, salespersonId } = sale;
    const [customer, store, seller] = [String(sale.customerId), String(storeId), String(salespersonId)];
    const transaction = `${prefix}-${String(index + 1).padStart(5, '0')}`;
    return sale.items.map(({ product, cents, quantity }) => {
      const totalCents = cents * quantity;
      const price = decimalText(cents);
      const total = decimalText(totalCents);
      const fields = [customer, store, product.csvName, day.date, seller, price, String(quantity), total, transaction];
      return { fields, sale: index, standing, storeId, salespersonId, totalCents };
    });
  });
}

/** The same row with another value in one column; the value must not need quoting. */
export function withValue(row: SalesRow, column: SalesColumn, value: string): SalesRow {
  return { ...row, fields: row.fields.with(salesColumns.indexOf(column), value) };
}

export function salesText(rows: readonly SalesRow[]): string {
  return csvText(
    salesColumns,
    rows.map((row) => row.fields.join(',')),
  );
}

export function salesFileName(day: Day): string {
  return `sales_data_${day.date}.csv${day.gzip ? '.gz' : ''}`;
}
