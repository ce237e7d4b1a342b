import { mkdtemp, rm } from 'node:fs/promises';
import { type Server, type ServerResponse, createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OrgDatabase } from '../org/org-database.ts';
import { salesforceId } from '../org/salesforce-id.ts';
import { SalesforceError } from './api-error.ts';
import { ApiUsage } from './api-usage.ts';
import { type RegisteredClient, type RegisteredUser, Registrations } from './auth/registrations.ts';
import { Sessions } from './auth/sessions.ts';
import { Jobs } from './bulk/jobs.ts';
import { Exclusive } from './exclusive.ts';
import { FaultPlan, type FaultRule } from './fault-plan.ts';
import { OrgSchema } from './org-schema.ts';
import { type OnRequest, handleRequest } from './request-handler.ts';
import type { LoggedRequest } from './request-kind.ts';
import { RequestLog } from './request-log.ts';
import { RestQueries } from './rest-queries.ts';
import { authRoutes } from './routes/auth-routes.ts';
import { bulkRoutes } from './routes/bulk-routes.ts';
import { metadataRoutes } from './routes/metadata-routes.ts';
import { queryRoutes } from './routes/query-routes.ts';
import { recordRoutes } from './routes/record-routes.ts';
import { replicationRoutes } from './routes/replication-routes.ts';
import type { Services } from './services.ts';

export interface SalesforceOptions {
  /** The org. It stays the caller's, who must not use it while the server runs, except in `onRequest` and `change`. */
  readonly database: OrgDatabase;
  readonly clients: readonly RegisteredClient[];
  readonly users: readonly RegisteredUser[];
  readonly faults?: readonly FaultRule[];
  /** Seed of the faults' probabilities; 1 by default. */
  readonly seed?: number;
  /** Rows on a page of Bulk results, at most; 100,000 by default. */
  readonly pageRows?: number;
  /** How many polls find a Bulk job unfinished; none by default. */
  readonly pollsInProgress?: number;
  /** API calls in 24 hours of the org's clock; 15,000 by default. */
  readonly dailyLimit?: number;
  /** Minutes that a session lives without being used; 120 by default. */
  readonly sessionMinutes?: number;
  readonly onRequest?: OnRequest;
  /** Real time, for logins and sessions. */
  readonly wallClock?: () => Date;
  /** A free one by default. */
  readonly port?: number;
}

export interface SimulatedSalesforce {
  /** Login host and instance in one: `http://127.0.0.1:41234`. */
  readonly url: string;
  readonly organizationId: string;
  /** Every request so far, without secrets. */
  requests(): readonly LoggedRequest[];
  /** Rules may be added and cleared at any time. */
  readonly faults: FaultPlan;
  /** Changes the org between two requests, never during one. */
  change<T>(work: (database: OrgDatabase) => Promise<T>): Promise<T>;
  /** Ends every session: the next request of each gets 401. */
  revokeSessions(): void;
  /** Stops the server, whatever is under way, and removes the results of its jobs. The org stays open. */
  close(): Promise<void>;
}

/** Serves an org as Salesforce does. */
export async function startSalesforce(options: SalesforceOptions): Promise<SimulatedSalesforce> {
  const { database } = options;
  const folder = await mkdtemp(join(tmpdir(), 'simulated-salesforce-'));
  const server = createServer();
  const services = await makeServices(options, folder, () => addressOf(server));
  const exclusive = new Exclusive();
  const log = new RequestLog();
  const routes = [authRoutes, metadataRoutes, replicationRoutes, queryRoutes, bulkRoutes, recordRoutes].flatMap(
    (make) => make(services),
  );
  const handling = { routes, services, log, exclusive, onRequest: options.onRequest };
  server.on('request', (request, response) => {
    // The Date header is the org's, not the machine's.
    response.sendDate = false;
    handleRequest(request, response, handling).catch((error: unknown) => refuse(response, error));
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  return {
    url: addressOf(server),
    organizationId: services.organizationId,
    requests: () => log.all(),
    faults: services.faults,
    change: (work) => exclusive.run(() => work(database)),
    revokeSessions: () => services.sessions.revokeAll(),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await exclusive.run(() => services.jobs.stop());
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The end of a request that could not be carried out: the client has hung up, sent nonsense, or `onRequest` has failed. */
function refuse(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const message = error instanceof Error ? error.message : String(error);
  response.writeHead(500, { 'Content-Type': 'application/json;charset=UTF-8' });
  response.end(JSON.stringify(new SalesforceError(500, 'UNKNOWN_EXCEPTION', message).body()));
}

async function makeServices(options: SalesforceOptions, folder: string, url: () => string): Promise<Services> {
  const { database } = options;
  const organizationId = salesforceId('00D', 0);
  const wallClock = options.wallClock ?? (() => new Date());
  const sessionLifetime = (options.sessionMinutes ?? 120) * 60 * 1000;
  const queries = new RestQueries(database.connection);
  await queries.prepare();
  let schema = new OrgSchema(database.shapes);
  let shapes = database.shapes;
  return {
    database,
    schema: () => {
      if (database.shapes !== shapes) {
        shapes = database.shapes;
        schema = new OrgSchema(shapes);
      }
      return schema;
    },
    registrations: new Registrations(options.clients, await withIds(options.users, database)),
    sessions: new Sessions(organizationId, sessionLifetime, wallClock),
    queries,
    jobs: new Jobs(database, folder, options.pollsInProgress ?? 0, wallClock().getTime() * 1000),
    usage: new ApiUsage(options.dailyLimit ?? 15_000),
    faults: new FaultPlan(options.faults, options.seed),
    organizationId,
    url,
    pageRows: options.pageRows ?? 100_000,
    sessionLifetime,
    wallClock,
  };
}

/** Gives users the Ids of the org's User records; one that the org does not know gets an Id of its own. */
async function withIds(
  users: readonly RegisteredUser[],
  { connection, shapes }: OrgDatabase,
): Promise<readonly (RegisteredUser & { readonly id: string })[]> {
  const hasUsers = shapes.some(({ name }) => name === 'User');
  const known = [];
  for (const [index, user] of users.entries()) {
    const sql = 'select "Id" from org."User" where lower("Username") = lower($1)';
    const [row] = hasUsers ? (await connection.runAndReadAll(sql, [user.username])).getRows() : [];
    known.push({ ...user, id: user.id ?? String(row?.[0] ?? salesforceId('005', 900_000_000 + index)) });
  }
  return known;
}

function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}
