import { divideHalfAway, groupBy, hundredths, largest, scaled, sum } from './arithmetic.ts';
import { daysBetween, monthOf } from './calendar.ts';
import { joined } from './names.ts';
import { transactionsOf } from './transactions.ts';
import { countedLines, type Line, type Row, type Settings, type World } from './world.ts';

/** gold.customer_summary, straight from its definition. */
export function customerSummary(world: World): Row[] {
  const byCustomer = groupBy(countedLines(world), (line) => line.customerId);
  const values = [...byCustomer.values()].map((lines) => sum(lines.map((line) => line.cents)));
  return [...byCustomer].map(([customerId, lines]) => {
    const value = sum(lines.map((line) => line.cents));
    const rank = values.filter((other) => other > value).length + 1;
    const days = purchaseDays(lines);
    return {
      ...contact(world, customerId),
      ...lifetime(world, lines),
      recency_days: daysBetween(days.at(-1) ?? '', world.asOf),
      repeat_purchases: String(days.length - 1),
      is_high_value: rank * 100 <= world.settings.high_value_percent * values.length,
    };
  });
}

/** gold.customers_data_mart, straight from its definition. */
export function customersDataMart(world: World): Row[] {
  return [...groupBy(countedLines(world), (line) => line.customerId)].flatMap(([customerId, lines]) =>
    [...groupBy(lines, (line) => monthOf(line.salesDate))].map(([month, ofMonth]) => ({
      ...contact(world, customerId),
      sales_date_month: month,
      total_sales: hundredths(sum(ofMonth.map((line) => line.cents))),
      ...lifetime(world, lines),
    })),
  );
}

function contact(world: World, customerId: string): Row {
  const customer = world.customers.find((candidate) => candidate.customerId === customerId);
  return {
    customer_id: customerId,
    full_name: joined([customer?.firstName, customer?.lastName], ' '),
    address: joined([customer?.address, customer?.pincode], ', '),
    phone_number: customer?.phoneNumber ?? null,
  };
}

function lifetime(world: World, lines: readonly Line[]): Row {
  const value = sum(lines.map((line) => line.cents));
  const transactions = transactionsOf(lines);
  const days = purchaseDays(lines);
  const months = [...new Set(days.map(monthOf))];
  const first = days.at(0) ?? '';
  const last = days.at(-1) ?? '';
  const monetaryValue = divideHalfAway(value, BigInt(transactions.length));
  const inactive = daysBetween(last, world.asOf) > world.settings.inactive_after_days;
  const gap =
    days.length === 1 ? null : divideHalfAway(BigInt(daysBetween(first, last)) * 100n, BigInt(days.length - 1));
  return {
    customer_lifetime_value: hundredths(value),
    first_purchase_month: monthOf(first),
    last_purchase_month: monthOf(last),
    purchase_frequency: String(transactions.length),
    monetary_value: hundredths(monetaryValue),
    avg_monthly_spending: hundredths(divideHalfAway(value, BigInt(months.length))),
    max_single_transaction: hundredths(largest(transactions.map((transaction) => transaction.cents))),
    avg_time_between_purchases: gap === null ? null : hundredths(gap),
    inactive_status: inactive,
    customer_segment: segment(world.settings, inactive, transactions.length, monetaryValue),
  };
}

function segment(settings: Settings, inactive: boolean, purchases: number, monetaryValue: bigint): string {
  if (inactive) return 'At-Risk';
  if (purchases >= settings.premium_min_purchases) return 'Premium';
  if (monetaryValue >= scaled(settings.premium_min_monetary_value, 2)) return 'Premium';
  return purchases >= settings.regular_min_purchases ? 'Regular' : 'New';
}

function purchaseDays(lines: readonly Line[]): string[] {
  return [...new Set(lines.map((line) => line.salesDate))].toSorted();
}
