import type { OrgDatabase } from '../org/org-database.ts';
import { addDays } from './calendar.ts';
import { csvRecord, csvText } from './csv.ts';
import type { DropFile } from './drop-folder.ts';

const header = ['rate_date', 'currency', 'usd_per_unit'];
const weeksOneByOne = 52;

/** A file and its number of records. */
export interface RateFile {
  readonly rates: number;
  readonly file: DropFile;
}

interface Rate {
  readonly date: string;
  readonly currency: string;
  /** Units per US dollar in millionths, as the org has them. */
  readonly millionths: bigint;
}

/**
 * The org's dated rates turned round, as a bank publishes them: what was known a year before the last day in one file, then a file
 * per week. The corporate currency has none.
 */
export async function rateFiles(database: OrgDatabase, lastDay: string): Promise<readonly RateFile[]> {
  const rates = await readRates(database, lastDay);
  const dates = [...new Set(rates.map(({ date }) => date))];
  const weekly = dates.filter((date) => date > addDays(lastDay, -7 * weeksOneByOne));
  const first = rates.filter(({ date }) => !weekly.includes(date));
  const history = first.length === 0 ? [] : [rateFile(first.at(-1)?.date ?? lastDay, first)];
  return [
    ...history,
    ...weekly.map((date) =>
      rateFile(
        date,
        rates.filter((rate) => rate.date === date),
      ),
    ),
  ];
}

async function readRates(database: OrgDatabase, lastDay: string): Promise<readonly Rate[]> {
  const reader = await database.connection.runAndReadAll(`
    select cast("StartDate" as varchar), "IsoCode", cast("ConversionRate" * 1000000 as bigint) from org."DatedConversionRate"
    where "StartDate" <= date '${lastDay}'
      and "IsoCode" not in (select "IsoCode" from org."CurrencyType" where "IsCorporate")
    order by "StartDate", "IsoCode"`);
  return reader.getRows().map(([date, currency, millionths]) => {
    return { date: String(date), currency: String(currency), millionths: BigInt(String(millionths)) };
  });
}

function rateFile(date: string, rates: readonly Rate[]): RateFile {
  const records = rates.map((rate) => csvRecord([rate.date, rate.currency, inverse(rate.millionths)]));
  const file = { dataset: 'fx_rates', name: `fx_rates_${date}.csv`, date, content: csvText(header, records) };
  return { rates: rates.length, file };
}

/** US dollars per unit to twelve decimals, half up. */
function inverse(millionths: bigint): string {
  const digits = String((2n * 10n ** 18n + millionths) / (2n * millionths)).padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
