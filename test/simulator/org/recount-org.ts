import type { OrgDatabase } from '../../../simulator/org/org-database.ts';
import type { OrgTruth } from '../../../simulator/org/generate/truth.ts';
import { select } from './org-fixture.ts';

/** The truth's rows, counted again. */
export async function recountRows(database: OrgDatabase): Promise<OrgTruth['rows']> {
  const rows: Record<string, { live: number; deleted: number }> = {};
  for (const { name, fields } of database.shapes) {
    const bin = fields.some((field) => field.name === 'IsDeleted') ? '"IsDeleted"' : 'false';
    const [{ live, deleted } = {}] = await select(
      database,
      `select count(*) filter (not ${bin})::int as live, count(*) filter (${bin})::int as deleted from org."${name}"`,
    );
    rows[name] = { live: Number(live), deleted: Number(deleted) };
  }
  return rows;
}

/** The truth's deals, added up again; US dollars by the org's own dated rates. */
export async function recountDeals(database: OrgDatabase): Promise<OrgTruth['deals']> {
  const rows = await select(
    database,
    `with deal as (
       select coalesce(a."Industry", '(unattributed)') as industry, o."CurrencyIsoCode" as currency, o."Amount" as amount,
         case when o."IsWon" then 'won' when o."IsClosed" then 'lost' else 'open' end as outcome,
         -- Millionths of the rate and cents keep the division in whole numbers: half away from zero.
         cast(o."Amount" * 100 as hugeint) * 1000000 as dividend, cast(r."ConversionRate" * 1000000 as hugeint) as rate
       from org."Opportunity" o left join org."Account" a on a."Id" = o."AccountId"
       join org."DatedConversionRate" r on r."IsoCode" = o."CurrencyIsoCode"
         and o."CloseDate" >= r."StartDate" and o."CloseDate" < r."NextStartDate"
       where not o."IsDeleted"
     )
     select industry, currency, outcome, count(*)::int as count, sum(amount)::varchar as amount,
       (sum((2 * dividend + rate) // (2 * rate)) / 100)::decimal(18, 2)::varchar as usd
     from deal group by all order by industry, currency`,
  );
  const none = { count: 0, amount: '0.00', usd: '0.00' };
  const cells = new Map<string, OrgTruth['deals'][number]>();
  for (const { industry, currency, outcome, count, amount, usd } of rows) {
    const key = { industry: String(industry), currency: String(currency) };
    const cell = cells.get(JSON.stringify(key)) ?? { ...key, won: none, lost: none, open: none };
    const sums = { count: Number(count), amount: String(amount), usd: String(usd) };
    cells.set(JSON.stringify(key), { ...cell, [String(outcome)]: sums });
  }
  return [...cells.values()];
}

/** The accounts for which alerts and rules hold, found by SQL over the org's records as of `today` (an ISO date). */
export async function recountSignals(database: OrgDatabase, today: string): Promise<Record<string, string[]>> {
  const rows = await select(database, signalsSql(`date '${today}'`));
  const found: Record<string, string[]> = {};
  for (const { signal, ids } of rows) found[String(signal)] = (ids as string[]).toSorted();
  return found;
}

