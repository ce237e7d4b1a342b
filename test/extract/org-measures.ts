import type { OrgDatabase } from '../../simulator/org/org-database.ts';

export type Texts = Readonly<Record<string, string | null>>;

/**
 * The measures of the revenue marts, counted anew from the org's own tables: opportunities and accounts that are not deleted, by
 * columns of the account. Money in US dollars at the org's dated rate, rounded per opportunity to cents.
 */
export async function orgMeasures(org: OrgDatabase, keys: Readonly<Record<string, string>>): Promise<Texts[]> {
  const columns = Object.entries(keys).map(
    ([name, field]) =>
      `case when a."Id" is null then '(unattributed)' else coalesce(a."${field}", 'UNKNOWN') end as ${name}`,
  );
  const names = Object.keys(keys).join(', ');
  const sums = (['won', 'open', 'lost'] as const).map(
    (outcome) =>
      `coalesce(sum(cents) filter (outcome = '${outcome}'), 0) as ${outcome}_cents, count(*) filter (outcome = '${outcome}') as ${outcome}`,
  );
  return await texts(
    org,
    `with ${dealSql}, known as (
       select ${columns.join(', ')}, outcome, cents, null as account from deal left join live a on a."Id" = deal.account
       union all select ${columns.join(', ')}, null, null, a."Id" from live a
     )
     select ${names}, ${sums.join(', ')}, count(account) as accounts from known group by ${names} order by ${names}`,
  );
}

/** Count, US dollars and weighted US dollars (in hundredths of cents) by stage, category and month of closing. */
export async function orgPipeline(org: OrgDatabase): Promise<Texts[]> {
  return await texts(
    org,
    `with ${dealSql}
     select stage, category, strftime(closed, '%Y-%m') as month, count(*) as deals, sum(cents) as cents,
       sum(cents * probability) as percent_cents from deal group by all order by all`,
  );
}

/** Rows of a query on the org's tables, every value as text. */
export async function texts(org: OrgDatabase, sql: string): Promise<Texts[]> {
  const reader = await org.connection.runAndReadAll(`select cast(columns(*) as varchar) from (${sql})`);
  return reader.getRowObjectsJson() as Texts[];
}

// Millionths of the rate and cents keep the division in whole numbers: half away from zero.
const dealSql = `live as (select * from org."Account" where not "IsDeleted"),
  priced as (
    select o.*, cast(o."Amount" * 100 as hugeint) * 1000000 as dividend, cast(r."ConversionRate" * 1000000 as hugeint) as rate
    from org."Opportunity" o
    join org."DatedConversionRate" r on r."IsoCode" = o."CurrencyIsoCode"
      and o."CloseDate" >= r."StartDate" and o."CloseDate" < r."NextStartDate"
    where not o."IsDeleted"
  ),
  deal as (
    select "Id" as id, "AccountId" as account, "StageName" as stage, "ForecastCategory" as category, "CloseDate" as closed,
      "Probability" as probability, "CurrencyIsoCode" as currency,
      case when "IsWon" then 'won' when "IsClosed" then 'lost' else 'open' end as outcome,
      (2 * dividend + rate) // (2 * rate) as cents
    from priced
  )`;
