import type { Recommendations } from '../../../lambdas/api/contract/customer-signals.ts';

export type Recommendation = Recommendations['data'][number];
