import { readFile } from 'node:fs/promises';
import type { Hono } from 'hono';
import { createApp } from '../../lambdas/api/app.ts';
import type { Endpoint } from '../../lambdas/api/contract.ts';
import { type Role, roles } from '../../lambdas/api/contract/health.ts';
import { type Principal, principal } from '../../lambdas/api/principal.ts';
import type { ApiPorts, ApiSettings } from '../../lambdas/api/route.ts';
import { type LocalApi, openLocalApi } from '../../lambdas/wiring/local-api.ts';
import { generateClientFiles } from '../../simulator/clients/generate.ts';
import { generateDrops } from '../../simulator/drops/generate.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';
import { type GeneratedHome, generatedHome } from '../extract/generated-home.ts';
import { rename } from '../extract/org-edits.ts';
import { pipelineSettings } from '../support/pipeline-settings.ts';

export interface ApiHome extends LocalApi {
  readonly lake: GeneratedHome;
  /** Names that accounts were given, by Id. */
  readonly naughtyNames: ReadonlyMap<string, string>;
  /** Every line that any application of this home logged. */
  readonly log: readonly string[];
  /** A new application over the home. */
  app(settings?: Partial<ApiSettings>, ports?: Partial<ApiPorts>): Hono;
  dispose(): Promise<void>;
}

/** A lake of a small generated org with hostile names, of file drops and client files, after one run; and the API over it. */
export async function apiHome(): Promise<ApiHome> {
  const lake = await generatedHome(0.01);
  const naughtyNames = await giveNaughtyNames(lake);
  await generateDrops({ folder: lake.pipeline.rawFolder, seed: 3, scale: 0.003 });
  await generateClientFiles({ folder: lake.pipeline.rawFolder, seed: 3, scale: 0.02 });
  await lake.dropWarehouse();
  await lake.runAll();
  const api = openLocalApi(pipelineSettings(lake.home));
  await api.ports.store.refresh();
  const log: string[] = [];
  const crm = lake.pipeline.ports.crm?.source ?? null;
  return {
    ...api,
    ports: { ...api.ports, crm },
    lake,
    naughtyNames,
    log,
    app: (changes = {}, ports = {}) => createApp({ ...api.ports, crm, ...ports }, { ...testSettings(log), ...changes }),
    dispose: async () => {
      await api.close();
      await lake.dispose();
    },
  };
}

async function giveNaughtyNames({ server }: GeneratedHome): Promise<Map<string, string>> {
  const groups = JSON.parse(await readFile('test/fixtures/naughty-strings.json', 'utf8')) as Record<string, string[]>;
  // What Salesforce itself would not keep in a name: nothing but space, halves of pairs, more than 255 characters.
  const names = Object.values(groups)
    .flat()
    .filter((name) => name.trim() !== '' && name.isWellFormed() && [...name].length <= 255 && !name.includes('\0'));
  const named = new Map(names.slice(0, 150).map((name, index) => [salesforceId('001', index), name]));
  await server.change(async (database) => {
    await database.apply([...named].map(([id, name]) => rename(id, name, '2025-06-29T08:00:00Z')));
  });
  return named;
}

function testSettings(log: string[]): ApiSettings {
  return {
    authenticate: (request) => principalOf(request.headers.get('authorization')),
    allowedOrigins: ['https://dashboard.example'],
    allowedHosts: null,
    rateLimit: null,
    allowanceSeconds: 108_000,
    refreshMilliseconds: 0,
    waitsForNewer: false,
    log: (line) => log.push(line),
  };
}

/** `Bearer advisor NOR_INS EUR_ENT` is an advisor of these territories. */
function principalOf(header: string | null): Principal | null {
  const [, role, ...territories] = (header ?? '').split(' ');
  const known = roles.find((each) => each === role);
  return known === undefined ? null : principal(`somebody-${role}`, known, territories);
}

export function as(role: Role, ...territories: readonly string[]): { headers: Record<string, string> } {
  return { headers: { authorization: ['Bearer', role, ...territories].join(' ') } };
}

/** Values of path parameters that exist in the home. */
export interface Known {
  readonly customer: string;
  readonly recommendation: string;
  readonly territory: string;
  readonly client: string;
  readonly shopper: string;
  readonly run: string;
}

export async function knownIds(app: Hono): Promise<Known> {
  const first = async (path: string) => {
    const { data } = (await (await app.request(path, as('admin'))).json()) as { data: Record<string, string>[] };
    return data[0] ?? {};
  };
  const customer = (await first('/api/customers?has_recommendations=true&limit=1')).account_id ?? '';
  return {
    customer,
    recommendation: (await first(`/api/customer/${customer}/recommendations`)).recommendation_id ?? '',
    territory: (await first('/api/territories?sort=-clients&limit=1')).territory_id ?? '',
    client: (await first('/api/clients?limit=1')).client_key ?? '',
    shopper: (await first('/api/sales-customers?limit=1')).customer_id ?? '',
    run: (await first('/api/runs?limit=1')).run_id ?? '',
  };
}

/** The endpoint's path with parameters that exist. */
export function pathOf({ path }: Endpoint, known: Known): string {
  const id = path.startsWith('/api/customer/')
    ? known.customer
    : path.startsWith('/api/actions/')
      ? known.recommendation
      : path.startsWith('/api/territories/')
        ? known.territory
        : path.startsWith('/api/clients/')
          ? known.client
          : path.startsWith('/api/sales-customers/')
            ? known.shopper
            : known.run;
  return path
    .replace(':id', encodeURIComponent(id))
    .replace(':by', path.includes('sales-totals') ? 'store' : path.includes('pipeline-totals') ? 'stage' : 'industry')
    .replace(':table', 'gold.customer_360_metrics');
}
