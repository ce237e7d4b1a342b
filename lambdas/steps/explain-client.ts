import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { type LakeRow, lakeRows, type SimilarKey, similarKeys } from './lake-rows.ts';
import { literal } from '../domain/sql-text.ts';

/** Why a client is where it is; rows of the star's tables, by column. */
export interface ExplainedClient {
  readonly clientKey: string;
  /** `gold.client_dim`, oldest first. */
  readonly history: readonly LakeRow[];
  /** `gold.assignments_fact` with the territory's region and segment, current ones first. */
  readonly assignments: readonly LakeRow[];
  /** `gold.assignment_decision`, in the order in which the candidates were looked at. */
  readonly decisions: readonly LakeRow[];
  /** `gold.advisor_workload` of the advisors who look after the client, or are asked for. */
  readonly advisors: readonly LakeRow[];
  /** `gold.client_duplicate` with the client on either side. */
  readonly duplicates: readonly LakeRow[];
}

/** The client with that key, from the current publication; null, when there is none. */
export async function explainClient(
  ports: PipelinePorts,
  parser: SqlParser,
  key: string,
): Promise<ExplainedClient | null> {
  const client = literal(key);
  const rows = (sql: string) => lakeRows(ports, parser, sql);
  const history = await rows(`select * from gold.client_dim where client_key = ${client} order by effective_from`);
  if (history.length === 0) return null;
  const [assignments, decisions, advisors, duplicates] = [
    await rows(`select a.*, t.region, t.segment, t.owner_role from gold.assignments_fact as a
      join gold.territory_dim as t on t.territory_id = a.territory_id where a.client_key = ${client}
      order by a.is_current desc, a.assignment_type, a.effective_from desc, a.territory_id`),
    await rows(`select * from gold.assignment_decision where client_key = ${client} order by rank`),
    await rows(`select * from gold.advisor_workload where advisor in (
      select primary_advisor_email from gold.assignments_fact where client_key = ${client} and is_current
      union all select requested_advisor_email from gold.assignments_fact where client_key = ${client} and is_current)
      order by advisor`),
    await rows(`select * from gold.client_duplicate where client_key_a = ${client} or client_key_b = ${client}
      order by similarity desc, client_key_a, client_key_b`),
  ];
  return { clientKey: key, history, assignments, decisions, advisors, duplicates };
}

/** Clients whose key or name contains the text. */
export async function similarClients(ports: PipelinePorts, parser: SqlParser, text: string): Promise<SimilarKey[]> {
  const clients = 'select client_key as key, client_name as name from gold.client_dim where is_current';
  return await similarKeys(ports, parser, clients, text);
}
