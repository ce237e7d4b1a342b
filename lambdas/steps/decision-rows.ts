import type { Model } from '../domain/model.ts';
import type { Action } from '../ports/actions.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { timestampText } from '../domain/sql-text.ts';

const statuses: readonly Action['status'][] = ['open', 'pending', 'scheduled', 'done', 'dismissed', 'expired'];

/** Rows of a table that the ledger's actions fill: what people decided, the newest decision about each recommendation; undefined for any other table. */
export async function decisionRows(
  ports: PipelinePorts,
  { fromLedger }: Model,
): Promise<readonly object[] | undefined> {
  if (fromLedger !== 'actions') return undefined;
  const actions: Action[] = [];
  for (const status of statuses) actions.push(...(await ports.actions.withStatus(status)));
  const newest = new Map<string, Action>();
  for (const action of actions.toSorted((a, b) => order(a.updatedAt, b.updatedAt) || order(a.id, b.id)))
    newest.set(String(action.payload.recommendation_id ?? action.id), action);
  return [...newest]
    .map(([id, { status, updatedAt }]) => ({
      recommendation_id: id,
      status,
      decided_at: timestampText(updatedAt),
    }))
    .toSorted((a, b) => order(a.recommendation_id, b.recommendation_id));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
