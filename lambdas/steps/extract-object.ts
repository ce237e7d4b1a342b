import { cursorField, fieldsToRead, fieldTypes, schemaChanges } from '../domain/crm-object.ts';
import { QuotaExceededError, SourceError } from '../domain/errors.ts';
import type { ExtractOutcome } from '../domain/outcomes.ts';
import type { RunTicket } from '../domain/plan.ts';
import { widened } from '../domain/salesforce-bronze.ts';
import { cursorNames, deletionTable, salesforceBronzeTable } from '../domain/salesforce-source.ts';
import type { TableName } from '../domain/table.ts';
import type { CrmPorts, PipelinePorts } from '../ports/pipeline-ports.ts';
import type { ExtractContext } from './extract-context.ts';
import { extractChanges } from './extract-changes.ts';
import { keepLease } from './lease.ts';
import { loadPlan } from './load-plan.ts';
import { RunState } from './run-state.ts';
import { collectedRelation, publishedTables } from './run-tables.ts';

export interface ExtractObjectOutput {
  readonly object: string;
  /** WAITING: a bulk job is still running, call again. */
  readonly status: 'WAITING' | ExtractOutcome['status'];
  readonly rowsRead: number;
  readonly rowsLoaded: number;
  readonly deletions: number;
  readonly bytes: number;
}

/** Brings one object's changes since the last run into bronze, complete and verified; a long bulk job does not hold the step. */
export async function extractObject(
  ports: PipelinePorts,
  input: { run: RunTicket; object: string },
  signal: AbortSignal,
): Promise<ExtractObjectOutput> {
  await keepLease(ports, input.run);
  const state = new RunState(ports.lake, input.run.runId);
  const known = await state.extracted(input.object);
  if (known !== null) return summary(known);
  const crm = ports.crm;
  if (crm === null) throw new SourceError(`No org is connected to extract ${input.object} from.`);
  crm.loader.begin();
  try {
    const outcome = await extract(ports, crm, input, signal);
    if (outcome === null) {
      return { object: input.object, status: 'WAITING', rowsRead: 0, rowsLoaded: 0, deletions: 0, bytes: 0 };
    }
    ports.crash('extract-object:before-outcome');
    const saved = await state.saveExtracted(outcome);
    ports.crash('extract-object:outcome-written');
    return summary(saved);
  } finally {
    await crm.loader.end();
  }
}

async function extract(
  ports: PipelinePorts,
  crm: CrmPorts,
  { run, object }: { run: RunTicket; object: string },
  signal: AbortSignal,
): Promise<ExtractOutcome | null> {
  const source = ports.configuration.salesforce;
  const declared = source?.objects.find((candidate) => candidate.object === object);
  if (source === null || declared === undefined) throw new SourceError(`No object '${object}' is declared.`);
  const described = await crm.source.describe(object, signal);
  if (described === null) {
    const message = `The org has no object ${object}, or the user may not read it.`;
    if (declared.optional) return emptyOutcome(object, 'ABSENT', message);
    throw new SourceError(message, {
      advice: `Give the user read access to it, or set "optional": true for it in config/sources/salesforce.json.`,
    });
  }
  const plan = await loadPlan(ports, run.runId);
  const published = await publishedTables(ports, plan.pointer.newest);
  const table = (name: TableName) => {
    const relation = collectedRelation(ports.configuration, name);
    return widened({ ...relation, slices: published.get(name)?.slices ?? [] });
  };
  const { serverTime } = await crm.source.status(signal);
  const context: ExtractContext = {
    ports,
    crm,
    run,
    plan,
    source,
    declared,
    described,
    fields: fieldsToRead(described, declared),
    known: table(salesforceBronzeTable(object)),
    deletions: {
      ...collectedRelation(ports.configuration, deletionTable),
      slices: published.get(deletionTable)?.slices ?? [],
    },
    serverTime,
    signal,
  };
  try {
    const extracted = await extractChanges(context, cursorField(described));
    if (extracted === null) return null;
    return { ...extracted, ...(await describedSince(context)) };
  } catch (error) {
    // What was read stays noted in the ledger; the cursor stands still, so nothing is taken for read that was not.
    if (error instanceof QuotaExceededError) return emptyOutcome(object, 'PARTIAL', error.message);
    throw error;
  }
}

/** The fields as they are described now, and what is different from the last time. */
async function describedSince({
  ports,
  declared,
  described,
}: ExtractContext): Promise<Pick<ExtractOutcome, 'fields' | 'changes'>> {
  const fields = fieldTypes(described.fields);
  const last = await ports.cursors.get(cursorNames.fields(declared.object));
  const before = last?.note == null ? null : (JSON.parse(last.note) as Record<string, string>);
  return { fields, changes: before === null ? [] : schemaChanges(before, fields) };
}

function emptyOutcome(object: string, status: 'PARTIAL' | 'ABSENT', message: string): ExtractOutcome {
  return {
    object,
    status,
    message,
    window: null,
    read: 0,
    loaded: 0,
    deletions: 0,
    mended: 0,
    refreshedAt: null,
    reconciledAt: null,
    fields: {},
    changes: [],
    tables: [],
  };
}

function summary({ object, status, read, loaded, deletions, tables }: ExtractOutcome): ExtractObjectOutput {
  const bytes = tables.flatMap((table) => table.slices).reduce((sum, slice) => sum + slice.bytes, 0);
  return { object, status, rowsRead: read, rowsLoaded: loaded, deletions, bytes };
}
