import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import type { ApiError } from './api-error.ts';
import { apiAddress, getJson, type Query } from './client.ts';
import { noteRun, runOf } from './shown-run.ts';

export interface ApiOptions {
  /** Shows the answer before until the new one is there: for lists whose filters change. */
  readonly keepsPrevious?: boolean;
  readonly isEnabled?: boolean;
  /** Milliseconds between two requests. */
  readonly refetchEvery?: number;
}

/** Milliseconds after which what nothing has been published of is asked for again. */
const untilPublished = 15_000;

/** Reads from the API; requests that nobody waits for any more are aborted. `Answer` is the endpoint's type in lambdas/api/contract. */
export function useApi<Answer>(
  path: string,
  query: Query = {},
  options: ApiOptions = {},
): UseQueryResult<Answer, ApiError> {
  return useQuery<Answer, ApiError>({
    queryKey: [path, apiAddress(path, query)],
    queryFn: async ({ signal }) => {
      const answer = await getJson<Answer>(path, query, signal);
      // A page after the first belongs to the run that its list began in.
      if (query.cursor === undefined) noteRun(runOf(answer));
      return answer;
    },
    enabled: options.isEnabled ?? true,
    ...(options.keepsPrevious === true ? { placeholderData: keepPreviousData } : {}),
    refetchInterval: ({ state: { error } }) =>
      error?.isNotYet === true ? untilPublished : (options.refetchEvery ?? false),
  });
}
