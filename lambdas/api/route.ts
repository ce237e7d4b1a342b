import type { Actions } from '../ports/actions.ts';
import type { CrmSource } from '../ports/crm-source.ts';
import type { Files } from '../ports/files.ts';
import type { Lake } from '../ports/lake.ts';
import type { Runs } from '../ports/runs.ts';
import type { ServingSnapshot, ServingStore } from '../ports/serving-store.ts';
import type { RateLimit } from './http/rate-limit.ts';
import type { RequestMeter } from './http/request-metrics.ts';
import type { RecentActions } from './recent-actions.ts';
import type { Principal } from './principal.ts';

/** All that the API may touch. */
export interface ApiPorts {
  readonly store: ServingStore;
  readonly runs: Runs;
  readonly files: Files;
  readonly actions: Actions;
  /** Processed bucket, for what runs left below ops/. */
  readonly lake: Lake;
  /** Null when no org is connected. */
  readonly crm: CrmSource | null;
  readonly now: () => Date;
  /** A text that no other call gives: ids of requests. */
  readonly newId: () => string;
}

export interface ApiSettings {
  /** Who asks; null: nobody is logged in. `env` is what the platform hands in with the request. */
  readonly authenticate: (request: Request, env: unknown) => Principal | null;
  /** Origins of pages that may call; those of the API's own pages need not be named. */
  readonly allowedOrigins: readonly string[];
  /** Host headers that are answered; null: any. A page of another name that leads to this machine gets nothing. */
  readonly allowedHosts: readonly string[] | null;
  /** Null: no limit here. */
  readonly rateLimit: RateLimit | null;
  /** Data that no run has confirmed for so long are stale. */
  readonly allowanceSeconds: number;
  /** How long a look for a newer snapshot, or at pending actions, holds. */
  readonly refreshMilliseconds: number;
  /** True where the process stands still after an answer, so that a newer snapshot is only taken over while somebody waits. */
  readonly waitsForNewer: boolean;
  /** One line of JSON for each request, with no names and no parameters; and one when a newer snapshot cannot be taken over, saying why. */
  readonly log: (line: string) => void;
}

export interface RouteRequest {
  readonly principal: Principal;
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly body: unknown;
  readonly header: (name: string) => string | undefined;
  /** Hash over path and query without cursor and limit: what a cursor belongs to. */
  readonly listId: string;
  readonly wantsCsv: boolean;
  /** The one publication that this request is answered from; null while there is none. */
  readonly served: ServingSnapshot | null;
  /** The same. Throws ApiProblem while there is none. */
  readonly snapshot: () => ServingSnapshot;
  readonly ports: ApiPorts;
  readonly settings: ApiSettings;
  readonly meter: RequestMeter;
  readonly recentActions: RecentActions;
}

/** An answer before it is packed for the way. */
export interface Reply {
  readonly status?: 200 | 201;
  /** JSON as text; for CSV the rows. */
  readonly body: string | CsvReply;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface CsvReply {
  readonly name: string;
  readonly columns: readonly string[];
  /** Rows as JSON objects, a part at a time. */
  readonly rows: Iterable<readonly string[]>;
}

export interface Route {
  readonly answer: (request: RouteRequest) => Reply | Promise<Reply>;
  /**
   * What the answer depends on besides the publication, the reader's view and the address: '' when on nothing. Left out where the answer must be made
   * to know: then its content gives the ETag.
   */
  readonly version?: (request: RouteRequest) => string | Promise<string>;
  /** Never answered with 304. */
  readonly isLive?: boolean;
}

export function sourceOf(snapshot: ServingSnapshot | null): { run_id: string | null; as_of: string | null } {
  return { run_id: snapshot?.meta.runId ?? null, as_of: snapshot?.meta.asOf ?? null };
}
