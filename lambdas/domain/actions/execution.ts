import { z } from 'zod';

/** A recommendation as the API's snapshot knows it. */
export const recommendationSchema = z.object({
  recommendation_id: z.string(),
  account_id: z.string(),
  account_name: z.string().nullable(),
  rule_id: z.string(),
  priority: z.enum(['HIGH', 'MEDIUM', 'LOW']),
  action: z.string(),
  reason: z.string(),
  expected_outcome: z.string(),
  estimated_impact: z.number(),
  status: z.string(),
  closed_on: z.string().nullable(),
});
export type Recommendation = z.infer<typeof recommendationSchema>;

export const executionKind = 'execute-recommendation';

/** What an action of this kind carries: the Task to be made, who wants it, and how trying went. */
export const executionSchema = z.object({
  recommendation_id: z.string(),
  account_id: z.string(),
  subject: z.string(),
  description: z.string(),
  due_on: z.iso.date(),
  priority: z.enum(['High', 'Normal', 'Low']),
  executed_by: z.string(),
  /** Tells which of several requests at the same time made the action. */
  request: z.string(),
  idempotency_key: z.string().nullable(),
  task_id: z.string().nullable(),
  attempts: z.int().nonnegative(),
  /** Name of the error of the last attempt. */
  last_error: z.string().nullable(),
});
export type Execution = z.infer<typeof executionSchema>;

const dueAfterDays = { HIGH: 1, MEDIUM: 7, LOW: 14 } as const;
const taskPriority = { HIGH: 'High', MEDIUM: 'Normal', LOW: 'Low' } as const;
const dayMilliseconds = 86_400_000;

/** The line by which a Task is found again: trying once more must not make a second one. */
export function taskMark(recommendationId: string): string {
  return `Headwater recommendation ${recommendationId}`;
}

export interface ExecutionWish {
  readonly by: string;
  readonly dueOn: string | undefined;
  readonly note: string | undefined;
  readonly idempotencyKey: string | null;
  readonly request: string;
}

export function executionOf(recommendation: Recommendation, wish: ExecutionWish, now: Date): Execution {
  const { recommendation_id, account_id, priority, action, reason, expected_outcome } = recommendation;
  const due = new Date(now.getTime() + dueAfterDays[priority] * dayMilliseconds).toISOString().slice(0, 10);
  const note = wish.note === undefined || wish.note.trim() === '' ? [] : [wish.note.trim(), ''];
  return {
    recommendation_id,
    account_id,
    subject: action,
    description: [...note, reason, `Expected: ${expected_outcome}`, '', taskMark(recommendation_id)].join('\n'),
    due_on: wish.dueOn ?? due,
    priority: taskPriority[priority],
    executed_by: wish.by,
    request: wish.request,
    idempotency_key: wish.idempotencyKey,
    task_id: null,
    attempts: 0,
    last_error: null,
  };
}

const firstRetrySeconds = 60;
const longestRetrySeconds = 6 * 3_600;

/** Whether a pending action may be tried again: a minute after the last attempt, then twice as long each time, up to six hours. */
export function isDue(attempts: number, updatedAt: string, now: Date): boolean {
  const seconds = Math.min(longestRetrySeconds, firstRetrySeconds * 2 ** Math.max(0, attempts - 1));
  return now.getTime() - Date.parse(updatedAt) >= seconds * 1_000;
}
