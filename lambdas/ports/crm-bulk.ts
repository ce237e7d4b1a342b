export type BulkState =
  | { readonly state: 'running' }
  | { readonly state: 'complete'; readonly records: number }
  /** Salesforce gave up, or somebody aborted it: `message` says why. */
  | { readonly state: 'failed'; readonly message: string }
  /** The job is unknown: jobs live 7 days. */
  | { readonly state: 'gone' };

export interface BulkPage {
  /** Local CSV file with a header; whoever loads it removes it. */
  readonly path: string;
  readonly records: number;
  /** Where the next page begins; null after the last one. */
  readonly next: string | null;
}

/** Bulk queries of a CRM: asked once, fetched page by page. Throws as CrmSource does. */
export interface CrmBulk {
  /** Starts a query over all records, deleted ones included, and returns the job's id. */
  start(soql: string, signal: AbortSignal): Promise<string>;
  /** Waits for the job to end, but not longer than `patienceSeconds`. */
  follow(jobId: string, patienceSeconds: number, signal: AbortSignal): Promise<BulkState>;
  /**
   * Fetches a page to disk: complete, its records counted and equal to what the server says.
   * Throws IncompleteExtractError when that cannot be had.
   */
  page(jobId: string, locator: string | null, signal: AbortSignal): Promise<BulkPage>;
  /** Removes a job that is not needed any more; one that is gone is fine. */
  remove(jobId: string): Promise<void>;
}
