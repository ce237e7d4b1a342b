import { Command, Option } from 'commander';
import { type EngineChoice, engineChoices } from '../../lambdas/domain/engine-choice.ts';
import { UsageError } from '../../lambdas/domain/errors.ts';
import { isDate } from '../../lambdas/domain/file-name.ts';
import type { PlanRunInput } from '../../lambdas/steps/plan-run.ts';
import { previewRun } from '../../lambdas/steps/preview-run.ts';
import {
  type CommandContext,
  type GlobalOptions,
  type LakeContext,
  withDeployed,
  withPipeline,
} from '../command-context.ts';
import { startRunByHand } from '../../lambdas/steps/start-run.ts';
import type { AwsSettings } from '../../lambdas/wiring/config.ts';
import { dropFolder } from '../drop-files.ts';
import { type FinishedRun, runJson, runPipeline } from '../run-pipeline.ts';
import { headlineText } from '../terminal/headlines.ts';
import { ProgressDisplay } from '../terminal/progress-display.ts';
import { errorText, exitCodeOf } from '../terminal/report-error.ts';
import { resumeCommand } from '../terminal/resume-command.ts';
import { runReport } from '../terminal/run-report.ts';
import { formatBytes } from '../terminal/format.ts';
import { textTable } from '../terminal/text-table.ts';

interface RunOptions {
  readonly drop?: string;
  readonly dataset?: string;
  readonly asOf?: string;
  readonly rebuild?: boolean;
  readonly resume?: string;
  readonly dryRun?: boolean;
  readonly org?: string;
  readonly reconcile?: boolean;
  readonly engine?: EngineChoice;
}

export function runCommand(): Command {
  return new Command('run')
    .description('collect dropped files, build silver and gold, check, publish, archive, serve')
    .option(
      '--drop <folder>',
      "first drop this folder's files (subfolders named like datasets, or files of one dataset)",
    )
    .option('--dataset <name>', 'with --drop: the dataset of files that lie in the folder itself')
    .option(
      '--org <name>',
      "also extract the Salesforce org whose login is the secret of that name; 'simulated' is this home's own",
    )
    .option('--reconcile', 'with --org: compare all Ids of the org with the lake, and mend what differs')
    .addOption(
      new Option(
        '--engine <name>',
        'what computes tables (default: auto, which takes Athena for what outgrows DuckDB)',
      ).choices(engineChoices),
    )
    .option('--as-of <date>', 'compute for this day, YYYY-MM-DD (default: today, UTC)')
    .option('--rebuild', 'compute silver and gold anew from all of bronze')
    .option('--resume <run>', 'go on with a run that failed or was interrupted')
    .option('--dry-run', 'only inspect what waits in landing and say what would happen')
    .addHelpText(
      'after',
      '\nExamples:\n  headwater run --drop ~/exports --as-of 2025-06-30\n  headwater run --resume 20250630T231500123Z-7f3a',
    )
    .action(async (own: RunOptions, command: Command) => {
      const { env, quiet } = command.optsWithGlobals<GlobalOptions>();
      if (env !== undefined) {
        await withDeployed(command, env, (context, settings) => startDeployed(context, settings, own));
        return;
      }
      const display = displayFor(quiet === true);
      await withPipeline(command, (context) => execute(context, own, display), {
        progress: (event) => display.onProgress(event),
        createsHome: true,
        org: own.org,
      });
    });
}

/** Progress goes to stderr, so that stdout holds data only. */
export function displayFor(quiet: boolean): ProgressDisplay {
  const interactive = process.stderr.isTTY === true && process.env.TERM !== 'dumb';
  const write = (text: string) => {
    if (!quiet) process.stderr.write(text);
  };
  return new ProgressDisplay({ write, interactive, columns: process.stderr.columns ?? 80 }, () => performance.now());
}

