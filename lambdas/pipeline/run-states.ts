import { z } from 'zod';
import { engineChoices } from '../domain/engine-choice.ts';
import { CollectIncompleteError, ExtractIncompleteError, InterruptedError } from '../domain/errors.ts';
import type { StageRecord } from '../domain/run-record.ts';
import type { CloseRunInput } from '../steps/record-closing.ts';

export const ticketSchema = z.object({
  runId: z.string(),
  asOf: z.iso.date(),
  fencingToken: z.int(),
  rebuild: z.boolean(),
  engine: z.enum(engineChoices).default('auto'),
});

const errorSchema = z.object({ Error: z.string(), Cause: z.string().default('') });
const figures = z.number().nonnegative().default(0);

const collectedBatchSchema = z.object({
  batch: z.int(),
  accepted: figures,
  rejected: figures,
  rowsRead: figures,
  rowsLoaded: figures,
  quarantined: figures,
  bytes: figures,
  seconds: figures,
  error: errorSchema.optional(),
});

const extractedObjectSchema = z.object({
  object: z.string(),
  status: z.string().optional(),
  rowsRead: figures,
  rowsLoaded: figures,
  deletions: figures,
  bytes: figures,
  seconds: figures,
  error: errorSchema.optional(),
});

/** What the Map over objects gives: the counters of each, or its error. */
export const extractedSchema = z.array(extractedObjectSchema);

/** What the Map over batches gives: the counters of each, or its error. */
export const collectedSchema = z.array(collectedBatchSchema);

const layerSchema = z.object({
  rowsIn: figures,
  rowsOut: figures,
  quarantined: figures,
  bytes: figures,
  bytesScanned: figures,
  seconds: figures,
});
const checksSchema = z.object({
  checks: figures,
  passed: figures,
  quarantined: figures,
  bytesScanned: figures,
  seconds: figures,
});

/** The state machine's state as it reaches `close-run`: after a failure, what came later is missing. */
const stateSchema = z.object({
  plan: z.object({ seconds: figures, pendingFiles: figures, pendingBytes: figures }).optional(),
  extracted: extractedSchema.optional(),
  collected: collectedSchema.optional(),
  silver: layerSchema.optional(),
  silverChecks: checksSchema.optional(),
  gold: layerSchema.optional(),
  goldChecks: checksSchema.optional(),
  analytics: layerSchema.optional(),
  published: z
    .object({ publication: z.string().nullable(), switched: z.boolean(), rows: figures, seconds: figures })
    .optional(),
  archived: z.object({ seconds: figures, archived: figures, rejected: figures, duplicates: figures }).optional(),
  served: z.object({ seconds: figures, bytes: figures }).optional(),
  error: errorSchema.optional(),
});

type State = z.infer<typeof stateSchema>;

export const closeRunInputSchema = z.object({ run: ticketSchema, state: stateSchema });

export function toCloseRunInput(input: z.infer<typeof closeRunInputSchema>): CloseRunInput {
  const { state } = input;
  return {
    run: input.run,
    error: state.error === undefined ? null : { name: state.error.Error, message: messageOf(state.error.Cause) },
    stages: stagesOf(state),
    publication: state.published?.publication ?? null,
    switched: state.published?.switched ?? false,
  };
}

/** Lambda puts the error as JSON into the cause; the laptop puts the message there. */
function messageOf(cause: string): string {
  try {
    const parsed = z.object({ errorMessage: z.string() }).safeParse(JSON.parse(cause));
    return parsed.success ? parsed.data.errorMessage : cause;
  } catch {
    return cause;
  }
}

