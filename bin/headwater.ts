#!/usr/bin/env -S node --disable-warning=ExperimentalWarning
import { createRequire } from 'node:module';
import { Command, CommanderError, Option } from 'commander';
import { environmentNames } from '../lambdas/domain/resource-names.ts';
import { compileCommand, lineageCommand } from './commands/compile.ts';
import { dashboardCommand } from './commands/dashboard.ts';
import { doctorCommand } from './commands/doctor.ts';
import { dropCommand } from './commands/drop.ts';
import { explainCommand } from './commands/explain.ts';
import { gcCommand, rollbackCommand } from './commands/publications.ts';
import { queryCommand } from './commands/query.ts';
import { filesCommand, qualityCommand, runsCommand, statusCommand } from './commands/reports.ts';
import { runCommand } from './commands/run.ts';
import { simulateCommand } from './commands/simulate.ts';
import { territoriesCommand } from './commands/territories.ts';
import { exitCodeHelp } from './terminal/report-error.ts';

const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

const program = new Command('headwater')
  .description('A Salesforce org and dropped files become bronze, silver and gold tables, published in one switch.')
  .option('--home <folder>', 'where the lake lives (default: $HEADWATER_HOME or .headwater)')
  .option(
    '--config <folder>',
    "a configuration folder laid over the project's: sources/, mappings/, territories.json, metrics.json, …, glue-sql/",
  )
  .addOption(
    new Option(
      '--env <environment>',
      'work on a deployed lake instead, as whoever AWS_PROFILE and AWS_REGION say',
    ).choices(environmentNames),
  )
  .option('--json', 'machine-readable output on stdout')
  .option('--quiet', 'no progress and no remarks on stderr')
  .option('--debug', 'stack traces with errors')
  .version(version)
  .showHelpAfterError('See headwater --help, or headwater help <command>.')
  .exitOverride()
  .addHelpText(
    'after',
    `
Examples:
  headwater drop my_sales.csv --dataset sales      put a file where a run finds it
  headwater run                                    collect, build, check, publish
  headwater query "select * from gold.customers_data_mart limit 5"
  headwater explain file sales_data_2025-03-14     why was this file (not) taken?
  headwater explain client CL-000001               where does it belong, and why?
  headwater explain account 001Hw0000000002IAA     its scores, alerts, rules and linked accounts
  headwater rollback                               readers see the publication before
  headwater status --env dev                       what readers of a deployed lake see

On a deployed lake work: status, runs, files, quality, query, explain, drop, run, doctor, rollback, gc.

${exitCodeHelp}`,
  );

for (const command of [
  runCommand,
  queryCommand,
  statusCommand,
  runsCommand,
  filesCommand,
  qualityCommand,
  explainCommand,
  territoriesCommand,
  compileCommand,
  lineageCommand,
  dropCommand,
  simulateCommand,
  dashboardCommand,
  doctorCommand,
  rollbackCommand,
  gcCommand,
]) {
  const shown = command().exitOverride().showHelpAfterError('See headwater help <command>.');
  program.addCommand(shown.configureHelp({ showGlobalOptions: true }));
}

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}
