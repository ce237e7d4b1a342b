import type { Random } from '../random.ts';
import { csvRecord, csvText, decimalText } from './csv.ts';
import { type Orderer, type Orderers, retyped } from './customer-names.ts';
import type { DropFile } from './drop-folder.ts';

const header = [
  ...['order_id', 'customer_name', 'product_name', 'order_date', 'quantity', 'unit_price'],
  ...['amount', 'currency', 'order_status'],
];
const products = ['Rack', 'Gateway', 'Sensor kit', 'Cable, 5 m', 'Battery "XL"', 'Mounting plate', 'Display'];

/** An order of the warehouse. Money in hundredths of the currency. */
export interface Order {
  readonly id: string;
  readonly orderer: Orderer;
  readonly date: string;
  readonly product: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly status: string;
}

export function makeOrder(orderers: Orderers, number: number, date: string, random: Random): Order {
  return {
    id: `WO-${String(number).padStart(7, '0')}`,
    orderer: chooseOrderer(orderers, random),
    date,
    product: random.pick(products),
    quantity: random.integer(1, 40),
    unitPrice: random.integer(5, 900) * 100,
    status: random.pick(['open', 'shipped', 'shipped', 'delivered']),
  };
}

/** The order as a later file has it: the rest arrived, or less was wanted. */
export function amended(order: Order, random: Random): Order {
  return { ...order, status: 'delivered', quantity: Math.max(1, order.quantity - random.integer(0, 3)) };
}

function chooseOrderer({ unique, ambiguous, unknown }: Orderers, random: Random): Orderer {
  const luck = random.next();
  if (luck < 0.06 && ambiguous.length > 0) return random.pick(ambiguous);
  return random.pick(luck < 0.13 ? unknown : unique);
}

/** A day's file. */
export function orderFile(date: string, orders: readonly Order[], random: Random): DropFile {
  const records = orders.map(({ id, orderer, product, date: ordered, quantity, unitPrice, status }) => {
    const money = [decimalText(unitPrice), decimalText(quantity * unitPrice), orderer.currency];
    return csvRecord([id, retyped(orderer.name, random), product, ordered, quantity, ...money, status]);
  });
  return { dataset: 'orders', name: `orders_${date}.csv`, date, content: csvText(header, records) };
}
