import { access, constants } from 'node:fs/promises';
import { Command } from 'commander';
import { checkOrg, type Diagnosis } from '../../lambdas/steps/check-org.ts';
import { type CommandContext, withPipeline } from '../command-context.ts';
import { printable } from '../terminal/text-table.ts';

/** The major version of Node that the project is made for. */
const nodeMajor = 24;

export function doctorCommand(): Command {
  return new Command('doctor')
    .description('check this machine, the configuration and, with --org, login, clock, API quota and access of an org')
    .option('--org <name>', 'name of the secret with the login of the org')
    .action(async (own: { org?: string }, command: Command) => {
      await withPipeline(command, diagnose, { org: own.org, createsHome: true });
    });
}

async function diagnose({ pipeline, options, print, signal }: CommandContext): Promise<void> {
  const { ports, home } = pipeline;
  const { configuration, crm } = ports;
  const diagnoses: Diagnosis[] = [
    nodeDiagnosis(),
    await homeDiagnosis(home),
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

const marks: Record<Diagnosis['verdict'], string> = { ok: 'ok      ', warning: 'WARNING ', failure: 'FAILURE ' };

function line({ check, verdict, finding, fix }: Diagnosis): string {
  const advice = fix === null ? '' : `${' '.repeat(8)}${printable(fix)}\n`;
  return `${marks[verdict]}${check}: ${printable(finding)}\n${advice}`;
}
