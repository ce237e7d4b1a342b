import { DashboardSite } from '../../bin/dashboard/site.ts';
import { builtSite, haveSite } from '../../bin/dashboard/build-site.ts';
import { type DashboardOptions, type RunningDashboard, startDashboard } from '../../bin/dashboard/server.ts';
import { makeOrg, openOrg, simulatedOrg, startSimulatedOrg } from '../../bin/simulated-org.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import type { CrmSource } from '../../lambdas/ports/crm-source.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import { generateClientFiles } from '../../simulator/clients/generate.ts';
import { generateDrops } from '../../simulator/drops/generate.ts';
import { salesforceId } from '../../simulator/org/salesforce-id.ts';
import { rename } from '../extract/org-edits.ts';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { haltedRun } from './halted-run.ts';
import { pipelineSettings } from '../support/pipeline-settings.ts';

export interface DashboardHome {
  /** Where the dashboard with all of its API is. */
  readonly url: string;
  readonly crm: CrmSource;
  /** Names that accounts were given, by Id: what must be shown as it is. */
  readonly naughtyNames: ReadonlyMap<string, string>;
  /** Another server over the same lake; ended with the home. */
  serve(options?: Partial<DashboardOptions>): Promise<string>;
  /** One run of the whole pipeline; throws what failed it. */
  run(asOf: string): Promise<void>;
  dispose(): Promise<void>;
}

/** Days of the runs before the last one: far enough apart that there is something to compare with. */
const earlierDays = ['2025-05-28', '2025-06-22'];
export const lastDay = '2025-06-30';

const naughtyNames = [
  '<script>document.title = "script ran"</script>',
  '"><img src=x onerror="document.title = \'image ran\'">',
  "=cmd|' /C calc'!A0",
  '{{constructor.constructor("return this")()}} %00 \\N',
  'شركة الاختبار ‏(م.م.ح)',
  '👩‍👩‍👧‍👦 Café Ñandú Ltd',
  `Longest${'W'.repeat(248)}`,
];

/** A lake like that of `npm start`, with hostile names among its accounts with some history and a halted run, and the dashboard over it. */
export async function dashboardHome(): Promise<DashboardHome> {
  const home = await temporaryFolder();
  await makeOrg(home, { seed: 42, scale: 0.02, lastDay });
  const named = await giveNaughtyNames(home);
  await generateDrops({ folder: `${home}/raw`, seed: 3, scale: 0.005 });
  await generateClientFiles({ folder: `${home}/raw`, seed: 3, scale: 0.05 });
  const org = await startSimulatedOrg(home);
  const settings = pipelineSettings(home, { org: simulatedOrg, environment: org.environment });
  const pipeline = await openLocal(settings);
  const run = async (asOf: string) => {
    const input = { asOf, rebuild: false, resume: null };
    const { error } = await runLocally(pipeline.ports, input, new AbortController().signal);
    if (error !== null) throw error;
  };
  for (const day of [...earlierDays, lastDay]) await run(day);
  await haltedRun(settings, lastDay);
  await haveSite(() => {});
  const site = await DashboardSite.read(builtSite);
  const servers: RunningDashboard[] = [];
  const serve = async (options: Partial<DashboardOptions> = {}) => {
    const silent = { log: () => {}, warn: () => {} };
    const server = await startDashboard(settings, {
      port: 0,
      host: '127.0.0.1',
      token: null,
      site,
      ...silent,
      ...options,
    });
    servers.push(server);
    return server.url;
  };
  const crm = pipeline.ports.crm?.source;
  if (crm === undefined) throw new Error('the pipeline has no CRM');
  return {
    url: await serve(),
    crm,
    naughtyNames: named,
    serve,
    run,
    dispose: async () => {
      for (const server of servers) await server.close();
      await pipeline.close();
      await org.close();
      await removeFolder(home);
    },
  };
}

async function giveNaughtyNames(home: string): Promise<Map<string, string>> {
  const named = new Map(naughtyNames.map((name, index) => [salesforceId('001', 200 + index), name]));
  const database = await openOrg(home);
  await database.apply([...named].map(([id, name]) => rename(id, name, '2025-05-20T08:00:00Z')));
  database.close();
  return named;
}
