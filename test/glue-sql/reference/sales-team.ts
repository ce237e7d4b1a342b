import { divideHalfAway, groupBy, hundredths, largest, scaled, sum } from './arithmetic.ts';
import { lastDayOf, monthBefore, monthOf } from './calendar.ts';
import { joined } from './names.ts';
import { transactionsOf } from './transactions.ts';
import { countedLines, type Line, type Row, type World } from './world.ts';

export interface PersonMonth {
  readonly storeId: string;
  readonly salesPersonId: string;
  readonly month: string;
  readonly cents: bigint;
  readonly lines: readonly Line[];
}

export function personMonths(world: World): PersonMonth[] {
  const key = (line: Line) => JSON.stringify([line.storeId, line.salesPersonId, monthOf(line.salesDate)]);
  return [...groupBy(countedLines(world), key)].map(([text, lines]) => {
    const [storeId = '', salesPersonId = '', month = ''] = JSON.parse(text) as string[];
    return { storeId, salesPersonId, month, lines, cents: sum(lines.map((line) => line.cents)) };
  });
}

/** gold.sales_team_data_mart, straight from its definition. */
export function salesTeamDataMart(world: World): Row[] {
  const all = personMonths(world);
  return all.map((row) => {
    const person = world.salesPeople.find((candidate) => candidate.id === row.salesPersonId);
    const personMonthsAnywhere = all
      .filter((other) => other.salesPersonId === row.salesPersonId)
      .map(({ month }) => month);
    return {
      store_id: row.storeId,
      sales_person_id: row.salesPersonId,
      full_name: joined([person?.firstName, person?.lastName], ' '),
      sales_month: row.month,
      total_sales: hundredths(row.cents),
      ...history(all, row),
      ...standing(world, all, row),
      first_sale_month: personMonthsAnywhere.toSorted().at(0) ?? null,
      last_sale_month: personMonthsAnywhere.toSorted().at(-1) ?? null,
      ...single(row),
      is_final_month: lastDayOf(row.month) <= world.asOf,
    };
  });
}

/** Measures against the same salesperson's other months in the same store. */
function history(all: readonly PersonMonth[], row: PersonMonth): Row {
  const series = all.filter((other) => other.storeId === row.storeId && other.salesPersonId === row.salesPersonId);
  const first = series.every((other) => other.month >= row.month);
  const before = series.find((other) => other.month === monthBefore(row.month))?.cents;
  const year = series.filter((other) => other.month.slice(0, 4) === row.month.slice(0, 4) && other.month <= row.month);
  const growth = before === undefined || before === 0n ? null : divideHalfAway((row.cents - before) * 10_000n, before);
  return {
    avg_sales_per_month: hundredths(divideHalfAway(sum(series.map(({ cents }) => cents)), BigInt(series.length))),
    sales_growth_rate: growth === null ? null : hundredths(growth),
    month_over_month_variance: first ? null : hundredths(row.cents - (before ?? 0n)),
    year_to_date_sales: hundredths(sum(year.map(({ cents }) => cents))),
  };
}

/** Measures against the others of the same store and month. */
function standing(world: World, all: readonly PersonMonth[], row: PersonMonth): Row {
  const peers = all.filter((other) => other.storeId === row.storeId && other.month === row.month);
  const better = new Set(peers.filter((other) => other.cents > row.cents).map(({ cents }) => cents));
  const tied = BigInt(peers.filter((other) => other.cents === row.cents).length);
  const total = sum(peers.map(({ cents }) => cents));
  return {
    top_performance_rank: String(better.size + 1),
    incentive: hundredths(better.size === 0 && row.cents > 0n ? incentive(world, row.cents, tied) : 0n),
    sales_contribution_percentage: total <= 0n ? null : hundredths(divideHalfAway(row.cents * 10_000n, total)),
  };
}

function incentive(world: World, cents: bigint, tied: bigint): bigint {
  const rule = world.settings.incentive_tie_rule;
  if (rule === 'none' && tied > 1n) return 0n;
  const shares = rule === 'split' ? tied : 1n;
  return divideHalfAway(cents * scaled(world.settings.incentive_percent, 4), 1_000_000n * shares);
}

function single(row: PersonMonth): Row {
  const transactions = transactionsOf(row.lines);
  return {
    total_transactions: String(transactions.length),
    avg_transaction_value: hundredths(divideHalfAway(row.cents, BigInt(transactions.length))),
    max_single_transaction: hundredths(largest(transactions.map(({ cents }) => cents))),
  };
}
