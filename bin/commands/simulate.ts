import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { generateClientFiles, generateLateClientFile } from '../../simulator/clients/generate.ts';
import { advanceOrg } from '../../simulator/org/advance/advance-org.ts';
import { exportCsv } from '../../simulator/org/export-csv.ts';
import { defaultLastDay, generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';
import { type CommandContext, withPipeline } from '../command-context.ts';
import { loadOrg, makeOrg, openOrg } from '../simulated-org.ts';
import { formatCount } from '../terminal/format.ts';
import { simulationScale, wholeNumber } from '../terminal/whole-number.ts';
import { serveOrg } from './serve-org.ts';

interface SimulateOptions {
  readonly out?: string;
  readonly scale: number;
  readonly seed: number;
  readonly late?: boolean;
  readonly advance?: number;
  readonly csv?: string;
  readonly load?: Readonly<Record<string, string>>;
  readonly serve?: boolean;
  readonly port?: number;
}

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('make and change what a lake is tried with: a Salesforce org in this home, and a year of file drops')
    .option('--scale <n>', '1 is 20,000 accounts and about 700,000 sales lines', simulationScale, 1)
    .option('--seed <n>', 'the same seed gives the same data', wholeNumber(0), 1)
    .option('--out <folder>', 'only the file drops, into this folder: landing/, truth.json and truth-clients.json')
    .option(
      '--late',
      'only the late files: customers that release quarantined lines, and a delta of clients of an earlier day',
    )
    .option('--advance <days>', 'let days pass in the org, like 1d: edits, deletions, wins, losses', daysOf)
    .option('--csv <folder>', "write the org's accounts, contacts and opportunities as CSV files")
    .option('--load <object=file...>', 'make the org from CSV files with Salesforce field names instead', loadOf)
    .option('--serve', 'serve the org as Salesforce would until Ctrl-C')
    .option('--port <n>', 'with --serve: the port (default: a free one)', wholeNumber(0))
    .addHelpText(
      'after',
      '\nExamples:\n  headwater simulate --advance 1d && headwater run --org simulated --as-of 2025-07-01\n  headwater simulate --csv ./crm\n  headwater simulate --load Account=accounts.csv Contact=contacts.csv --home ./other',
    )
    .action(async (own: SimulateOptions, command: Command) => {
      await withPipeline(command, (context) => simulate(context, own), { createsHome: true });
    });
}

async function simulate(context: CommandContext, own: SimulateOptions): Promise<void> {
  const { home } = context.pipeline;
  if (own.late === true || own.out !== undefined) return await simulateDrops(context, own);
  if (own.load !== undefined) return await tell(context, await loadOrg(home, own.load));
  if (own.advance !== undefined) return await advance(context, own.advance, own.seed);
  if (own.csv !== undefined) return await writeCsv(context, own, own.csv);
  if (own.serve === true) return await serveOrg(context, own.port ?? 0);
  const truth = await makeOrg(home, { seed: own.seed, scale: own.scale, lastDay: defaultLastDay });
  const rows = Object.entries(truth.rows).map(([object, { live }]) => [object, live] as const);
  await tell(context, Object.fromEntries(rows));
  await simulateDrops(context, own);
}

async function simulateDrops({ pipeline, options, print }: CommandContext, own: SimulateOptions): Promise<void> {
  const folder = own.out ?? pipeline.rawFolder;
  const request = { folder, seed: own.seed, scale: own.scale };
  if (own.late === true) {
    const late = await generateLateMasterData(request);
    const lateClients = await generateLateClientFile(request);
    if (options.json === true) print(`${JSON.stringify({ ...late, lateClients })}\n`);
    else {
      print(`${late.file}: ${formatCount(late.customers)} customers\n`);
      print(`${lateClients.file}: ${formatCount(lateClients.clients)} clients\n`);
    }
    return;
  }
  const truth = await generateDrops(request);
  const { files, clients, versions } = await generateClientFiles(request);
  if (options.json === true) {
    print(`${JSON.stringify({ ...truth, clients: { files, clients: clients.length, versions } })}\n`);
    return;
  }
  print(`${truth.files} files with ${formatCount(truth.salesLines)} sales lines in ${folder}\n`);
  print(`${files} client files with ${formatCount(clients.length)} clients\n`);
}

async function advance(context: CommandContext, days: number, seed: number): Promise<void> {
  const database = await openOrg(context.pipeline.home);
  try {
    const summary = await advanceOrg(database, { days, seed });
    if (context.options.json === true) {
      context.print(`${JSON.stringify(summary)}\n`);
      return;
    }
    context.print(`The org's clock stands at ${summary.to}. Changes since ${summary.from}:\n`);
    await tell(context, { ...summary.changes, 'deals won': summary.won, 'deals lost': summary.lost });
  } finally {
    database.close();
  }
}

async function writeCsv(context: CommandContext, own: SimulateOptions, folder: string): Promise<void> {
  await makeOrg(context.pipeline.home, { seed: own.seed, scale: own.scale, lastDay: defaultLastDay }, { keep: true });
  const database = await openOrg(context.pipeline.home);
  try {
    const rows = await exportCsv(database, folder);
    await tell(context, Object.fromEntries(Object.entries(rows).map(([file, count]) => [join(folder, file), count])));
  } finally {
    database.close();
  }
}

async function tell({ options, print }: CommandContext, counts: Readonly<Record<string, number>>): Promise<void> {
  if (options.json === true) print(`${JSON.stringify(counts)}\n`);
  else for (const [name, count] of Object.entries(counts)) print(`${name.padEnd(32)} ${formatCount(count)}\n`);
}

/** `1d`, or `1`: whole days. */
function daysOf(text: string): number {
  const days = Number(/^(\d{1,4})d?$/.exec(text)?.[1] ?? 0);
  if (days >= 1) return days;
  throw new InvalidArgumentError(`expected days like 1d, got '${text}'`);
}

function loadOf(text: string, before: Readonly<Record<string, string>> = {}): Readonly<Record<string, string>> {
  const [object, ...file] = text.split('=');
  if (object && file.length > 0) return { ...before, [object]: file.join('=') };
  throw new InvalidArgumentError(`expected an object and a file like Account=accounts.csv, got '${text}'`);
}