function stagesOf(state: State): StageRecord[] {
  const stages: StageRecord[] = [];
  const add = (stage: string, figuresOf: Partial<StageRecord> | undefined) => {
    if (figuresOf !== undefined)
      stages.push({ stage, rowsIn: 0, rowsOut: 0, quarantined: 0, seconds: 0, bytes: 0, ...figuresOf });
  };
  add('plan-run', state.plan && { seconds: state.plan.seconds });
  // A lake without an org has no line for it.
  if (state.extracted?.length) add('extract-object', extractedStage(state.extracted));
  add('collect-files', state.collected && collectedStage(state.collected));
  add('build-layer silver', state.silver && layerStage(state.silver));
  add('check-layer silver', state.silverChecks && checksStage(state.silverChecks));
  add('build-layer gold', state.gold && layerStage(state.gold));
  add('check-layer gold', state.goldChecks && checksStage(state.goldChecks));
  add('build-layer analytics', state.analytics && layerStage(state.analytics));
  add('publish-run', state.published && { rowsOut: state.published.rows, seconds: state.published.seconds });
  add('archive-files', state.archived && { seconds: state.archived.seconds });
  add('serve-publication', state.served);
  return stages;
}

function layerStage({ bytesScanned, ...figuresOf }: z.infer<typeof layerSchema>): Partial<StageRecord> {
  return { ...figuresOf, ...scanned(bytesScanned) };
}

function checksStage({ bytesScanned, seconds }: z.infer<typeof checksSchema>): Partial<StageRecord> {
  return { seconds, ...scanned(bytesScanned) };
}

function scanned(bytesScanned: number): Partial<StageRecord> {
  return bytesScanned === 0 ? {} : { bytesScanned };
}

function collectedStage(batches: z.infer<typeof collectedSchema>): Partial<StageRecord> {
  const sum = (column: 'rowsRead' | 'rowsLoaded' | 'quarantined' | 'bytes' | 'seconds') =>
    batches.reduce((total, batch) => total + batch[column], 0);
  return {
    rowsIn: sum('rowsRead'),
    rowsOut: sum('rowsLoaded'),
    quarantined: sum('quarantined'),
    bytes: sum('bytes'),
    seconds: sum('seconds'),
  };
}

function extractedStage(objects: z.infer<typeof extractedSchema>): Partial<StageRecord> {
  const sum = (column: 'rowsRead' | 'rowsLoaded' | 'bytes' | 'seconds') =>
    objects.reduce((total, object) => total + object[column], 0);
  return { rowsIn: sum('rowsRead'), rowsOut: sum('rowsLoaded'), bytes: sum('bytes'), seconds: sum('seconds') };
}

/** Throws the failure of an object, after all objects and batches have ended. */
export function requireExtracted(objects: z.infer<typeof extractedSchema>): void {
  const failed = objects.filter((object) => object.error !== undefined);
  if (failed.length === 0) return;
  if (failed.some((object) => object.error?.Error === 'InterruptedError'))
    throw new InterruptedError('The run was interrupted.');
  const causes = failed.map(
    (object) => `${object.object}: ${object.error?.Error}: ${messageOf(object.error?.Cause ?? '')}`,
  );
  throw new ExtractIncompleteError(
    `${failed.length} of ${objects.length} objects could not be extracted:\n${causes
      .map((cause) => `  - ${cause}`)
      .join('\n')
      .slice(0, 4_000)}`,
    { advice: 'What was read is kept; mend the cause and resume the run, or start a new one.' },
  );
}

/** Throws the failure of a batch, after all batches have ended. */
export function requireCollected(batches: z.infer<typeof collectedSchema>): void {
  const failed = batches.filter((batch) => batch.error !== undefined);
  if (failed.length === 0) return;
  if (failed.some((batch) => batch.error?.Error === 'InterruptedError'))
    throw new InterruptedError('The run was interrupted.');
  const causes = [...new Set(failed.map((batch) => `${batch.error?.Error}: ${messageOf(batch.error?.Cause ?? '')}`))];
  throw new CollectIncompleteError(
    `${failed.length} of ${batches.length} batches of files could not be collected: ${causes.join(' | ').slice(0, 2_000)}`,
    { advice: 'The files stay in landing/; mend the cause and resume the run.' },
  );
}
