import type { Problem } from '../../../lambdas/api/contract/problem.ts';

/** Why a request gave nothing. `status` is 0 when the API could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;
  /** Whether it is no fault: nothing has been published yet that could be shown. */
  readonly isNotYet: boolean;
  readonly title: string;
  readonly requestId: string | null;
  readonly retryAfterSeconds: number | null;
  readonly errors: NonNullable<Problem['errors']>;

  constructor(
    status: number,
    problem: Pick<Problem, 'title' | 'detail'> & Partial<Problem>,
    retryAfterSeconds: number | null = null,
  ) {
    super(problem.detail);
    this.status = status;
    this.isNotYet = problem.type === 'urn:headwater:problem:unavailable';
    this.title = problem.title;
    this.requestId = problem.request_id ?? null;
    this.retryAfterSeconds = retryAfterSeconds;
    this.errors = problem.errors ?? [];
  }
}

/** The problem document of an answer, or what can be said without one. */
export async function errorOf(response: Response): Promise<ApiError> {
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isFinite(seconds) ? seconds : null;
  const isProblem = (response.headers.get('content-type') ?? '').startsWith('application/problem+json');
  const problem = isProblem ? ((await response.json().catch(() => null)) as Problem | null) : null;
  return new ApiError(
    response.status,
    problem ?? {
      // The gateway before the API knows roles, and says no more than that.
      title: response.status === 403 ? 'Not for your role' : `The API answered with ${response.status}`,
      detail:
        response.status === 403
          ? 'Your role may not see this. Who gives roles can change that.'
          : 'It gave no reason. Try again in a moment.',
      request_id: response.headers.get('x-request-id') ?? '',
    },
    retryAfter,
  );
}

/** Nothing came back at all. */
export function unreachable(): ApiError {
  return new ApiError(0, {
    title: 'The API cannot be reached',
    detail: 'It may be starting, or the connection is gone. Nothing is lost.',
  });
}
