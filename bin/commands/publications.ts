import { Command } from 'commander';
import { collectGarbage } from '../../lambdas/steps/collect-garbage.ts';
import { rollback } from '../../lambdas/steps/rollback.ts';
import { withLake } from '../command-context.ts';
import { formatBytes, formatCount } from '../terminal/format.ts';
import { wholeNumber } from '../terminal/whole-number.ts';

export function rollbackCommand(): Command {
  return new Command('rollback')
    .description('make an earlier publication current again; nothing that was collected is lost')
    .argument('[publication]', 'default: the one before the current')
    .action(async (target: string | undefined, _own: object, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const pointer = await rollback(pipeline.ports, target ?? null);
        print(
          options.json === true
            ? `${JSON.stringify(pointer)}\n`
            : `Readers now see publication ${pointer.current}. The next run builds again on everything collected.\n`,
        );
      });
    });
}

export function gcCommand(): Command {
  return new Command('gc')
    .description('remove publications beyond the retention, and data that no kept publication names')
    .option('--keep <publications>', 'how many publications to keep', wholeNumber(1), 10)
    .option('--days <days>', 'and all that are younger', wholeNumber(0), 30)
    .option('--dry-run', 'only say what would be removed')
    .action(async (own: { keep: number; days: number; dryRun?: boolean }, command: Command) => {
      await withLake(command, async ({ pipeline, options, print }) => {
        const dryRun = own.dryRun === true;
        const garbage = await collectGarbage(pipeline.ports, { publications: own.keep, days: own.days }, dryRun);
        if (options.json === true) print(`${JSON.stringify(garbage)}\n`);
        else {
          print(
            `${dryRun ? 'Would remove' : 'Removed'} ${garbage.publications.length} publications and ${formatCount(garbage.objects)} objects (${formatBytes(garbage.bytes)}).\n`,
          );
        }
      });
    });
}
