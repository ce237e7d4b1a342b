import type { Problem } from '../contract/problem.ts';

/** What is wrong with a request; becomes a problem document. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly title: string;
  readonly kind: string;
  readonly errors: Problem['errors'];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    kind: keyof typeof titles,
    detail: string,
    options: { errors?: NonNullable<Problem['errors']>; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(detail);
    this.name = 'ApiProblem';
    this.kind = kind;
    [this.status, this.title] = titles[kind];
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }
}

/** Kind -> status and title. */
export const titles = {
  'invalid-request': [400, 'The request is not acceptable'],
  unauthenticated: [401, 'Nobody is logged in'],
  forbidden: [403, 'That is not for you'],
  'not-found': [404, 'There is no such thing'],
  'method-not-allowed': [405, 'The method is not allowed here'],
  conflict: [409, 'That cannot be done in this state'],
  gone: [410, 'The data have changed meanwhile'],
  'too-large': [413, 'The request is too large'],
  'unsupported-media-type': [415, 'The body is not of a type that is read here'],
  'misdirected-request': [421, 'This address is not served here'],
  'too-many-requests': [429, 'Too many requests'],
  internal: [500, 'The API failed'],
  unavailable: [503, 'Nothing can be served yet'],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

export function problemOf(problem: ApiProblem, requestId: string): Problem {
  const { kind, title, status, message, errors } = problem;
  return {
    type: `urn:headwater:problem:${kind}`,
    title,
    status,
    detail: message,
    request_id: requestId,
    ...(errors === undefined ? {} : { errors }),
  };
}

/** What a reader is told when the program fails: never the error itself, which is in the log under the request's id. */
export function internalProblem(): ApiProblem {
  return new ApiProblem('internal', 'The API failed at this request. Try again; if it stays, name the request id.');
}