function signalsSql(today: string): string {
  return `
    with usd as (
      select "IsoCode" as currency, "StartDate" as start, "NextStartDate" as next, "ConversionRate" as rate
      from org."DatedConversionRate"
    ), revenue as (
      select "AccountId" as id,
        sum("Amount" / rate) filter ("CloseDate" > ${today} - interval 1 year) as annual,
        sum("Amount" / rate) filter ("CloseDate" <= ${today} - interval 1 year) as previous
      from org."Opportunity" join usd on currency = "CurrencyIsoCode" and "CloseDate" >= start and "CloseDate" < next
      where "IsWon" and not "IsDeleted" and "CloseDate" > ${today} - interval 2 year and "CloseDate" <= ${today} group by 1
    ), usage as (
      select "Account__c" as id, sum("Quantity__c") filter ("Usage_Date__c" > ${today} - 90)::double as recent,
        sum("Quantity__c") filter ("Usage_Date__c" <= ${today} - 90)::double as previous
      from org."Usage__c" where "Metric__c" = 'api_calls' and "Usage_Date__c" > ${today} - 180 group by 1
    ), service as (
      select "AccountId" as id, count(distinct "Product2Id") as services from org."Asset"
      where not "IsCompetitorProduct" and "Status" <> 'Obsolete' and "InstallDate" <= ${today}
        and coalesce("UsageEndDate" > ${today}, true) group by 1
    ), payment as (
      select "Account__c" as id, true as billed, coalesce(max(${today} - "Due_Date__c") filter (late), 0) as days,
        coalesce(sum(open / rate) filter (late), 0) as amount
      from (select *, "Amount__c" - "Paid_Amount__c" as open,
              "Status__c" = 'Posted' and "Paid_Amount__c" < "Amount__c" and "Due_Date__c" < ${today} as late
            from org."Invoice__c") as invoice
      join usd on currency = "CurrencyIsoCode" and "Due_Date__c" >= start and "Due_Date__c" < next group by 1
    ), sla as (
      select "AccountId" as id, count(*) as due, count(*) filter ("IsViolated") as violated
      from org."CaseMilestone" m join org."Case" c on c."Id" = m."CaseId"
      where cast(m."TargetDate" as date) > ${today} - 90 and cast(m."TargetDate" as date) <= ${today} group by 1
    ), backlog as (
      select "AccountId" as id, sum(case "Priority" when 'High' then 3 when 'Medium' then 2 else 1 end) as weight,
        count(*) filter ("IsEscalated") as escalated
      from org."Case" where not "IsClosed" group by 1
    ), expiry as (
      select "AccountId" as id, max("EndDate") - ${today} as days from org."Contract"
      where "Status" in ('Activated', 'Expired') group by 1
    ), activity as (
      select id, min(${today} - day) as since, count(*) filter (day > ${today} - 90) as number from (
        select "AccountId" as id, "ActivityDate" as day from org."Task" where "Status" = 'Completed' and not "IsDeleted"
        union all select "AccountId", "ActivityDate" from org."Event"
      ) group by 1
    ), fact as (
      select a."Id" as id, annual, r.previous as before, services,
        case when u.previous > 0 then (recent - u.previous) / u.previous * 100 when recent > 0 then 100 end as change,
        billed, coalesce(p.days, 0) as overdue, coalesce(p.amount, 0) as amount,
        "Credit_Limit__c" / rate as credit, due, coalesce(violated, 0) as violated,
        coalesce(weight, 0) as weight, coalesce(escalated, 0) as escalated, e.days as expires,
        coalesce(0.5 * greatest(0, 100 - 100 * since / 90) + 0.5 * least(100, 100 * number / 6), 0) as engagement
      from org."Account" a left join revenue r on r.id = a."Id" left join usage u on u.id = a."Id"
      left join service s on s.id = a."Id" left join payment p on p.id = a."Id" left join sla on sla.id = a."Id"
      left join backlog b on b.id = a."Id" left join expiry e on e.id = a."Id" left join activity v on v.id = a."Id"
      left join usd on currency = "CurrencyIsoCode" and ${today} >= start and ${today} < next
      where not a."IsDeleted"
    ), part as (
      select *, least(100, greatest(0, -2 * change)) as usage_risk,
        case when billed then least(100, 2 * overdue + coalesce(50 * amount / credit, 0)) end as payment_risk,
        100 - (0.5 * coalesce(100 * (1 - violated / due), 100) + 0.3 * greatest(0, 100 - 10 * weight)
          + 0.2 * greatest(0, 100 - 50 * escalated)) as support_risk
      from fact
    ), score as (
      select *, round((0.3 * coalesce(usage_risk, 0) + 0.3 * coalesce(payment_risk, 0) + 0.25 * support_risk
          + 0.15 * (100 - engagement)) / known, 2) as churn
      from (select *, 0.4 + if(usage_risk is null, 0, 0.3) + if(payment_risk is null, 0, 0.3) as known from part)
    )
    select signal, list(id) as ids from (
      select id, unnest([
        if(churn > 70 and known >= 0.5, 'churn_risk', null), if(due > 0 and 100 * (1 - violated / due) < 90, 'sla_compliance', null),
        if(escalated > 0, 'escalated_cases', null), if(overdue > 15, 'overdue', null),
        if(change < -30, 'usage_decline', null), if(expires between -90 and 89, 'expiry', null),
        if(churn > 70 and known >= 0.5 and expires between -90 and 89, 'R001', null),
        if(change > 50 and services < 5, 'R002', null), if(overdue > 15, 'R003', null), if(violated > 0, 'R004', null),
        if(before > 0 and (coalesce(annual, 0) - before) / before > 0.2, 'R005', null), if(engagement < 30, 'R006', null)
      ]) as signal from score
    ) where signal is not null group by signal`;
}
