import { decimalText } from '../../drops/csv.ts';
import { invoice as shape } from '../shapes/subscriptions.ts';
import { creditLimit } from './account-records.ts';
import { audit } from './audit.ts';
import { inCurrency } from './exchange-rates.ts';
import type { Range, Segment, Story } from './story.ts';
import { momentOf } from './timeline.ts';
import { nextId, type OrgWorld } from './world.ts';

/** Payment facts of an account; money in US cents at the rates of the due dates. */
export interface PaymentFacts {
  readonly daysOverdue: number;
  readonly overdueAmount: number;
  readonly creditLimit: number;
  readonly hasInvoices: boolean;
}

interface Bill {
  readonly dueDay: number;
  /** In hundredths of the currency. */
  readonly amount: number;
  readonly paid: number;
  readonly paidDay: number | null;
  readonly status: 'Draft' | 'Posted' | 'Paid' | 'Void';
}

const typicalUsd: Readonly<Record<Segment, Range>> = {
  Enterprise: [20_000, 60_000],
  'Mid-Market': [3_000, 9_000],
  SMB: [500, 1_200],
};

export function addInvoices(world: OrgWorld, story: Story): PaymentFacts {
  const { place, standing } = story;
  const limit = creditLimit(story);
  const usdLimit = limit === 0 ? 0 : world.rates.usd(limit, place.currency, world.today);
  const bills =
    standing === 'customer' ? [...regularBills(story, world.today), ...specialBills(story, world.today)] : [];
  for (const bill of bills) addInvoice(world, story, bill);
  const overdue = bills.filter(
    ({ status, dueDay, amount, paid }) => status === 'Posted' && dueDay < world.today && paid < amount,
  );
  return {
    daysOverdue: Math.max(0, ...overdue.map(({ dueDay }) => world.today - dueDay)),
    overdueAmount: overdue.reduce(
      (sum, { amount, paid, dueDay }) => sum + world.rates.usd(amount - paid, place.currency, dueDay),
      0,
    ),
    creditLimit: usdLimit,
    hasInvoices: bills.length > 0,
  };
}

function billAmount({ random, segment, place }: Story): number {
  return inCurrency(random.integer(...typicalUsd[segment]), place.currency);
}

/** Paid more or less in time, the next one not yet due; one in five customers is a few days late with the newest. */
function regularBills(story: Story, today: number): readonly Bill[] {
  const { random } = story;
  const count = random.integer(3, 7);
  const paid = Array.from({ length: count }, (_, index): Bill => {
    const dueDay = today - 22 - index * random.integer(28, 44);
    const amount = billAmount(story);
    return { dueDay, amount, paid: amount, paidDay: dueDay + random.integer(-8, 20), status: 'Paid' };
  });
  const open = (dueDay: number, status: Bill['status'] = 'Posted'): Bill => {
    return { dueDay, amount: billAmount(story), paid: 0, paidDay: null, status };
  };
  if (random.chance(0.5)) paid.push(open(today + random.integer(2, 25)));
  if (story.plant === null && random.chance(0.2)) paid.push(open(today - random.integer(1, 12)));
  if (random.chance(0.03)) paid.push(open(today - random.integer(30, 60), 'Draft'));
  if (random.chance(0.03)) paid.push(open(today - random.integer(30, 300), 'Void'));
  return paid;
}

function specialBills(story: Story, today: number): readonly Bill[] {
  const amount = 2 * billAmount(story);
  const open = (daysAgo: number, rest: Partial<Bill> = {}): Bill => {
    return { dueDay: today - daysAgo, amount, paid: 0, paidDay: null, status: 'Posted', ...rest };
  };
  switch (story.plant) {
    case 'churning':
    case 'churn-at-70':
      return [open(60), open(35)];
    case 'overdue':
      return [story.number % 2 === 0 ? open(40, { paid: amount / 2, paidDay: today - 30 }) : open(40)];
    case 'overdue-15':
      return [open(15)];
    case 'overdue-void':
      return [open(60, { status: 'Void' })];
    default:
      return [];
  }
}

function addInvoice({ files, today, users }: OrgWorld, { id, random, place, ownerId }: Story, bill: Bill): void {
  const issuedDay = Math.min(today, bill.dueDay - 30);
  const created = momentOf(issuedDay, random);
  const changed = bill.paidDay === null ? created : Math.max(created, momentOf(bill.paidDay, random));
  files.add('Invoice__c', {
    Id: nextId(files, 'Invoice__c', shape.keyPrefix),
    Name: `INV-${String(files.count('Invoice__c') + 1).padStart(8, '0')}`,
    Account__c: id,
    Invoice_Date__c: issuedDay,
    Due_Date__c: bill.dueDay,
    Amount__c: decimalText(bill.amount),
    Paid_Amount__c: decimalText(bill.paid),
    Paid_Date__c: bill.paidDay,
    Status__c: bill.status,
    Disputed__c: bill.status === 'Posted' && random.chance(0.04),
    CurrencyIsoCode: place.currency,
    OwnerId: ownerId,
    ...audit(created, changed, users.integration),
  });
}
