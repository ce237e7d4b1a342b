import { runLocally } from '../lambdas/pipeline/run-locally.ts';
import { RunState } from '../lambdas/steps/run-state.ts';
import { readSettings } from '../lambdas/wiring/config.ts';
import { openLocal } from '../lambdas/wiring/local.ts';

/** One run of the pipeline in its own process, so that its memory is its own: `node bench/pipeline-run.ts <home> <as of> [<config>]`. */
const [home = '', asOf = '', config] = process.argv.slice(2);
const started = performance.now();
const pipeline = await openLocal(readSettings({ home, config }));
const execution = await runLocally(
  pipeline.ports,
  { asOf, rebuild: false, resume: null },
  new AbortController().signal,
);
if (execution.error !== null) throw execution.error;
const [record] = await pipeline.ports.runs.list(1);
const state = new RunState(pipeline.ports.lake, record?.id ?? '');
const built = await Promise.all(pipeline.ports.configuration.models.map(({ table }) => state.built(table)));
await pipeline.close();
process.stdout.write(
  `${JSON.stringify({
    seconds: (performance.now() - started) / 1_000,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    maxRssMegabytes: process.resourceUsage().maxRSS / 1_000,
    stages: Object.fromEntries((record?.stages ?? []).map((stage) => [stage.stage, stage.seconds])),
    tables: Object.fromEntries(built.flatMap((one) => (one === null ? [] : [[one.table, one.seconds]]))),
  })}\n`,
);
