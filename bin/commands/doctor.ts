import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { PipelineError } from '../../lambdas/domain/errors.ts';
import { layerOf, type TableName } from '../../lambdas/domain/table.ts';
import type { PipelinePorts } from '../../lambdas/ports/pipeline-ports.ts';
import { analystsLayer } from '../../lambdas/steps/analyst-slices.ts';
import { checkOrg, type Diagnosis } from '../../lambdas/steps/check-org.ts';
import type { AwsSettings } from '../../lambdas/wiring/config.ts';
import {
  type CommandContext,
  type GlobalOptions,
  type LakeContext,
  withDeployed,
  withPipeline,
} from '../command-context.ts';
import { printable } from '../terminal/text-table.ts';

/** The major version of Node that the project is made for. */
const nodeMajor = 24;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine, the configuration and, with --org, login, clock, API quota and access of an org')
    .option('--org <name>', 'name of the secret with the login of the org')
    .action(async (own: { org?: string }, command: Command) => {
      const { env } = command.optsWithGlobals<GlobalOptions>();
      if (env === undefined) {
        const check = async (context: CommandContext) =>
          diagnose(context, [await homeDiagnosis(context.pipeline.home)]);
        await withPipeline(command, check, { org: own.org, createsHome: true });
        return;
      }
      const check = async (context: LakeContext, settings: AwsSettings) =>
        diagnose(context, await deployedDiagnoses(context, settings));
      await withDeployed(command, env, check, { org: own.org });
    });
}

async function diagnose(
  { pipeline, options, print, signal }: LakeContext,
  ofLake: readonly Diagnosis[],
): Promise<void> {
  const { ports } = pipeline;
  const { configuration, crm } = ports;
  const diagnoses: Diagnosis[] = [
    nodeDiagnosis(),
    ...ofLake,
    {
      check: 'configuration',
      verdict: 'ok',
      finding: `${configuration.datasets.length} datasets, ${configuration.salesforce?.objects.length ?? 0} Salesforce objects, ${configuration.models.length} models`,
      fix: null,
    },
    ...(crm === null ? [] : await checkOrg(ports, crm, signal)),
  ];
  if (options.json === true) print(`${JSON.stringify(diagnoses)}\n`);
  else print(diagnoses.map(line).join(''));
  if (crm === null && options.json !== true) print('No org was checked: name one with --org.\n');
  const failed = diagnoses.filter((diagnosis) => diagnosis.verdict === 'failure');
  if (failed.some(({ check }) => check === 'Node' || check === 'data home')) process.exitCode = 2;
  else if (failed.length > 0) process.exitCode = 4;
}

function nodeDiagnosis(): Diagnosis {
  const major = Number(process.versions.node.split('.', 1)[0]);
  const common = { check: 'Node', finding: process.version };
  if (major === nodeMajor) return { ...common, verdict: 'ok', fix: null };
  return {
    ...common,
    verdict: 'failure',
    fix: `The project is made for Node ${nodeMajor}: start it with npm run -s headwater.`,
  };
}

async function homeDiagnosis(home: string): Promise<Diagnosis> {
  try {
    await access(home, constants.R_OK | constants.W_OK);
    return { check: 'data home', verdict: 'ok', finding: home, fix: null };
  } catch {
    const fix = 'Choose a folder that this user may write to: --home or HEADWATER_HOME.';
    return { check: 'data home', verdict: 'failure', finding: `${home} cannot be written`, fix };
  }
}

/** What this person can see of a deployed lake. */
async function deployedDiagnoses({ pipeline }: LakeContext, settings: AwsSettings): Promise<Diagnosis[]> {
  const { ports } = pipeline;
  return [
    { check: 'environment', verdict: 'ok', finding: settings.stateMachineArn ?? '', fix: null },
    await tried('lake', async () => `publication ${(await ports.catalog.pointer()).current ?? 'none yet'}`),
    await tried('raw bucket', async () => {
      for await (const { key } of ports.raw.list('landing/')) return `files wait, such as ${key}`;
      return 'nothing waits in landing/';
    }),
    await tried('ledger', async () => `last run ${(await ports.runs.list(1))[0]?.id ?? 'none yet'}`),
    await tried('tables of analysts', async () => {
      const slices = await Promise.all(analyticsTables(ports).map((table) => ports.analysts.slices(table)));
      return `${slices.filter(({ length }) => length > 0).length} of ${slices.length} in the Glue catalog`;
    }),
  ];
}

function analyticsTables({ configuration }: PipelinePorts): TableName[] {
  return configuration.models.map(({ table }) => table).filter((table) => layerOf(table) === analystsLayer);
}

async function tried(check: string, look: () => Promise<string>): Promise<Diagnosis> {
  try {
    return { check, verdict: 'ok', finding: await look(), fix: null };
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    return { check, verdict: 'failure', finding: error.message, fix: error.advice ?? null };
  }
}

const marks: Record<Diagnosis['verdict'], string> = { ok: 'ok      ', warning: 'WARNING ', failure: 'FAILURE ' };

function line({ check, verdict, finding, fix }: Diagnosis): string {
  const advice = fix === null ? '' : `${' '.repeat(8)}${printable(fix)}\n`;
  return `${marks[verdict]}${check}: ${printable(finding)}\n${advice}`;
}
