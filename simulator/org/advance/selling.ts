import { lostStage, openStages, type Stage, stageNamed, wonStage } from '../shapes/stages.ts';
import { decimalText } from '../../drops/csv.ts';
import type { OrgDay, Picked } from './org-day.ts';

const fields = ['StageName', 'Amount', 'CloseDate', 'OwnerId', 'CurrencyIsoCode'];

/** Opportunities won, lost, moved on, and changed in amount, with their history. */
export async function moveOpportunities(day: OrgDay): Promise<{ won: number; lost: number }> {
  const won = await day.pick('Opportunity', day.count(90), fields, 'not "IsClosed"');
  for (const deal of won) await enter(day, deal, wonStage, { CloseDate: day.date, NextStep: null });
  const lost = await day.pick('Opportunity', day.count(70), fields, 'not "IsClosed"');
  for (const deal of lost) await enter(day, deal, lostStage, { CloseDate: day.date, NextStep: null });
  for (const deal of await day.pick('Opportunity', day.count(200), fields, 'not "IsClosed"')) {
    const next = openStages[openStages.indexOf(stageNamed(deal.StageName ?? '')) + 1];
    if (next !== undefined) await enter(day, deal, next, { NextStep: 'Call back' });
  }
  for (const deal of await day.pick('Opportunity', day.count(60), fields, 'not "IsClosed"')) {
    const amount = Math.round(Number(deal.Amount) * (0.8 + 0.4 * day.random.next())) * 100;
    await enter(day, deal, stageNamed(deal.StageName ?? ''), { Amount: decimalText(amount) });
  }
  return { won: won.length, lost: lost.length };
}

async function enter(
  day: OrgDay,
  deal: Picked,
  stage: Stage,
  values: Readonly<Record<string, string | null>>,
): Promise<void> {
  const stampedAt = day.moment();
  const decided = {
    StageName: stage.name,
    IsClosed: stage.isClosed,
    IsWon: stage.isWon,
    Probability: stage.probability,
    ForecastCategory: stage.forecastCategory,
  };
  day.update('Opportunity', deal.Id ?? '', { ...decided, ...values, LastModifiedById: deal.OwnerId ?? '' }, stampedAt);
  await addHistory(day, { ...deal, ...withoutNulls(values) }, stage, stampedAt);
}

function withoutNulls(values: Readonly<Record<string, string | null>>): Picked {
  return Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

async function addHistory(day: OrgDay, deal: Picked, stage: Stage, stampedAt: Date): Promise<void> {
  const values = {
    OpportunityId: deal.Id ?? '',
    StageName: stage.name,
    Amount: deal.Amount ?? '0',
    ExpectedRevenue: decimalText(Math.round(Number(deal.Amount) * stage.probability)),
    CloseDate: deal.CloseDate ?? day.date,
    Probability: stage.probability,
    ForecastCategory: stage.forecastCategory,
    CurrencyIsoCode: deal.CurrencyIsoCode ?? 'USD',
  };
  await day.insert('OpportunityHistory', deal.OwnerId ?? '', values, stampedAt);
}

/** New opportunities of existing accounts, a part of them with a line item. */
export async function openOpportunities(day: OrgDay): Promise<void> {
  const accounts = await day.pick('Account', day.count(180), ['Name', 'OwnerId', 'CurrencyIsoCode']);
  const products = await day.pick('Product2', 20, ['Name', 'ProductCode', 'Family'], '"IsActive"');
  for (const { Id = '', Name = '', OwnerId = '', CurrencyIsoCode = 'USD' } of accounts) {
    const product = day.random.pick(products);
    const stampedAt = day.moment();
    const [stage] = openStages;
    if (stage === undefined) throw new RangeError('expected an open stage');
    const deal = {
      Name: `${Name} - ${product.Family} ${day.date.slice(0, 7)}`.slice(0, 120),
      AccountId: Id,
      Amount: decimalText(day.random.integer(20, 2_000) * 10_000),
      CloseDate: new Date(day.end.getTime() + day.random.integer(10, 200) * 86_400_000).toISOString().slice(0, 10),
      OwnerId,
      CurrencyIsoCode,
    };
    const opportunityId = await day.insert(
      'Opportunity',
      OwnerId,
      {
        ...deal,
        StageName: stage.name,
        Probability: stage.probability,
        ForecastCategory: stage.forecastCategory,
        Type: 'Existing Business',
        LeadSource: 'Web',
        ProductInterest__c: product.Family ?? null,
      },
      stampedAt,
    );
    await addHistory(day, { ...deal, Id: opportunityId }, stage, stampedAt);
    if (day.random.chance(0.5)) await addLineItem(day, { ...deal, Id: opportunityId }, product, stampedAt);
  }
}

async function addLineItem(day: OrgDay, deal: Picked, product: Picked, stampedAt: Date): Promise<void> {
  const values = {
    OpportunityId: deal.Id ?? '',
    Product2Id: product.Id ?? '',
    ProductCode: product.ProductCode ?? null,
    Name: product.Name ?? null,
    Quantity: 1,
    UnitPrice: deal.Amount ?? '0',
    TotalPrice: deal.Amount ?? '0',
    ServiceDate: deal.CloseDate ?? null,
    CurrencyIsoCode: deal.CurrencyIsoCode ?? 'USD',
  };
  await day.insert('OpportunityLineItem', deal.OwnerId ?? '', values, stampedAt);
}
