import { divideHalfAway, groupBy, hundredths, magnitude, nearestRank, scaled, sum } from './arithmetic.ts';
import { monthOf } from './calendar.ts';
import { personMonths } from './sales-team.ts';
import { transactionsOf } from './transactions.ts';
import { countedLines, type Line, type Row, type World } from './world.ts';

interface MonthTotal {
  readonly month: string;
  readonly cents: bigint;
}

/** gold.sales_anomaly, straight from its definition. */
export function salesAnomalies(world: World): Row[] {
  return [...customerMonths(world), ...salesPersonMonths(world), ...highTransactions(world)];
}

function customerMonths(world: World): Row[] {
  return [...groupBy(countedLines(world), (line) => line.customerId)].flatMap(([customerId, lines]) => {
    const months = [...groupBy(lines, (line) => monthOf(line.salesDate))].map(([month, ofMonth]) => ({
      month,
      cents: sum(ofMonth.map((line) => line.cents)),
    }));
    return outliers(world, months, { anomaly_type: 'CUSTOMER_MONTH', customer_id: customerId });
  });
}

function salesPersonMonths(world: World): Row[] {
  const key = (row: { storeId: string; salesPersonId: string }) => JSON.stringify([row.storeId, row.salesPersonId]);
  return [...groupBy(personMonths(world), key).values()].flatMap((months) =>
    outliers(world, months, {
      anomaly_type: 'SALESPERSON_MONTH',
      store_id: months[0]?.storeId ?? null,
      sales_person_id: months[0]?.salesPersonId ?? null,
    }),
  );
}

function outliers(world: World, months: readonly MonthTotal[], who: Row): Row[] {
  if (months.length < world.settings.anomaly_min_months) return [];
  const median = nearestRank(
    months.map(({ cents }) => cents),
    5_000n,
  );
  const mad = nearestRank(
    months.map(({ cents }) => magnitude(cents - median)),
    5_000n,
  );
  return months
    .filter(({ cents }) => {
      const deviation = magnitude(cents - median);
      return mad === 0n
        ? deviation * 10_000n > scaled(world.settings.anomaly_flat_percent, 2) * magnitude(median)
        : 6_745n * deviation > scaled(world.settings.anomaly_score, 2) * 100n * mad;
    })
    .map(({ month, cents }) =>
      anomaly(
        {
          ...who,
          sales_month: month,
          value: hundredths(cents),
          expectation: hundredths(median),
          score: mad === 0n ? null : hundredths(divideHalfAway(6_745n * magnitude(cents - median), 100n * mad)),
          reason: `Sales of ${hundredths(cents)} in ${month}; the median of ${months.length} months is ${hundredths(median)}, their median deviation ${hundredths(mad)}`,
        },
        '',
      ),
    );
}

function highTransactions(world: World): Row[] {
  const inMonths = personMonths(world).map((row) => ({ ...row, transactions: transactionsOf(row.lines) }));
  return [...groupBy(inMonths, (row) => row.storeId)].flatMap(([storeId, months]) => {
    const amounts = months.flatMap((row) => row.transactions.map(({ cents }) => cents));
    const percentile = nearestRank(amounts, scaled(world.settings.anomaly_transaction_percentile, 2));
    const multiple = scaled(world.settings.anomaly_transaction_multiple, 2);
    if (percentile < 0n) return [];
    return months.flatMap((row) =>
      row.transactions
        .filter(({ cents }) => cents * 100n > multiple * percentile)
        .flatMap(({ cents, lines }) => {
          const line = lines[0];
          if (line === undefined) return [];
          return [highTransaction(world, { storeId, month: row.month, line, cents, percentile })];
        }),
    );
  });
}

function highTransaction(
  world: World,
  found: { storeId: string; month: string; line: Line; cents: bigint; percentile: bigint },
): Row {
  const { storeId, month, line, cents, percentile } = found;
  const of = hundredths(scaled(world.settings.anomaly_transaction_percentile, 2));
  return anomaly(
    {
      anomaly_type: 'TRANSACTION',
      store_id: storeId,
      sales_person_id: line.salesPersonId,
      customer_id: line.customerId,
      transaction_id: line.transactionId,
      sales_month: month,
      value: hundredths(cents),
      expectation: hundredths(percentile),
      score: percentile === 0n ? null : hundredths(divideHalfAway(cents * 100n, percentile)),
      reason: `Transaction of ${hundredths(cents)} in ${month}; percentile ${of} of the store's transactions is ${hundredths(percentile)}`,
    },
    line.transactionId === null ? `line:${line.file}:${line.lineNumber}` : `id:${line.transactionId}`,
  );
}

function anomaly(row: Row, transactionKey: string): Row {
  const parts = [row.store_id, row.sales_person_id, row.customer_id, row.sales_month, transactionKey];
  const escaped = parts.map((part) =>
    String(part ?? '')
      .replaceAll('%', '%25')
      .replaceAll('|', '%7C'),
  );
  const blank = { store_id: null, sales_person_id: null, customer_id: null, transaction_id: null };
  return { ...blank, ...row, anomaly_id: [String(row.anomaly_type), ...escaped].join('|') };
}
