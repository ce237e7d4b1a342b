import type { Me, Scope } from '../../../lambdas/api/contract/health.ts';
import { useApi } from './use-api.ts';

/** Whether the reader's role may do that; false until it is known. */
export function useCan(scope: Scope): boolean {
  return useApi<Me>('/api/me').data?.scopes.includes(scope) ?? false;
}
