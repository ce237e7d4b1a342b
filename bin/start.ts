import { existsSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { UsageError } from '../lambdas/domain/errors.ts';
import type { FileRecord } from '../lambdas/domain/file-record.ts';
import { generateClientFiles } from '../simulator/clients/generate.ts';
import { readClientTruth } from '../simulator/clients/truth.ts';
import { defaultLastDay, generateDrops } from '../simulator/drops/generate.ts';
import { queryLake } from '../lambdas/steps/query-lake.ts';
import { readTruth } from '../simulator/drops/read-truth.ts';
import type { DropTruth, PlantedKind } from '../simulator/drops/truth.ts';
import { type CommandContext, withPipeline } from './command-context.ts';
import { displayFor, reportRun } from './commands/run.ts';
import { makeOrg, orgPath, simulatedOrg } from './simulated-org.ts';
import { runPipeline } from './run-pipeline.ts';
import { formatCount, formatSeconds } from './terminal/format.ts';
import { printable } from './terminal/text-table.ts';
import { simulationScale } from './terminal/whole-number.ts';

const seed = 1;

/** `npm start`: generates a Salesforce org and a year of file drops, once, and runs the whole pipeline on them. */
const program = new Command('npm start --')
  .description('generate a simulated Salesforce org and a year of file drops, and run the whole pipeline on them')
  .option('--home <folder>', 'where the lake lives (default: $HEADWATER_HOME or .headwater)')
  .option('--config <folder>', "a configuration folder laid over the project's")
  .option('--scale <n>', '1 is 20,000 accounts and about 700,000 sales lines', simulationScale, 1)
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
        await simulatedClients(context, own.scale);
        const input = { asOf: defaultLastDay, rebuild: false, resume: null };
        const finished = await runPipeline(context.pipeline, input, context.signal, (event) => display.onStage(event));
        if (finished.files.length > 0) context.say(await plantedText(context, truth));
        await reportRun(context, finished, simulatedOrg);
        if (finished.error === null) context.say(nextSteps(context, truth));
      },
      {
        progress: (event) => display.onProgress(event),
        createsHome: true,
        org: simulatedOrg,
        prepare: (home, say) => simulatedCrm(home, own.scale, say),
      },
    );
  });

/** The org of this home, generated now unless it is there. */
async function simulatedCrm(home: string, scale: number, say: (text: string) => void): Promise<void> {
  const started = performance.now();
  const known = existsSync(orgPath(home));
  if (!known) say(`Generating a Salesforce org at scale ${scale} …\n`);
  const truth = await makeOrg(home, { seed, scale, lastDay: defaultLastDay });
  if (known) return;
  const records = Object.values(truth.rows).reduce((sum, { live }) => sum + live, 0);
  say(
    `${formatCount(truth.rows.Account?.live ?? 0)} accounts, ${formatCount(records)} records in all, in ${formatSeconds((performance.now() - started) / 1_000)}\n`,
  );
}

/** The drops lie in the raw bucket already, or are generated there now. */
async function simulatedDrops({ pipeline, say }: CommandContext, scale: number): Promise<DropTruth> {
  const known = await readTruth(pipeline.rawFolder);
  if (known !== null && known.scale === scale && known.seed === seed) return known;
  if (known !== null) {
    throw new UsageError(
      `this home holds a simulation of scale ${known.scale}; take another --home for scale ${scale}, or remove ${pipeline.home}`,
    );
  }
  say(`Generating a year of file drops at scale ${scale} …\n`);
  const started = performance.now();
  const truth = await generateDrops({ folder: pipeline.rawFolder, seed, scale });
  say(
    `${formatCount(truth.files)} files, ${formatCount(truth.salesLines)} sales lines in ${formatSeconds((performance.now() - started) / 1_000)}\n`,
  );
  return truth;
}

