import { CorruptStateError } from '../domain/errors.ts';
import { contentHash } from '../domain/fingerprint.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { Publication } from '../domain/publication.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import { bytesOf, rowsOf } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { readySlices, showCurrent } from './analyst-slices.ts';
import { commitExtracts } from './commit-extracts.ts';
import { keepLease } from './lease.ts';
import { loadPlan } from './load-plan.ts';
import { RunState } from './run-state.ts';
import { addBuiltTables, collectedTables, publishedTables } from './run-tables.ts';

export interface PublishRunOutput {
  /** The publication that readers see now; null when the lake is still empty. */
  readonly publication: string | null;
  /** False when nothing changed, so that the old publication stands. */
  readonly switched: boolean;
  readonly tables: number;
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Makes all tables of the run visible in one switch, unless their content is what readers see already; then moves the cursors on, and
 * lets analysts follow.
 */
export async function publishRun(
  ports: PipelinePorts,
  input: { run: RunTicket },
  signal?: AbortSignal,
): Promise<PublishRunOutput> {
  await keepLease(ports, input.run);
  const output = await publish(ports, input);
  const plan = await loadPlan(ports, input.run.runId);
  await commitExtracts(ports, input.run, await new RunState(ports.lake, plan.runId).allExtracted(plan));
  if (plan.reconcile) await ports.cursors.note(cursorNames.owed, null, ports.now().toISOString());
  await keepLease(ports, input.run);
  await showCurrent(ports, signal);
  await ports.analysts.renewViews(ports.configuration.views, signal);
  return output;
}

async function publish(ports: PipelinePorts, input: { run: RunTicket }): Promise<PublishRunOutput> {
  const plan = await loadPlan(ports, input.run.runId);
  const base = await publishedTables(ports, plan.pointer.newest);
  const collected = await collectedTables(ports, plan, base);
  const tables = [...(await addBuiltTables(ports, plan.runId, collected)).values()];
  const publication: Publication = {
    id: plan.runId,
    asOf: plan.asOf,
    createdAt: plan.startedAt,
    fencingToken: input.run.fencingToken,
    base: plan.pointer.newest,
    contentHash: contentHash(tables),
    tables,
  };
  const output = {
    tables: tables.length,
    rows: tables.reduce((sum, version) => sum + rowsOf(version), 0),
    bytes: tables.reduce((sum, version) => sum + bytesOf(version), 0),
  };
  const state = new RunState(ports.lake, plan.runId);
  const done = await state.published();
  if (done !== null) return { ...output, ...done };
  // Equal fingerprints promise equal content; whoever asks for a rebuild wants the files themselves made anew.
  const current = plan.pointer.current === null ? null : await ports.catalog.load(plan.pointer.current);
  if (!plan.rebuild && current?.contentHash === publication.contentHash) {
    // A run that died may have left something undone for analysts.
    await readySlices(ports, current);
    return { ...output, ...(await state.savePublished({ publication: plan.pointer.current, switched: false })) };
  }
  await requireOwnFiles(ports, publication);
  await switchCatalog(ports, input.run, publication, plan.pointer);
  return { ...output, ...(await state.savePublished({ publication: publication.id, switched: true })) };
}

/** A run may be resumed long after it wrote its files: nothing is published that names one which is gone. */
async function requireOwnFiles(ports: PipelinePorts, publication: Publication): Promise<void> {
  const slices = publication.tables
    .flatMap((version) => version.slices)
    .filter((slice) => slice.runId === publication.id);
  for (const { key } of slices.flatMap((slice) => slice.files)) {
    if ((await ports.lake.head(key)) !== null) continue;
    throw new CorruptStateError(`The run wrote ${key}, and it is gone; nothing was published.`, {
      advice: 'Start a new run instead of resuming this one: its files are collected again.',
    });
  }
}

async function switchCatalog(
  ports: PipelinePorts,
  run: RunTicket,
  publication: Publication,
  expected: { generation: number; current: string | null; newest: string | null },
): Promise<void> {
  const { current, newest } = await ports.catalog.pointer();
  // A resumed run that died right after its switch; had another one switched since, the pointer would not be as expected.
  if (publication.id === newest || publication.id === current) return;
  ports.crash('publish-run:before-manifest');
  await ports.catalog.store(publication);
  ports.crash('publish-run:manifest-written');
  await readySlices(ports, publication);
  await keepLease(ports, run);
  await ports.catalog.switchTo(publication.id, expected);
  ports.crash('publish-run:switched');
}
