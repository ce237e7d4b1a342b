import { type Evidence, evidenceSchema } from '../domain/linking/link-evidence.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { type LakeRow, lakeRows } from './lake-rows.ts';
import { literal } from '../domain/sql-text.ts';

/** A pair that the account is in. */
export interface ExplainedLink {
  /** The other account: Id, name, region, name as compared (name_norm, name_core). */
  readonly other: LakeRow;
  /** The row of `gold.account_link`, without its evidence. */
  readonly link: LakeRow;
  /** Every rule that holds, with its inputs. */
  readonly evidence: readonly Evidence[];
  /** Contact values that both have: kind, value, and how many accounts have it. Whether they count is in the evidence. */
  readonly sharedContacts: readonly LakeRow[];
}

/** Which company an account belongs to, and why. */
export interface ExplainedAccountLinks {
  /** Id, name, region, parent_account_id, name_norm, name_core. */
  readonly account: LakeRow;
  /** The row of `gold.master_account`. */
  readonly master: LakeRow;
  /** Accounts under that master: Id, name, region, link_confidence. */
  readonly members: readonly LakeRow[];
  /** Most confident first. */
  readonly links: readonly ExplainedLink[];
}

const nameColumns = 'n.account_id, p.account_name, n.region, n.parent_account_id, n.name_norm, n.name_core';

/** The links of the account with that Id, from the current publication; null, when there is no such account. */
export async function explainAccountLinks(
  ports: PipelinePorts,
  parser: SqlParser,
  accountId: string,
): Promise<ExplainedAccountLinks | null> {
  const id = literal(accountId);
  const rows = (sql: string) => lakeRows(ports, parser, sql);
  const [account] = await rows(`select ${nameColumns} from silver.account_name as n
    join silver.account_profile as p on p.account_id = n.account_id where n.account_id = ${id}`);
  const [master] = await rows(`select m.* from gold.master_account as m
    join gold.master_account_member as own on own.master_account_id = m.master_account_id where own.account_id = ${id}`);
  if (account === undefined || master === undefined) return null;
  const members = await rows(`select m.account_id, p.account_name, p.region, m.link_confidence
    from gold.master_account_member as m join silver.account_profile as p on p.account_id = m.account_id
    where m.master_account_id = ${literal(String(master.master_account_id))}
    order by m.link_confidence desc nulls first, m.account_id`);
  const links = await rows(`select * from gold.account_link where account_id_a = ${id} or account_id_b = ${id}
    order by confidence desc, account_id_a, account_id_b`);
  const others = await otherAccounts(rows, id);
  const contacts = await sharedContacts(rows, id);
  return { account, master, members, links: links.map((row) => explained(row, accountId, others, contacts)) };
}

type Rows = (sql: string) => Promise<LakeRow[]>;

/** The accounts at the other ends, by Id. */
async function otherAccounts(rows: Rows, id: string): Promise<Map<string, LakeRow>> {
  const found = await rows(`select ${nameColumns} from silver.account_name as n
    join silver.account_profile as p on p.account_id = n.account_id
    where n.account_id in (select account_id_a from gold.account_link where account_id_b = ${id}
      union all select account_id_b from gold.account_link where account_id_a = ${id})`);
  return new Map(found.map((row) => [String(row.account_id), row]));
}

/** Values that the account shares, with the other holder and the number of all holders. */
async function sharedContacts(rows: Rows, id: string): Promise<LakeRow[]> {
  return await rows(`select theirs.account_id, theirs.kind, theirs.value, counted.accounts
    from silver.shared_contact as own
    join silver.shared_contact as theirs
      on theirs.kind = own.kind and theirs.value = own.value and theirs.account_id <> own.account_id
    join (select kind, value, count(*) as accounts from silver.shared_contact group by kind, value) as counted
      on counted.kind = own.kind and counted.value = own.value
    where own.account_id = ${id} order by theirs.kind, theirs.value`);
}

function explained(
  { evidence, ...link }: LakeRow,
  accountId: string,
  others: ReadonlyMap<string, LakeRow>,
  contacts: readonly LakeRow[],
): ExplainedLink {
  const otherId = String(link.account_id_a === accountId ? link.account_id_b : link.account_id_a);
  return {
    other: others.get(otherId) ?? { account_id: otherId },
    link,
    evidence: evidenceSchema.parse(JSON.parse(String(evidence))),
    sharedContacts: contacts.filter((row) => row.account_id === otherId).map(({ account_id, ...value }) => value),
  };
}
