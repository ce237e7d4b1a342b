/** Something that goes wrong with one answer. */
export type Fault =
  /** 401; `revoke` also ends the session, so that only a new login helps. */
  | { readonly fault: 'unauthorized'; readonly revoke?: boolean }
  /** 403 REQUEST_LIMIT_EXCEEDED. */
  | { readonly fault: 'request-limit' }
  | { readonly fault: 'status'; readonly status: 420 | 429 | 500 | 503; readonly retryAfterSeconds?: number }
  /** The user may not see the object: it is missing, as Salesforce says it. */
  | { readonly fault: 'access-denied' }
  /** The request is carried out and the connection closed without an answer. */
  | { readonly fault: 'answer-lost' }
  /** The body ends early: the connection breaks, or (`silent`) the answer ends as if it were complete. */
  | { readonly fault: 'cut'; readonly at: 'row-end' | 'mid-row'; readonly silent?: boolean }
  /** The compressed body lacks its end. */
  | { readonly fault: 'truncated-gzip' }
  | { readonly fault: 'missing-locator' }
  /** Sforce-NumberOfRecords, or in a poll numberRecordsProcessed, is off by `by`. */
  | { readonly fault: 'wrong-count'; readonly by: number }
  | { readonly fault: 'empty-body' }
  /** What becomes of a Bulk job; for requests that create one. */
  | { readonly fault: 'job-failed'; readonly message?: string }
  | { readonly fault: 'job-aborted' }
  | { readonly fault: 'job-stuck' }
  /** The job is forgotten before the request is carried out, which finds nothing: 404. */
  | { readonly fault: 'job-expired' }
  /** The Date header is off. */
  | { readonly fault: 'clock-skew'; readonly seconds: number }
  /** The answer comes later, by real time. */
  | { readonly fault: 'slow'; readonly milliseconds: number };
