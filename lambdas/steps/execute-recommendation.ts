import {
  type Execution,
  type ExecutionWish,
  executionKind,
  executionOf,
  executionSchema,
  type Recommendation,
  taskMark,
} from '../domain/actions/execution.ts';
import { PipelineError } from '../domain/errors.ts';
import type { Action, Actions } from '../ports/actions.ts';
import type { CrmSource } from '../ports/crm-source.ts';

export interface ActionPorts {
  readonly actions: Actions;
  /** Null when no org is connected: then actions wait. */
  readonly crm: CrmSource | null;
  readonly now: () => Date;
}

export interface Executed {
  readonly action: Action;
  readonly execution: Execution;
  /** True when it had been executed before: nothing was done now. */
  readonly replayed: boolean;
}

/** Longer than this nobody waits; the action is pending then, and tried again. */
const taskTimeoutMilliseconds = 15_000;

/**
 * Executes a recommendation once, however often and from wherever it is asked: the action has the recommendation's id, and only the request
 * that made it goes on to Salesforce. What Salesforce does not take now stays pending for `retryActions`.
 */
export async function executeRecommendation(
  ports: ActionPorts,
  recommendation: Recommendation,
  wish: ExecutionWish,
): Promise<Executed> {
  const now = ports.now();
  const wanted = executionOf(recommendation, wish, now);
  const at = now.toISOString();
  const action = await ports.actions.create({
    id: recommendation.recommendation_id,
    kind: executionKind,
    status: 'pending',
    payload: wanted,
    createdAt: at,
    updatedAt: at,
  });
  const execution = executionSchema.parse(action.payload);
  if (execution.request !== wanted.request) return { action, execution, replayed: true };
  return { ...(await attempt(ports, action, execution, false)), replayed: false };
}

/** Makes the Task, or finds the one that an earlier attempt made whose answer got lost. */
export async function attempt(
  ports: ActionPorts,
  action: Action,
  execution: Execution,
  mayExist: boolean,
): Promise<{ action: Action; execution: Execution }> {
  const { task, error } = await makeTask(ports.crm, execution, mayExist);
  const changed = await ports.actions.setStatus(
    action.id,
    task === null ? 'pending' : 'scheduled',
    ports.now().toISOString(),
    {
      task_id: task,
      attempts: execution.attempts + 1,
      last_error: error,
    },
  );
  return { action: changed, execution: executionSchema.parse(changed.payload) };
}

async function makeTask(
  crm: CrmSource | null,
  execution: Execution,
  mayExist: boolean,
): Promise<{ task: string | null; error: string | null }> {
  if (crm === null) return { task: null, error: 'NoOrg' };
  const signal = AbortSignal.timeout(taskTimeoutMilliseconds);
  try {
    const known = mayExist ? await knownTask(crm, execution, signal) : null;
    const { account_id: whatId, subject, description, due_on: dueOn, priority } = execution;
    const task = known ?? (await crm.createTask({ whatId, subject, description, dueOn, priority }, signal));
    return { task, error: null };
  } catch (error) {
    // What Salesforce refuses or cannot take now is told by the action; anything else is a fault of the program.
    if (signal.aborted) return { task: null, error: 'TimeoutError' };
    if (error instanceof PipelineError) return { task: null, error: nameOf(error) };
    throw error;
  }
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'Error';
}

/** The description of a Task cannot be searched in SOQL, so the few Tasks of that account and subject are read. */
async function knownTask(crm: CrmSource, execution: Execution, signal: AbortSignal): Promise<string | null> {
  const { account_id, subject, recommendation_id } = execution;
  const soql = `SELECT Id, Description FROM Task WHERE WhatId = ${literal(account_id)} AND Subject = ${literal(subject)}`;
  const { records } = await crm.select(soql, signal);
  return records.find(({ Description }) => Description?.includes(taskMark(recommendation_id)))?.Id ?? null;
}

function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