async function execute(context: CommandContext, own: RunOptions, display: ProgressDisplay): Promise<void> {
  const { pipeline, say, signal } = context;
  checkDate(own);
  if (own.reconcile === true && own.org === undefined) {
    throw new UsageError('--reconcile compares an org with the lake: name it with --org');
  }
  if (own.resume !== undefined && (own.rebuild === true || own.drop !== undefined)) {
    throw new UsageError('--resume goes on with a run as it was planned; it takes neither --rebuild nor --drop');
  }
  if (own.drop !== undefined) {
    const dropped = await dropFolder(pipeline, own.drop, own.dataset ?? null);
    say(`${dropped} files dropped from ${own.drop}\n`);
  }
  if (own.dryRun === true) {
    await preview(context);
    return;
  }
  const finished = await runPipeline(pipeline, inputOf(own), signal, (event) => display.onStage(event));
  await reportRun(context, finished, own.org);
}

/** A run of the deployed state machine: started here, it works there. */
async function startDeployed(context: LakeContext, settings: AwsSettings, own: RunOptions): Promise<void> {
  const { pipeline, options, print, say } = context;
  checkDate(own);
  const unfit = (['drop', 'dataset', 'dryRun', 'org'] as const).filter((name) => own[name] !== undefined);
  if (unfit.length > 0) {
    throw new UsageError(
      'A run of a deployed lake takes only --as-of, --rebuild, --reconcile, --engine and --resume.',
      {
        advice: 'Files go there by `headwater drop <file> --env …`; its org is the one of its secret.',
      },
    );
  }
  const { openExecutions } = await import('../../lambdas/wiring/aws-intake.ts');
  const executions = openExecutions(settings);
  const execution = await startRunByHand({ ...pipeline.ports, executions }, inputOf(own));
  if (options.json === true) print(`${JSON.stringify({ execution, stateMachineArn: settings.stateMachineArn })}\n`);
  else print(`Started ${execution} of ${settings.stateMachineArn}.\n`);
  say(`Look at it with: headwater runs --env ${options.env}\n`);
}

function inputOf(own: RunOptions): PlanRunInput {
  return {
    asOf: own.asOf ?? null,
    rebuild: own.rebuild === true,
    reconcile: own.reconcile === true,
    engine: own.engine ?? null,
    resume: own.resume ?? null,
  };
}

function checkDate({ asOf }: RunOptions): void {
  if (asOf !== undefined && !isDate(asOf)) {
    throw new UsageError(`--as-of: expected a date like 2025-06-30, got '${asOf}'`);
  }
}

/** The report of a finished run: JSON for scripts, else text; after a failure the error, what to do next and the exit code. */
export async function reportRun(context: CommandContext, finished: FinishedRun, org?: string): Promise<void> {
  const { pipeline, options, print, say } = context;
  if (options.json === true) print(`${JSON.stringify(runJson(finished), null, 2)}\n`);
  else {
    print(runReport(finished));
    if (finished.error === null && finished.publication !== null) print(await headlineText(pipeline));
  }
  if (finished.error === null) return;
  process.stderr.write(errorText(finished.error, options.debug === true));
  if (finished.record.status !== 'HALTED') say(`Go on with: ${resumeCommand(finished.record.id, options, org)}\n`);
  process.exitCode = exitCodeOf(finished.error);
}

async function preview({ pipeline, options, print, signal }: CommandContext): Promise<void> {
  const files = await previewRun(pipeline.ports, signal);
  if (options.json === true) {
    print(`${JSON.stringify(files)}\n`);
    return;
  }
  const right = 'right' as const;
  const rows = files.map((file) => [
    file.key,
    file.verdict,
    formatBytes(file.bytes),
    String(file.records),
    file.reasons.length > 1 ? `${file.reasons[0]} (and ${file.reasons.length - 1} more)` : (file.reasons[0] ?? ''),
  ]);
  print(
    `${textTable([{ title: 'file' }, { title: 'would be' }, { title: 'size', align: right }, { title: 'records', align: right }, { title: 'why' }], rows)}\n`,
  );
  print(`${files.length} files wait. Nothing was changed; rows are judged when they are loaded.\n`);
}
