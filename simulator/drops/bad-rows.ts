import { type Delivery, deliver, type SalesDay } from './delivery.ts';
import { decimalText } from './csv.ts';
import { dropKey } from './drop-folder.ts';
import { type SalesRow, salesFileName, withValue } from './sales-row.ts';
import type { PlantedKind, QuarantineReason } from './truth.ts';

interface RowFault {
  readonly kind: PlantedKind;
  readonly reason: QuarantineReason;
  readonly detail: string;
  readonly spoil: (row: SalesRow) => SalesRow;
}

/** Each breaks one rule only: where the quantity changes, the total changes with it. */
const rowFaults: readonly RowFault[] = [
  { kind: 'bad-price', reason: 'TYPE', detail: 'price is abc', spoil: (row) => withValue(row, 'price', 'abc') },
  {
    kind: 'bad-date',
    reason: 'TYPE',
    detail: 'sales_date is 2025/13/45',
    spoil: (row) => withValue(row, 'sales_date', '2025/13/45'),
  },
  { kind: 'zero-quantity', reason: 'RANGE', detail: 'quantity is 0', spoil: (row) => withQuantity(row, 0) },
  { kind: 'negative-quantity', reason: 'RANGE', detail: 'quantity is -3', spoil: (row) => withQuantity(row, -3) },
  {
    kind: 'no-customer',
    reason: 'REQUIRED',
    detail: 'customer_id is empty',
    spoil: (row) => withValue(row, 'customer_id', ''),
  },
  {
    kind: 'wrong-total',
    reason: 'TOTAL_COST_MISMATCH',
    detail: 'total_cost is 7.35 more than price × quantity',
    spoil: (row) => withValue(row, 'total_cost', decimalText(row.totalCents + 735)),
  },
];

const badShare = 0.03;

/** A day whose file has about 3 % bad rows, spread evenly over the file and over the faults. */
export function badRows({ day, rows }: SalesDay): Delivery {
  const perFault = Math.max(1, Math.round((rows.length * badShare) / rowFaults.length));
  const step = Math.floor(rows.length / (perFault * rowFaults.length));
  const spoilt = rows.map((row, index) => {
    const isTaken = index % step === 0 && index / step < perFault * rowFaults.length;
    const fault = isTaken ? rowFaults[(index / step) % rowFaults.length] : undefined;
    return fault === undefined ? row : { ...fault.spoil(row), fault: fault.reason };
  });
  return {
    ...deliver({ day, rows: spoilt }),
    planted: rowFaults.map(({ kind, reason, detail }) => ({
      kind,
      file: dropKey('sales', salesFileName(day)),
      detail: `${detail}; the row is quarantined with ${reason}`,
      rows: perFault,
    })),
  };
}

function withQuantity(row: SalesRow, quantity: number): SalesRow {
  const before = Number(row.fields[6]);
  const total = decimalText((row.totalCents / before) * quantity);
  return withValue(withValue(row, 'quantity', String(quantity)), 'total_cost', total);
}
