import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { FolderCatalog } from '../../../lambdas/adapters/folder-catalog.ts';
import type { CrashHook } from '../../../lambdas/domain/crash-points.ts';
import { runLocally } from '../../../lambdas/pipeline/run-locally.ts';
import { readSettings } from '../../../lambdas/wiring/config.ts';
import { openLocal } from '../../../lambdas/wiring/local.ts';
import { thinned } from '../../support/thin-configuration.ts';
import type { ChildOutcome, ChildRequest } from '../child-run.ts';

/**
 * Usage: run-pipeline.ts <request as JSON>, with HEADWATER_HOME and HEADWATER_CRASH_AT in the environment. Opens the pipeline and runs
 * it once; says what came of it as one line of JSON, or dies on the way. At its first visit of `pauseAt` it says `paused` and stops itself, as a frozen
 * machine would, until SIGCONT.
 */
const request = JSON.parse(process.argv[2] ?? '') as ChildRequest;

let pausedBefore = false;
const pause: CrashHook = (point) => {
  if (point !== request.pauseAt || pausedBefore) return;
  pausedBefore = true;
  writeSync(1, 'paused\n');
  process.kill(process.pid, 'SIGSTOP');
};

const ahead = (request.minutesAhead ?? 0) * 60_000;
const pipeline = await openLocal(readSettings({ org: request.orgName }), { now: () => new Date(Date.now() + ahead) });
const thin = { ...pipeline.ports, configuration: thinned(pipeline.ports.configuration) };
const pausing = { ...thin, crash: pause, catalog: new FolderCatalog(join(pipeline.home, 'lake'), pause) };
const ports = request.pauseAt === undefined ? thin : pausing;
const input = { asOf: request.asOf, rebuild: false, resume: request.resume ?? null };
const { error } = await runLocally(ports, input, new AbortController().signal);
await pipeline.close();
const outcome: ChildOutcome = { error: error === null ? null : { name: error.name, message: error.message } };
writeSync(1, `${JSON.stringify(outcome)}\n`);
