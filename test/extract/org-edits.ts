import type { OrgChange } from '../../simulator/org/org-change.ts';
import type { OrgDatabase } from '../../simulator/org/org-database.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';

const owner = salesforceId('005', 0);
const audit = { OwnerId: owner, CreatedById: owner, LastModifiedById: owner, CurrencyIsoCode: 'USD' };

export const time = (text: string) => new Date(text);

/** New accounts named by `name` and their number; returns their Ids. */
export async function insertAccounts(
  database: OrgDatabase,
  count: number,
  at: string,
  name = 'Account',
): Promise<string[]> {
  const ids = await database.nextIds('Account', count);
  const stampedAt = time(at);
  await database.apply(
    ids.map((id, index) => ({
      kind: 'insert' as const,
      object: 'Account',
      id,
      stampedAt,
      committedAt: stampedAt,
      values: { ...audit, Name: `${name} ${index}`, AnnualRevenue: `${index * 1_000}.50` },
    })),
  );
  return [...ids];
}

/** An edit of an account's name, committed as late after its stamp as said. */
export function rename(id: string, name: string, at: string, lateSeconds = 0): OrgChange {
  const stampedAt = time(at);
  const committedAt = new Date(stampedAt.getTime() + lateSeconds * 1_000);
  return { kind: 'update', object: 'Account', id, values: { Name: name }, stampedAt, committedAt };
}

export function remove(kind: 'delete' | 'undelete' | 'purge', id: string, at: string): OrgChange {
  return { kind, object: 'Account', id, stampedAt: time(at), committedAt: time(at) };
}

/** Moves the org's clock and makes visible what is committed by then. */
export async function moveTo(database: OrgDatabase, now: string): Promise<void> {
  await database.setNow(time(now));
  await database.settle(time(now));
}
