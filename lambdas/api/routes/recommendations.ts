import { z } from 'zod';
import { executionKind, executionSchema, recommendationSchema as knownSchema } from '../../domain/actions/execution.ts';
import type { Action } from '../../ports/actions.ts';
import { executeRecommendation } from '../../steps/execute-recommendation.ts';
import type { ExecuteRequest, ExecuteResult } from '../contract/actions.ts';
import { recommendationSchema } from '../contract/customer-signals.ts';
import { ApiProblem } from '../http/problems.ts';
import { type Route, type RouteRequest, sourceOf } from '../route.ts';
import { customerText } from './customers.ts';

type Recommendation = z.infer<typeof recommendationSchema>;
const storedSchema = z.array(recommendationSchema.omit({ executed_at: true, due_on: true, task_id: true }));

/** Recommendations of one customer, with what the ledger knows of them now. */
export const listRecommendations: Route = {
  version: async (request) => (await withActions(request)).map(({ status, task_id }) => `${status} ${task_id}`).join(),
  answer: async (request) => {
    const { status } = request.query;
    const wanted = status === undefined ? null : String(status).split(',');
    const data = (await withActions(request)).filter((each) =>
      wanted === null ? each.closed_on === null : wanted.includes(each.status),
    );
    return { body: JSON.stringify({ data, source: sourceOf(request.snapshot()) }) };
  },
};

async function withActions(request: RouteRequest): Promise<Recommendation[]> {
  const stored = storedSchema.parse(JSON.parse(customerText(request, 'recommendations') ?? '[]'));
  return await Promise.all(
    stored.map(async (recommendation) => {
      const action = await request.ports.actions.get(recommendation.recommendation_id);
      return { ...recommendation, ...stateOf(action) };
    }),
  );
}

function stateOf(action: Action | null) {
  if (action === null) return { executed_at: null, due_on: null, task_id: null };
  const execution = action.kind === executionKind ? executionSchema.safeParse(action.payload).data : undefined;
  return {
    status: action.status,
    executed_at: action.createdAt,
    due_on: execution?.due_on ?? null,
    task_id: execution?.task_id ?? null,
  };
}

const keyPattern = /^[\x21-\x7e]{1,200}$/;

/** Makes a Task of a recommendation, once. */
export const executeAction: Route = {
  isLive: true,
  answer: async (request) => {
    const id = request.parameters.id ?? '';
    const key = request.header('idempotency-key') ?? null;
    if (key !== null && !keyPattern.test(key)) {
      const message = 'expected 1 to 200 visible ASCII characters';
      throw new ApiProblem('invalid-request', `The header Idempotency-Key is not acceptable: ${message}.`, {
        errors: [{ parameter: 'Idempotency-Key', message }],
      });
    }
    const text = request.snapshot().get('recommendation', id, 'row', request.principal.territories);
    if (text === null) throw new ApiProblem('not-found', 'There is no such recommendation, or not among yours.');
    const recommendation = knownSchema.parse(JSON.parse(text));
    const before = await request.ports.actions.get(id);
    if (before === null && (recommendation.closed_on !== null || recommendation.status !== 'open')) {
      throw new ApiProblem('conflict', `The recommendation is ${recommendation.status}, and no longer open.`);
    }
    const { due_on, note } = request.body as ExecuteRequest;
    const executed = await executeRecommendation(request.ports, recommendation, {
      by: request.principal.subject,
      dueOn: due_on,
      note,
      idempotencyKey: key,
      request: request.ports.newId(),
    });
    request.recentActions.forget();
    return { status: executed.replayed ? 200 : 201, body: JSON.stringify(resultOf(executed)) };
  },
};

function resultOf({ action, execution, replayed }: Awaited<ReturnType<typeof executeRecommendation>>): ExecuteResult {
  return {
    recommendation_id: action.id,
    account_id: execution.account_id,
    status: action.status,
    subject: execution.subject,
    due_on: execution.due_on,
    executed_at: action.createdAt,
    executed_by: execution.executed_by,
    task_id: execution.task_id,
    message: messageOf(action, execution.last_error),
    replayed,
  };
}

function messageOf({ status }: Action, lastError: string | null): string {
  if (status === 'scheduled') return 'The Task is in Salesforce.';
  if (status !== 'pending') return `The recommendation is ${status}.`;
  const why = lastError === 'NoOrg' ? 'No Salesforce org is connected here' : 'Salesforce could not take the Task now';
  return `${why}; it is kept and will be tried again.`;
}
