import { z } from 'zod';
import { engineChoices } from '../domain/engine-choice.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { archiveFiles } from '../steps/archive-files.ts';
import { buildLayer } from '../steps/build-layer.ts';
import { checkLayer } from '../steps/check-layer.ts';
import { closeRun } from '../steps/close-run.ts';
import { collectFiles } from '../steps/collect-files.ts';
import { extractObject } from '../steps/extract-object.ts';
import { planRun } from '../steps/plan-run.ts';
import { publishRun } from '../steps/publish-run.ts';
import { servePublication } from '../steps/serve-publication.ts';
import {
  closeRunInputSchema,
  collectedSchema,
  extractedSchema,
  requireCollected,
  requireExtracted,
  ticketSchema,
  toCloseRunInput,
} from './run-states.ts';

/** A stage of the pipeline as the state machine calls it: JSON in, JSON out, both checked. */
export interface Task {
  readonly run: (ports: PipelinePorts, input: unknown, signal: AbortSignal) => Promise<Record<string, unknown>>;
}

const count = z.int().nonnegative();

function task<I, O>(
  input: z.ZodType<I>,
  output: z.ZodType<O>,
  step: (ports: PipelinePorts, input: I, signal: AbortSignal) => Promise<O>,
): Task {
  return {
    run: async (ports, raw, signal) => {
      const started = ports.now().getTime();
      const result = output.parse(await step(ports, input.parse(raw), signal));
      return { ...(result as Record<string, unknown>), seconds: (ports.now().getTime() - started) / 1_000 };
    },
  };
}

const checkedLayerSchema = z.enum(['silver', 'gold']);
/** What is in `analytics` follows from checked tables of gold. */
const layerSchema = z.enum([...checkedLayerSchema.options, 'analytics']);

/** Task name -> what it takes, what it gives, and the step that does it. Reading order is the run's order. */
export const tasks = {
  'plan-run': task(
    z.object({
      request: z.object({
        asOf: z.iso.date().nullable(),
        rebuild: z.boolean(),
        reconcile: z.boolean().default(false),
        engine: z.enum(engineChoices).nullable().default(null),
        resume: z.string().nullable(),
      }),
      // Empty on a laptop, where a call never has to be made again.
      execution: z.string(),
    }),
    z.object({
      run: ticketSchema,
      batches: z.array(count),
      objects: z.array(z.string()),
      concurrency: count,
      pendingFiles: count,
      pendingBytes: count,
    }),
    async (ports, { request, execution }, signal) =>
      await planRun(ports, { ...request, execution: execution === '' ? null : execution }, signal),
  ),
  'extract-object': task(
    z.object({ run: ticketSchema, object: z.string() }),
    z.object({
      object: z.string(),
      status: z.enum(['WAITING', 'EXTRACTED', 'PARTIAL', 'ABSENT']),
      rowsRead: count,
      rowsLoaded: count,
      deletions: count,
      bytes: count,
    }),
    extractObject,
  ),
  'collect-files': task(
    z.object({ run: ticketSchema, batch: count }),
    z.object({
      batch: count,
      accepted: count,
      rejected: count,
      duplicates: count,
      rowsRead: count,
      rowsLoaded: count,
      quarantined: count,
      bytes: count,
    }),
    collectFiles,
  ),
  'build-layer': task(
    z.object({ run: ticketSchema, layer: layerSchema, extracted: extractedSchema, collected: collectedSchema }),
    z.object({
      layer: layerSchema,
      built: count,
      kept: count,
      rowsIn: count,
      rowsOut: count,
      quarantined: count,
      bytes: count,
      bytesScanned: count,
    }),
    async (ports, input, signal) => {
      requireExtracted(input.extracted);
      requireCollected(input.collected);
      return { ...(await buildLayer(ports, input, signal)), layer: input.layer };
    },
  ),
  'check-layer': task(
    z.object({ run: ticketSchema, layer: checkedLayerSchema }),
    z.object({
      layer: checkedLayerSchema,
      checks: count,
      passed: count,
      warned: count,
      quarantined: count,
      bytesScanned: count,
    }),
    async (ports, input, signal) => ({ ...(await checkLayer(ports, input, signal)), layer: input.layer }),
  ),
  'publish-run': task(
    z.object({ run: ticketSchema }),
    z.object({ publication: z.string().nullable(), switched: z.boolean(), tables: count, rows: count, bytes: count }),
    publishRun,
  ),
  'archive-files': task(
    z.object({ run: ticketSchema }),
    z.object({ archived: count, rejected: count, duplicates: count }),
    archiveFiles,
  ),
  'serve-publication': task(
    z.object({ run: ticketSchema }),
    z.object({ publication: z.string().nullable(), bytes: count }),
    servePublication,
  ),
  'close-run': task(
    closeRunInputSchema,
    z.object({ runId: z.string(), status: z.string(), arrivedMeanwhile: count }),
    async (ports, input) => await closeRun(ports, toCloseRunInput(input)),
  ),
} satisfies Record<string, Task>;

export type TaskName = keyof typeof tasks;

/** `${BuildLayer}` in the state machine stands for the task `build-layer`. */
export function taskOfPlaceholder(resource: string): TaskName | undefined {
  const names = Object.keys(tasks) as TaskName[];
  return names.find((name) => resource === `\${${placeholderOf(name)}}`);
}

export function placeholderOf(name: TaskName): string {
  return name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}
