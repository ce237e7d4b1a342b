import type { FileRecord } from '../domain/file-record.ts';
import { ConfigurationError, CorruptStateError } from '../domain/errors.ts';
import { splitLandingKey } from '../domain/file-name.ts';
import { type Plan, planBatches, type RunTicket } from '../domain/plan.ts';
import { fileReason } from '../domain/reasons.ts';
import { newRunId, runIdPattern } from '../domain/run-id.ts';
import type { RunRecord } from '../domain/run-record.ts';
import { stableHash } from '../domain/stable-hash.ts';
import type { ObjectInfo } from '../ports/lake.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { archiveOutcomes } from './archive-files.ts';
import { leaseName, leaseSeconds } from './lease.ts';
import { publishedRuns } from './published-runs.ts';
import { RunState } from './run-state.ts';

export interface PlanRunInput {
  /** ISO date, or null for the UTC date of the run. */
  readonly asOf: string | null;
  readonly rebuild: boolean;
  /** Run to take up again, or null for a new one. */
  readonly resume: string | null;
}

export interface PlanRunOutput {
  readonly run: RunTicket;
  /** Batch numbers, the items of the Map over `collect-files`. */
  readonly batches: readonly number[];
  /** Salesforce objects, the items of the Map over `extract-object`. */
  readonly objects: readonly string[];
  /** How many batches the Map works on at the same time. */
  readonly concurrency: number;
  readonly pendingFiles: number;
  readonly pendingBytes: number;
}

/** Takes the lease, registers what was dropped, and decides what this run works on. */
export async function planRun(ports: PipelinePorts, input: PlanRunInput): Promise<PlanRunOutput> {
  const runId = input.resume ?? newRunId(ports.now(), ports.random);
  const earlier = input.resume === null ? null : await resumable(ports, input.resume);
  const lease = await ports.leases.acquire(leaseName, runId, leaseSeconds, ports.now());
  try {
    return await planWithLease(ports, input, runId, earlier, lease.token);
  } catch (error) {
    await ports.leases.release(lease);
    throw error;
  }
}

async function planWithLease(
  ports: PipelinePorts,
  input: PlanRunInput,
  runId: string,
  earlier: RunRecord | null,
  token: number,
): Promise<PlanRunOutput> {
  ports.crash('plan-run:lease-taken');
  await markInterrupted(ports, runId);
  await settlePublished(ports);
  const state = new RunState(ports.lake, runId);
  const plan = (await state.plan()) ?? (await makePlan(ports, state, runId, input, earlier));
  if (plan.configurationHash !== ports.configuration.hash) {
    throw new ConfigurationError([
      `run '${runId}' began with another configuration; start a new run instead of resuming it`,
    ]);
  }
  ports.crash('plan-run:planned');
  await ports.runs.save(runningRecord(plan, token));
  return {
    run: { runId, asOf: plan.asOf, fencingToken: token, rebuild: plan.rebuild },
    batches: plan.batches.map((_, batch) => batch),
    objects: [],
    concurrency: ports.concurrency,
    pendingFiles: plan.pendingFiles,
    pendingBytes: plan.pendingBytes,
  };
}

function runningRecord(plan: Plan, fencingToken: number): RunRecord {
  return {
    id: plan.runId,
    status: 'RUNNING',
    asOf: plan.asOf,
    engine: 'duckdb',
    startedAt: plan.startedAt,
    finishedAt: null,
    fencingToken,
    error: null,
    stages: [],
    warnings: [],
  };
}

async function resumable(ports: PipelinePorts, runId: string): Promise<RunRecord> {
  const run = runIdPattern.test(runId) ? await ports.runs.get(runId) : null;
  if (run === null) {
    const recent = (await ports.runs.list(5)).map((known) => known.id).join(', ') || 'none';
    throw new ConfigurationError([`there is no run '${runId}' to resume; the last runs are: ${recent}`]);
  }
  if (run.status === 'PUBLISHED' || run.status === 'UNCHANGED') {
    throw new ConfigurationError([
      `run '${runId}' is finished (${run.status}); start a new run instead of resuming it`,
    ]);
  }
  return run;
}

