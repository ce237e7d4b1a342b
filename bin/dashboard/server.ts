import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { createApp } from '../../lambdas/api/app.ts';
import { principal, type Principal } from '../../lambdas/api/principal.ts';
import type { ApiSettings } from '../../lambdas/api/route.ts';
import { type LocalApi, openLocalApi } from '../../lambdas/wiring/local-api.ts';
import type { Settings } from '../../lambdas/wiring/config.ts';
import { retryActions } from '../../lambdas/steps/retry-actions.ts';
import type { DashboardSite } from './site.ts';
import { isToken } from './token.ts';

export interface DashboardOptions {
  /** 0 takes a free one. */
  readonly port: number;
  readonly host: string;
  /** Whoever calls must bring it; null only on a loopback address. */
  readonly token: string | null;
  /** Null serves the API alone. */
  readonly site: DashboardSite | null;
  readonly log: (line: string) => void;
  readonly warn: (line: string) => void;
  /** Changes of the usual settings, for tests and measurements. */
  readonly settings?: Partial<ApiSettings>;
}

export interface RunningDashboard {
  readonly url: string;
  readonly api: LocalApi;
  close(): Promise<void>;
}

const loopback = ['localhost', '127.0.0.1', '[::1]'];
const refreshMilliseconds = 1_000;
const retryMilliseconds = 15_000;
/** As long as a day's run may be late. */
const allowanceSeconds = 30 * 3_600;

/** Serves the API, and the dashboard beside it, on one port. */
export async function startDashboard(settings: Settings, options: DashboardOptions): Promise<RunningDashboard> {
  const api = openLocalApi(settings, { warn: options.warn });
  await api.ports.store.refresh();
  const app = new Hono();
  app.route('/', createApp(api.ports, { ...settingsOf(options), ...options.settings }));
  const { site } = options;
  app.get(
    '*',
    ({ req }) => site?.answer(req.raw) ?? new Response('The dashboard has not been built.\n', { status: 404 }),
  );
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const timers = [every(refreshMilliseconds, () => api.ports.store.refresh())];
  if (api.ports.crm !== null) {
    const holder = `dashboard-${api.ports.newId()}`;
    timers.push(every(retryMilliseconds, async () => void (await retryActions(api.ports, holder))));
  }
  return {
    url: `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`,
    api,
    close: async () => {
      for (const timer of timers) clearInterval(timer);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        if ('closeAllConnections' in server) server.closeAllConnections();
      });
      await api.close();
    },
  };

  function every(milliseconds: number, work: () => Promise<void>): NodeJS.Timeout {
    const timer = setInterval(() => {
      work().catch((error: unknown) => options.warn(error instanceof Error ? error.name : 'failed'));
    }, milliseconds);
    return timer.unref();
  }
}

function settingsOf({ token, host, log }: DashboardOptions): ApiSettings {
  const user = principal('local', 'admin');
  const authenticate = (request: Request): Principal | null =>
    token === null || isToken(request.headers.get('authorization'), token) ? user : null;
  return {
    authenticate,
    allowedOrigins: [],
    // With a token a foreign page can do nothing; without one only the names of this machine are answered.
    allowedHosts: token === null ? [...loopback, host] : null,
    rateLimit: { perSecond: 200, burst: 1_000 },
    allowanceSeconds,
    refreshMilliseconds,
    waitsForNewer: false,
    log,
  };
}
