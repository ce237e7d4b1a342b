import { z } from 'zod';
import { day, flag, instant, recommendationStatus, text } from './values.ts';

/** Days that Salesforce takes; a Task with another one would be refused for ever. */
const [firstDay, lastDay] = ['1700-01-01', '4000-12-31'];

/** Body of POST /api/actions/{id}/execute; `{}` will do. */
export const executeRequest = z
  .strictObject({
    due_on: z.iso
      .date()
      .refine((day) => day >= firstDay && day <= lastDay, `expected a day from ${firstDay} to ${lastDay}`)
      .optional()
      .describe('when the Task is due; unless told 1, 7 or 14 days from now by priority HIGH, MEDIUM, LOW'),
    note: z.string().max(2_000).optional().describe('goes into the description of the Task'),
  })
  .meta({ id: 'ExecuteRequest' });
export type ExecuteRequest = z.infer<typeof executeRequest>;

/** 201 when this request executed the recommendation, 200 when it was executed before. */
export const executeResponse = z
  .strictObject({
    recommendation_id: text('what was executed'),
    account_id: text('the account'),
    status: recommendationStatus,
    subject: text('subject of the Task'),
    due_on: day('when it is due'),
    executed_at: instant('when it was executed'),
    executed_by: text('who did it'),
    task_id: text('Id of the Task in Salesforce; null while pending').nullable(),
    message: text('for people: what happened, and what happens next'),
    replayed: flag('true when it had been executed before: nothing was done now'),
  })
  .meta({ id: 'ExecuteResult' });
export type ExecuteResult = z.infer<typeof executeResponse>;
