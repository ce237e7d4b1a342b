import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { UsageError } from '../../lambdas/domain/errors.ts';
import { servingPointerKey, servingPointerSchema } from '../../lambdas/domain/serving/serving-pointer.ts';
import { serveCurrent, snapshotFormat } from '../../lambdas/steps/serve-publication.ts';
import { readApiToken, readSettings, type Settings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';
import type { GlobalOptions } from '../command-context.ts';
import { builtSite, haveSite } from '../dashboard/build-site.ts';
import { DashboardSite } from '../dashboard/site.ts';
import { startDashboard } from '../dashboard/server.ts';
import { orgPath, reachSimulatedOrg, type SimulatedOrg, simulatedOrg, simulatedSecret } from '../simulated-org.ts';
import { errorText, exitCodeOf } from '../terminal/report-error.ts';
import { wholeNumber } from '../terminal/whole-number.ts';

const loopback = /^(localhost|127(\.\d+){3}|::1)$/;

interface Own {
  readonly port: number;
  readonly host: string;
  readonly org?: string;
}

export function dashboardCommand(): Command {
  return new Command('dashboard')
    .description('serve the dashboard and the API on one port, until Ctrl-C')
    .option('--port <n>', '0 takes a free one', wholeNumber(0), 4173)
    .option('--host <address>', 'another one than this machine only needs HEADWATER_API_TOKEN', '127.0.0.1')
    .option(
      '--org <name>',
      'the org that Tasks are created in; unless told the simulated one of this home, if there is one',
    )
    .addHelpText(
      'after',
      '\nWith HEADWATER_API_TOKEN set, every request to the API needs the header `Authorization: Bearer <token>`.',
    )
    .action(async (own: Own, command: Command) => {
      const options = command.optsWithGlobals<GlobalOptions>();
      try {
        await serve(own, options);
      } catch (error) {
        process.stderr.write(errorText(error, options.debug === true));
        process.exitCode = exitCodeOf(error);
      }
    });
}

async function serve(own: Own, options: GlobalOptions): Promise<void> {
  const token = readApiToken();
  if (token === null && !loopback.test(own.host)) {
    throw new UsageError(`${own.host} can be reached from other machines, and no token is set.`, {
      advice: 'Set HEADWATER_API_TOKEN to a long random text, or leave --host out.',
    });
  }
  let settings = readSettings({ home: options.home, config: options.config, org: own.org });
  if (!existsSync(settings.home)) {
    throw new UsageError(`There is no lake at ${settings.home}.`, { advice: '`npm start` makes one.' });
  }
  let org: SimulatedOrg | undefined;
  if (existsSync(orgPath(settings.home)) && (settings.org ?? simulatedOrg) === simulatedOrg) {
    org = process.env[simulatedSecret] === undefined ? await reachSimulatedOrg(settings.home) : undefined;
    settings = { ...settings, org: simulatedOrg, environment: { ...settings.environment, ...org?.environment } };
  }
  const say = (line: string) => {
    if (options.quiet !== true) process.stderr.write(`${line}\n`);
  };
  await haveSite(say);
  await haveSnapshot(settings, say);
  const dashboard = await startDashboard(settings, {
    port: own.port,
    host: own.host,
    token,
    site: await DashboardSite.read(builtSite),
    log: (line) => {
      if (options.debug === true) process.stderr.write(`${line}\n`);
    },
    warn: say,
  }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EADDRINUSE') throw error;
    throw new UsageError(`Port ${own.port} is in use.`, { cause: error, advice: 'Choose another one with --port.' });
  });
  const ended = new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  process.stdout.write(options.json === true ? `${JSON.stringify({ url: dashboard.url })}\n` : `${dashboard.url}\n`);
  say('Ctrl-C ends it.');
  await ended;
  await dashboard.close();
  await org?.close();
}

/** A lake that an older version of the program made has no snapshot yet. */
async function haveSnapshot(settings: Settings, say: (line: string) => void): Promise<void> {
  if (await isServedByThisVersion(join(settings.home, 'lake'))) return;
  const pipeline = await openLocal({ ...settings, org: null });
  try {
    if ((await pipeline.ports.catalog.pointer()).current === null) return;
    say('Preparing the published data for the API …');
    await serveCurrent(pipeline.ports);
  } finally {
    await pipeline.close();
  }
}

/** A lake that an earlier version of the program published has a snapshot without what this one asks it for; or its file is gone. */
async function isServedByThisVersion(lakeFolder: string): Promise<boolean> {
  const pointerPath = join(lakeFolder, servingPointerKey);
  if (!existsSync(pointerPath)) return false;
  try {
    const { format, key } = servingPointerSchema.parse(JSON.parse(await readFile(pointerPath, 'utf8')));
    return format === snapshotFormat() && existsSync(join(lakeFolder, key));
  } catch {
    // Made anew, whatever it is.
    return false;
  }
}
