import { z } from 'zod';
import type { Action } from '../../ports/actions.ts';

export const actionSchema: z.ZodType<Action> = z.object({
  id: z.string(),
  kind: z.string(),
  status: z.enum(['open', 'pending', 'scheduled', 'done', 'dismissed', 'expired']),
  payload: z.record(z.string(), z.union([z.string(), z.number(), z.null()])),
  createdAt: z.string(),
  updatedAt: z.string(),
});
