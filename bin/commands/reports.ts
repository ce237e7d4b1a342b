import { Command } from 'commander';
import { UsageError } from '../../lambdas/domain/errors.ts';
import { rowsOf } from '../../lambdas/domain/table.ts';
import { queryLake } from '../../lambdas/steps/query-lake.ts';
import { type LakeContext, withLake } from '../command-context.ts';
import { formatBytes, formatCount } from '../terminal/format.ts';
import { printable, textTable } from '../terminal/text-table.ts';
import { wholeNumber } from '../terminal/whole-number.ts';
import { literal } from '../../lambdas/domain/sql-text.ts';

export function statusCommand(): Command {
  return new Command('status')
    .description('what readers see now: publication, tables, rows, and files that wait')
    .action(async (_own: object, command: Command) => await withLake(command, printStatus));
}

async function printStatus({ pipeline, options, print }: LakeContext): Promise<void> {
  const { catalog, runs, files, leases } = pipeline.ports;
  const pointer = await catalog.pointer();
  const publication = pointer.current === null ? null : await catalog.load(pointer.current);
  const [lastRun] = await runs.list(1);
  const waiting = await files.withStatus(['RECEIVED', 'COLLECTED']);
  const lease = await leases.current('pipeline');
  const tables = (publication?.tables ?? []).map((version) => ({
    table: version.table,
    rows: rowsOf(version),
    bytes: version.slices.reduce((sum, slice) => sum + slice.bytes, 0),
    slices: version.slices.length,
  }));
  if (options.json === true) {
    print(
      `${JSON.stringify({ ...pointer, asOf: publication?.asOf ?? null, lastRun: lastRun ?? null, waiting: waiting.length, lease, tables })}\n`,
    );
    return;
  }
  print(
    publication === null
      ? 'Nothing is published yet: drop files, then `headwater run`.\n'
      : `Publication ${publication.id}, as of ${publication.asOf}, ${tables.length} tables\n`,
  );
  if (pointer.current !== pointer.newest) print(`Rolled back: the newest publication is ${pointer.newest}\n`);
  if (lastRun !== undefined)
    print(
      `Last run ${lastRun.id}: ${lastRun.status}${lastRun.error === null ? '' : ` (${printable(lastRun.error.message)})`}\n`,
    );
  if (lease !== null) print(`A run works now: ${lease.holder}\n`);
  print(`${waiting.length} known files wait for a run\n`);
  if (publication === null) return;
  const right = 'right' as const;
  print(
    `\n${textTable(
      [
        { title: 'table' },
        { title: 'rows', align: right },
        { title: 'size', align: right },
        { title: 'slices', align: right },
      ],
      tables.map(({ table, rows, bytes, slices }) => [
        table,
        formatCount(rows),
        formatBytes(bytes),
        formatCount(slices),
      ]),
    )}\n`,
  );
}

export function runsCommand(): Command {
  return new Command('runs')
    .description('the last runs')
    .option('--limit <n>', 'how many', wholeNumber(1), 20)
    .action(async (own: { limit: number }, command: Command) => {
      await withLake(command, async ({ pipeline, options, print, say }) => {
        const runs = await pipeline.ports.runs.list(own.limit);
        if (options.json === true) print(`${JSON.stringify(runs)}\n`);
        else {
          const rows = runs.map((run) => [
            run.id,
            run.status,
            run.asOf,
            run.startedAt,
            run.error?.message.split('\n', 1)[0] ?? '',
          ]);
          print(
            `${textTable(
              ['run', 'status', 'as of', 'started', 'error'].map((title) => ({ title })),
              rows,
            )}\n`,
          );
          if (runs.length === own.limit) say(limitRemark('runs', own.limit));
        }
      });
    });
}

export function filesCommand(): Command {
  return new Command('files')
    .description('dropped files and what became of them, newest first')
    .argument('[text]', 'only files whose key contains it')
    .option('--limit <n>', 'how many', wholeNumber(1), 50)
    .action(async (text: string | undefined, own: { limit: number }, command: Command) => {
      await withLake(command, async ({ pipeline, options, print, say }) => {
        const files = await pipeline.ports.files.find({ text, limit: own.limit });
        if (options.json === true) print(`${JSON.stringify(files)}\n`);
        else {
          const right = 'right' as const;
          const rows = files.map((file) => [
            file.key,
            file.status,
            file.counts === null ? '' : formatCount(file.counts.loaded),
            file.counts === null ? '' : formatCount(file.counts.quarantined),
            file.duplicateOf ?? file.reasons.map((reason) => reason.code).join(', '),
          ]);
          print(
            `${textTable(
              [
                { title: 'file' },
                { title: 'status' },
                { title: 'loaded', align: right },
                { title: 'quarantined', align: right },
                { title: 'reasons' },
              ],
              rows,
            )}\n`,
          );
          if (files.length === own.limit) say(limitRemark('files', own.limit));
        }
      });
    });
}

/** Said where a list ends because of its limit. */
function limitRemark(what: string, limit: number): string {
  return `The newest ${limit} ${what}; --limit shows more.\n`;
}

export function qualityCommand(): Command {
  return new Command('quality')
    .description('check results of a run, failed ones first')
    .option('--run <id>', 'default: the last run')
    .option('--all', 'passed checks too')
    .action(async (own: { run?: string; all?: boolean }, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const run = await runOf(pipeline, own.run);
        const sql = `select table_name, check_name, severity, passed, value, threshold, description, sample, check_sql
          from ops.quality_results where run_id = ${literal(run)} order by passed, table_name, check_name`;
        const { rows } = await queryLake(pipeline.ports, pipeline.parser, sql);
        const shown = own.all === true ? rows : rows.filter((row) => row[3] !== true);
        if (options.json === true) {
          const names = ['table', 'check', 'severity', 'passed', 'value', 'threshold', 'description', 'sample', 'sql'];
          print(
            `${JSON.stringify(shown.map((row) => Object.fromEntries(names.map((name, index) => [name, row[index]]))))}\n`,
          );
          return;
        }
        print(`Run ${run}: ${rows.length} checks, ${rows.filter((row) => row[3] === true).length} passed\n`);
        for (const [table, check, severity, passed, value, , description, sample] of shown) {
          print(
            `\n${passed === true ? '✓' : 'x'} ${table} ${check} (${severity}): ${String(value).replace(/\.00$/, '')}\n  ${description}\n`,
          );
          for (const row of JSON.parse(String(sample)) as string[]) print(`  ${printable(row)}\n`);
        }
      });
    });
}

/** The run asked for, or the last one. Throws UsageError where there is none. */
async function runOf({ ports }: LakeContext['pipeline'], wanted: string | undefined): Promise<string> {
  if (wanted === undefined) {
    const [last] = await ports.runs.list(1);
    if (last !== undefined) return last.id;
    throw new UsageError('No run has checked anything yet.', { advice: 'Drop files, then `headwater run`.' });
  }
  if ((await ports.runs.get(wanted)) !== null) return wanted;
  throw new UsageError(`There is no run '${wanted}'.`, { advice: '`headwater runs` lists them.' });
}
