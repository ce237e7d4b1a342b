import type { Hono } from 'hono';
import type { z } from 'zod';
import type { recommendationSchema } from '../../lambdas/api/contract/customer-signals.ts';
import { as } from './api-home.ts';

export type Recommendation = z.infer<typeof recommendationSchema>;

/** Recommendations of the first customers that have some. */
export async function recommendationRows(app: Hono): Promise<Recommendation[]> {
  const path = '/api/customers?has_recommendations=true&limit=40';
  const { data } = (await (await app.request(path, as('admin'))).json()) as { data: { account_id: string }[] };
  const found: Recommendation[] = [];
  for (const { account_id } of data) {
    const response = await app.request(`/api/customer/${account_id}/recommendations`, as('admin'));
    found.push(...((await response.json()) as { data: Recommendation[] }).data);
  }
  return found;
}