/** Whoever still says RUNNING while this run holds the lease is dead. */
async function markInterrupted(ports: PipelinePorts, runId: string): Promise<void> {
  for (const run of await ports.runs.list(50)) {
    if (run.status !== 'RUNNING' || run.id === runId) continue;
    const error = {
      name: 'InterruptedError',
      message: 'The run ended without closing; its files were taken up again.',
    };
    await ports.runs.save({ ...run, status: 'INTERRUPTED', finishedAt: ports.now().toISOString(), error });
  }
}

async function makePlan(
  ports: PipelinePorts,
  state: RunState,
  runId: string,
  input: PlanRunInput,
  earlier: RunRecord | null,
): Promise<Plan> {
  const now = ports.now().toISOString();
  const pointer = await ports.catalog.pointer();
  const landing = await registerLanding(ports, now);
  const pending = await pendingFiles(ports, landing, now);
  ports.crash('plan-run:before-plan');
  return await state.savePlan({
    runId,
    asOf: input.asOf ?? earlier?.asOf ?? now.slice(0, 10),
    startedAt: now,
    rebuild: input.rebuild,
    configurationHash: ports.configuration.hash,
    pointer,
    batches: planBatches(pending),
    pendingFiles: pending.length,
    pendingBytes: pending.reduce((sum, file) => sum + file.bytes, 0),
  });
}

/**
 * Runs that ended between publishing and archiving: their files are in the lake, so only their archiving is made good. A file's record
 * names who collected it last; a run that had lost its lease may have published it all the same, so every publication is asked.
 */
async function settlePublished(ports: PipelinePorts): Promise<void> {
  const open = new Map((await ports.files.withStatus(['COLLECTED'])).map((file) => [file.id, file]));
  if (open.size === 0) return;
  const published = await publishedRuns(ports.catalog, await ports.catalog.pointer());
  const collectors = [...open.values()].map((file) => file.runId).filter((runId) => runId !== null);
  for (const runId of new Set([...published, ...collectors])) {
    const state = new RunState(ports.lake, runId);
    // A run whose files changed no table publishes nothing, and has this outcome all the same.
    if (!published.has(runId) && (await state.published()) === null) continue;
    const plan = await state.plan();
    if (plan === null && collectors.includes(runId)) {
      throw new CorruptStateError(`The plan of the published run ${runId} is missing.`);
    }
    if (plan === null || !plan.batches.flat().some((id) => open.has(id))) continue;
    await archiveOutcomes(ports, runId, await state.allCollected(plan));
  }
}

async function registerLanding(ports: PipelinePorts, now: string): Promise<Set<string>> {
  const records: FileRecord[] = [];
  for await (const object of ports.raw.list('landing/')) {
    if (object.key.endsWith('/.keep')) continue;
    records.push(received(object, now));
  }
  await ports.files.register(records);
  return new Set(records.map((record) => record.id));
}

/** A file as the ledger first sees it. */
export function received(object: ObjectInfo, now: string): FileRecord {
  return {
    id: stableHash(`${object.key}\n${object.version}`),
    key: object.key,
    version: object.version,
    bytes: object.bytes,
    modifiedAt: object.modifiedAt,
    dataset: splitLandingKey(object.key)?.dataset ?? null,
    status: 'RECEIVED',
    receivedAt: now,
    updatedAt: now,
    runId: null,
    verdict: null,
    sha256: null,
    counts: null,
    reasons: [],
    duplicateOf: null,
    archivedTo: null,
  };
}

/** Files neither archived nor gone. One that vanished or was replaced before it was read is closed with that reason. */
async function pendingFiles(ports: PipelinePorts, landing: ReadonlySet<string>, now: string): Promise<FileRecord[]> {
  const open = await ports.files.withStatus(['RECEIVED', 'COLLECTED']);
  const gone = open.filter((file) => !landing.has(file.id));
  const reason = fileReason('VANISHED', 'The file was removed or replaced in landing/ before a run had taken it.');
  await ports.files.update(
    gone.map((file) => ({ ...file, status: 'REJECTED', verdict: 'rejected', reasons: [reason], updatedAt: now })),
  );
  return open.filter((file) => landing.has(file.id));
}
