import { Command } from 'commander';
import { generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';
import { withPipeline } from '../command-context.ts';
import { formatCount } from '../terminal/format.ts';
import { positiveNumber, wholeNumber } from '../terminal/whole-number.ts';

export function simulateCommand(): Command {
  return new Command('simulate')
    .description('generate a year of file drops with planted faults into a folder')
    .option('--out <folder>', "where to write landing/ and truth.json (default: this home's raw bucket)")
    .option('--scale <n>', '1 is about 700,000 sales lines', positiveNumber, 1)
    .option('--seed <n>', 'the same seed gives the same files', wholeNumber(0), 1)
    .option('--late', 'only the late customer file that releases quarantined lines')
    .action(async (own: { out?: string; scale: number; seed: number; late?: boolean }, command: Command) => {
      await withPipeline(
        command,
        async ({ pipeline, options, print }) => {
          const folder = own.out ?? pipeline.rawFolder;
          const request = { folder, seed: own.seed, scale: own.scale };
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
          else print(`${truth.files} files with ${formatCount(truth.salesLines)} sales lines in ${folder}\n`);
        },
        { createsHome: true },
      );
    });
}
