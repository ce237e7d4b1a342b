import { Command, CommanderError } from 'commander';
import { ConfigurationError } from '../lambdas/domain/errors.ts';
import { printable } from './terminal/text-table.ts';
import { defaultLastDay, generateDrops } from '../simulator/drops/generate.ts';
import { readTruth } from '../simulator/drops/read-truth.ts';
import type { DropTruth } from '../simulator/drops/truth.ts';
import { type CommandContext, withPipeline } from './command-context.ts';
import { displayFor, reportRun } from './commands/run.ts';
import { runPipeline } from './run-pipeline.ts';
import { formatCount, formatSeconds } from './terminal/format.ts';
import { errorText, exitCodeOf } from './terminal/report-error.ts';

const seed = 1;

/** `npm start`: generates a year of file drops, once, and runs the whole pipeline on them. */
const program = new Command('npm start --')
  .description('generate a simulated year of file drops and run the whole pipeline on it')
  .option('--home <folder>', 'where the lake lives (default: $HEADWATER_HOME or .headwater)')
  .option('--config <folder>', "a configuration folder laid over the project's")
  .option('--scale <n>', '1 is about 700,000 sales lines', Number.parseFloat, 1)
  .option('--quiet', 'no progress')
  .option('--json', 'the run record as JSON')
  .option('--debug', 'stack traces with errors')
  .exitOverride()
  .action(async (own: { scale: number }, command: Command) => {
    const display = displayFor(command.opts<{ quiet?: boolean }>().quiet === true);
    await withPipeline(
      command,
      async (context) => {
        const truth = await simulatedDrops(context, own.scale);
        const input = { asOf: defaultLastDay, rebuild: false, resume: null };
        const finished = await runPipeline(context.pipeline, input, context.signal, (event) => display.onStage(event));
        if (finished.files.length > 0) context.say(await plantedText(context, truth));
        await reportRun(context, finished);
        if (finished.error !== null) {
          process.stderr.write(errorText(finished.error, context.options.debug === true));
          process.exitCode = exitCodeOf(finished.error);
          return;
        }
        context.say(nextSteps(truth));
      },
      { progress: (event) => display.onProgress(event) },
    );
  });

/** The drops lie in the raw bucket already, or are generated there now. */
async function simulatedDrops({ pipeline, say }: CommandContext, scale: number): Promise<DropTruth> {
  if (!(scale > 0)) throw new ConfigurationError(['--scale: expected a number above 0']);
  const known = await readTruth(pipeline.rawFolder);
  if (known !== null && known.scale === scale && known.seed === seed) return known;
  if (known !== null) {
    throw new ConfigurationError([
      `this home holds a simulation of scale ${known.scale}; take another --home for scale ${scale}, or remove ${pipeline.home}`,
    ]);
  }
  say(`Generating a year of file drops at scale ${scale} …\n`);
  const started = performance.now();
  const truth = await generateDrops({ folder: pipeline.rawFolder, seed, scale });
  say(
    `${formatCount(truth.files)} files, ${formatCount(truth.salesLines)} sales lines in ${formatSeconds((performance.now() - started) / 1_000)}\n\n`,
  );
  return truth;
}

/** Every fault that the generator planted, beside what the pipeline says of the file. */
async function plantedText({ pipeline }: CommandContext, truth: DropTruth): Promise<string> {
  const lines: string[] = [];
  for (const planted of truth.planted) {
    const [file] = await pipeline.ports.files.find({ text: planted.file, limit: 1 });
    const found =
      file === undefined
        ? 'no such file'
        : [
            file.status,
            ...file.reasons.map((reason) =>
              reason.rows === undefined ? reason.code : `${reason.code} ${reason.rows}`,
            ),
            file.duplicateOf === null ? '' : `of ${file.duplicateOf}`,
          ]
            .filter((word) => word !== '')
            .join(' ');
    lines.push(`  ${planted.kind.padEnd(22)} ${printable(planted.file)}: ${found}`);
  }
  return `\nPlanted faults, and what became of them:\n${lines.join('\n')}\n`;
}

function nextSteps(truth: DropTruth): string {
  return `
What to do next:
  npm run -s headwater -- query "select * from gold.sales_team_data_mart order by total_sales desc limit 5"
  npm run -s headwater -- explain file ${truth.planted[0]?.file ?? ''}
  npm run -s headwater -- simulate --late --scale ${truth.scale} --out .headwater/raw   (the late customers arrive)
  npm run -s headwater -- run --as-of ${truth.lastDay}
  npm start                                                     (again: nothing new, nothing changes)
`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
