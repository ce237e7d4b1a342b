/** Every kind of request that the server knows; rules of a fault plan name them. */
export type RequestKind =
  | 'token'
  | 'revoke'
  | 'soap'
  | 'identity'
  | 'versions'
  | 'describe-global'
  | 'describe'
  | 'limits'
  | 'query'
  | 'query-more'
  | 'updated'
  | 'deleted'
  | 'create'
  | 'retrieve'
  | 'update'
  | 'delete'
  | 'bulk-create'
  | 'bulk-list'
  | 'bulk-info'
  | 'bulk-results'
  | 'bulk-abort'
  | 'bulk-delete'
  | 'unknown';

/** A request as the log keeps it: what was asked, never with which credentials. */
export interface LoggedRequest {
  /** From 1, in the order of arrival. */
  readonly number: number;
  readonly kind: RequestKind;
  readonly method: string;
  /** Path and query; without the query where it could carry a secret. */
  readonly path: string;
  /** The object that the request is about, as the client wrote it; null when it is about none. */
  readonly object: string | null;
  /** Of Bulk results and further query pages: which page, from 1. */
  readonly page: number | null;
  /** The org's clock when the request was taken up. */
  readonly at: Date;
  /** Faults that were injected into its answer. */
  readonly faults: readonly string[];
  /** HTTP status of the answer; null while there is none, or when the connection was cut before. */
  readonly status: number | null;
}