/** The client files lie in the raw bucket already, or are generated there now. */
async function simulatedClients({ pipeline, say }: CommandContext, scale: number): Promise<void> {
  if ((await readClientTruth(pipeline.rawFolder)) !== null) return;
  const { files, clients, versions } = await generateClientFiles({ folder: pipeline.rawFolder, seed, scale });
  say(
    `${formatCount(files)} client files: ${formatCount(clients.length)} clients, ${formatCount(versions)} versions\n\n`,
  );
}

/** Kinds of plants that are facts to find in gold, not faults of a file. */
const facts: readonly PlantedKind[] = [
  'last-purchase-90-days-ago',
  'last-purchase-91-days-ago',
  'giant-transaction',
  'outstanding-month',
  'tie-for-first',
];

/** Every fault that the generator planted, beside what the pipeline says of the file. */
async function plantedText({ pipeline }: CommandContext, truth: DropTruth): Promise<string> {
  const sql = 'select _file_sha256, count(*) from quarantine.silver_sales_line group by 1';
  const waiting = new Map(
    (await queryLake(pipeline.ports, pipeline.parser, sql)).rows.map(([hash, rows]) => [hash, String(rows)]),
  );
  const lines: string[] = [];
  for (const planted of truth.planted) {
    if (facts.includes(planted.kind)) continue;
    const [file] = await pipeline.ports.files.find({ text: planted.file, limit: 1 });
    lines.push(
      `  ${planted.kind.padEnd(18)} ${printable(planted.file)}: ${file === undefined ? 'not dropped yet' : fateOf(planted.kind, file, waiting.get(file.sha256 ?? '') ?? '0')}`,
    );
  }
  return `\nPlanted faults, and what became of them:\n${lines.join('\n')}\n`;
}

/** Of a file's reasons only those that concern the planted fault. */
const reasonOf: Partial<Record<PlantedKind, string>> = {
  'bad-price': 'TYPE(price)',
  'bad-date': 'TYPE(sales_date)',
  'zero-quantity': 'RANGE(quantity)',
  'negative-quantity': 'RANGE(quantity)',
  'no-customer': 'REQUIRED(customer_id)',
  'wrong-total': 'TOTAL_COST_MISMATCH',
};

function fateOf(kind: PlantedKind, file: FileRecord, waiting: string): string {
  if (file.duplicateOf !== null) return `${file.status} of ${file.duplicateOf}`;
  if (kind === 'unknown-customer')
    return `${file.status}, ${waiting} of its lines wait in quarantine.silver_sales_line`;
  if (kind === 'extra-column') return `${file.status}, the column is kept in additional_columns`;
  if (kind === 'duplicate-lines')
    return `${file.status}, ${file.counts?.duplicateSuspects ?? 0} identical lines kept and flagged`;
  const wanted = reasonOf[kind];
  const reasons = file.reasons.filter((reason) => wanted === undefined || reason.code === wanted);
  const told = reasons.map((reason) =>
    reason.rows === undefined ? reason.code : `${reason.code} in ${reason.rows} rows`,
  );
  return [wanted === undefined ? file.status : 'quarantined', ...told].join(' ');
}

function nextSteps({ pipeline, options }: CommandContext, truth: DropTruth): string {
  const home = options.home === undefined ? '' : ` --home ${JSON.stringify(pipeline.home)}`;
  const faulty =
    truth.planted
      .find((planted) => planted.kind === 'bad-price')
      ?.file.split('/')
      .at(-1) ?? '';
  const headwater = 'npm run -s headwater --';
  return `
What to do next:
  npm run dashboard${home === '' ? '' : ` --${home}`}      the same in pages, with search
  ${headwater} query "select * from gold.sales_team_data_mart order by total_sales desc limit 5"${home}
  ${headwater} explain file ${faulty}${home}
  ${headwater} explain client CL-000001${home}
  ${headwater} simulate --late --scale ${truth.scale}${home}      the late customers arrive
  ${headwater} run --as-of ${truth.lastDay}${home}      and their lines are released
`;
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
