import { Command } from 'commander';
import { generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';
import { ConfigurationError } from '../../lambdas/domain/errors.ts';
import { withPipeline } from '../command-context.ts';
import { formatCount } from '../terminal/format.ts';

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('generate a year of file drops with planted faults into a folder')
    .requiredOption('--out <folder>', 'where to write; holds landing/ and truth.json afterwards')
    .option('--scale <n>', '1 is about 700,000 sales lines', Number.parseFloat, 1)
    .option('--seed <n>', 'the same seed gives the same files', (text) => Number.parseInt(text, 10), 1)
    .option('--late', 'only the late customer file that releases quarantined lines')
    .action(async (own: { out: string; scale: number; seed: number; late?: boolean }, command: Command) => {
      await withPipeline(command, async ({ options, print }) => {
        if (!(own.scale > 0) || !Number.isInteger(own.seed)) {
          throw new ConfigurationError(['--scale: expected a number above 0; --seed: expected a whole number']);
        }
        const request = { folder: own.out, seed: own.seed, scale: own.scale };
        if (own.late === true) {
          const late = await generateLateMasterData(request);
          print(
            options.json === true
              ? `${JSON.stringify(late)}\n`
              : `${late.file}: ${formatCount(late.customers)} customers\n`,
          );
          return;
        }
        const truth = await generateDrops(request);
        if (options.json === true) print(`${JSON.stringify(truth)}\n`);
        else print(`${truth.files} files with ${formatCount(truth.salesLines)} sales lines in ${own.out}\n`);
      });
    });
}
