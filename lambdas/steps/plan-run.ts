import type { EngineChoice } from '../domain/engine-choice.ts';
import { LeaseHeldError, UsageError } from '../domain/errors.ts';
import { type Plan, planBatches, type RunTicket } from '../domain/plan.ts';
import { newRunId, runIdPattern } from '../domain/run-id.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { RunRecord } from '../domain/run-record.ts';
import type { Lease } from '../ports/leases.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { leaseName, leaseSeconds } from './lease.ts';
import { pendingFiles, registerLanding } from './register-files.ts';
import { RunState } from './run-state.ts';
import { settleRuns } from './settle-runs.ts';

export interface PlanRunInput {
  /** ISO date, or null for the UTC date of the run. */
  readonly asOf: string | null;
  readonly rebuild: boolean;
  /** True to compare all Ids of the org with the lake. */
  readonly reconcile?: boolean | undefined;
  /** What computes tables; null for what this environment is set to. */
  readonly engine?: EngineChoice | null | undefined;
  /** Run to take up again, or null for a new one. */
  readonly resume: string | null;
  /** Name of the execution that asks. Its lease is its own: asked again, because an answer got lost, it is not told that somebody else works. */
  readonly execution?: string | null | undefined;
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
export async function planRun(ports: PipelinePorts, input: PlanRunInput, signal: AbortSignal): Promise<PlanRunOutput> {
  const runId = input.resume ?? newRunId(ports.now(), ports.random);
  const earlier = input.resume === null ? null : await resumable(ports, input.resume);
  const lease = await takeLease(ports, input, runId);
  try {
    return await planWithLease(ports, input, runId, earlier, lease.token, signal);
  } catch (error) {
    await ports.leases.release(lease);
    throw error;
  }
}

/** A comparison of all Ids, which a schedule asks for once a week, must not get lost because another run works: the next one owes it. */
async function takeLease(ports: PipelinePorts, input: PlanRunInput, runId: string): Promise<Lease> {
  try {
    return await ports.leases.acquire(leaseName, input.execution ?? runId, leaseSeconds, ports.now());
  } catch (error) {
    if (error instanceof LeaseHeldError && input.reconcile === true && ports.crm !== null) {
      const now = ports.now().toISOString();
      await ports.cursors.note(cursorNames.owed, now, now);
    }
    throw error;
  }
}

async function planWithLease(
  ports: PipelinePorts,
  input: PlanRunInput,
  runId: string,
  earlier: RunRecord | null,
  token: number,
  signal: AbortSignal,
): Promise<PlanRunOutput> {
  ports.crash('plan-run:lease-taken');
  await settleRuns(ports, runId);
  const state = new RunState(ports.lake, runId);
  const plan = (await state.plan()) ?? (await makePlan(ports, state, runId, input, earlier, signal));
  if (plan.configurationHash !== ports.configuration.hash) {
    throw new UsageError(`Run '${runId}' began with another configuration; start a new run instead of resuming it.`);
  }
  ports.crash('plan-run:planned');
  await ports.runs.save(runningRecord(plan, token));
  return {
    run: { runId, asOf: plan.asOf, fencingToken: token, rebuild: plan.rebuild, engine: plan.engine },
    batches: plan.batches.map((_, batch) => batch),
    objects: plan.objects,
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
    engine: plan.engine === 'athena' ? 'athena' : 'duckdb',
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
    throw new UsageError(`There is no run '${runId}' to resume; the last runs are: ${recent}.`);
  }
  if (run.status === 'PUBLISHED' || run.status === 'UNCHANGED') {
    throw new UsageError(`Run '${runId}' is finished (${run.status}); start a new run instead of resuming it.`);
  }
  return run;
}

async function makePlan(
  ports: PipelinePorts,
  state: RunState,
  runId: string,
  input: PlanRunInput,
  earlier: RunRecord | null,
  signal: AbortSignal,
): Promise<Plan> {
  const now = ports.now().toISOString();
  const pointer = await ports.catalog.pointer();
  const landing = await registerLanding(ports, now);
  const { pending, vanished } = await pendingFiles(ports, landing, now);
  const org = await connectedOrg(ports, now, signal);
  ports.crash('plan-run:before-plan');
  return await state.savePlan({
    runId,
    asOf: input.asOf ?? earlier?.asOf ?? now.slice(0, 10),
    startedAt: now,
    rebuild: input.rebuild,
    engine: chosenEngine(ports, input),
    configurationHash: ports.configuration.hash,
    pointer,
    objects: org === null ? [] : (ports.configuration.salesforce?.objects ?? []).map(({ object }) => object),
    org,
    reconcile: input.reconcile === true || (org !== null && (await owesReconciliation(ports))),
    batches: planBatches(pending),
    vanished: vanished.map((file) => file.id),
    pendingFiles: pending.length,
    pendingBytes: pending.reduce((sum, file) => sum + file.bytes, 0),
  });
}

async function owesReconciliation(ports: PipelinePorts): Promise<boolean> {
  return ((await ports.cursors.get(cursorNames.owed))?.note ?? null) !== null;
}

function chosenEngine({ larger, engineChoice }: PipelinePorts, input: PlanRunInput): EngineChoice {
  const choice = input.engine ?? engineChoice;
  if (choice !== 'athena' || larger !== null) return choice;
  throw new UsageError('This pipeline has no Athena: it runs on one machine.', { advice: 'Leave --engine away.' });
}

/** Logs in, so that a wrong secret is told before anything is done. Throws UsageError when the lake holds another org. */
async function connectedOrg(ports: PipelinePorts, now: string, signal: AbortSignal): Promise<Plan['org']> {
  if (ports.crm === null) return null;
  const { orgId, quota } = await ports.crm.source.status(signal);
  const stored = (await ports.cursors.get(cursorNames.org))?.note ?? null;
  if (stored !== null && stored !== orgId) {
    throw new UsageError(`This lake holds the Salesforce org ${stored}; the secret leads to ${orgId}.`, {
      advice: 'Take another data home (--home) for another org.',
    });
  }
  if (stored === null) await ports.cursors.note(cursorNames.org, orgId, now);
  return { id: orgId, requestsUsed: quota.used, requestLimit: quota.limit };
}
