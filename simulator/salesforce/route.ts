import type { IncomingHttpHeaders } from 'node:http';
import type { Fault } from './fault.ts';
import type { Reply } from './reply.ts';
import type { RequestKind } from './request-kind.ts';

/** A request that has been read and has found its route. */
export interface Call {
  readonly method: string;
  /** Named parts of the path; `version` is there for every call of the data API. */
  readonly parts: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The org's clock. */
  readonly now: Date;
  /** Id of the user whose session it is; empty for routes that need none. */
  readonly userId: string;
  readonly faults: readonly Fault[];
}

/** What a request is about, for the log and for rules of the fault plan. */
export interface Target {
  readonly object?: string | null;
  readonly page?: number;
}

export interface Route {
  readonly kind: RequestKind;
  readonly method: string;
  readonly pattern: RegExp;
  /** Needs no session. */
  readonly open?: true;
  readonly target?: (call: Pick<Call, 'parts' | 'query' | 'body'>) => Target;
  /** What the request waits for before it is taken up, while others go on. */
  readonly ready?: (call: Pick<Call, 'parts'>) => Promise<void>;
  readonly handle: (call: Call) => Promise<Reply> | Reply;
}

const VERSION = String.raw`/services/data/v(?<version>\d+\.\d)`;

/** The pattern of a path of the data API; `{name}` is a part without a slash. */
export function dataPath(path: string): RegExp {
  return new RegExp(`^${VERSION}${path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
}

/** A part of the path that the route's pattern guarantees. */
export function part(call: Pick<Call, 'parts'>, name: string): string {
  const value = call.parts[name];
  if (value === undefined) throw new RangeError(`the route has no part '${name}'`);
  return value;
}
