import type { Configuration } from '../domain/configuration.ts';
import type { Dataset } from '../domain/dataset.ts';
import { ObjectNotFoundError } from '../domain/errors.ts';
import { nameFits, namePatterns, splitLandingKey } from '../domain/file-name.ts';
import type { FileRecord } from '../domain/file-record.ts';
import { type HeaderMatch, matchHeader } from '../domain/header.ts';
import { exportDataset, exportDatasetWithHeader, exportFolder, isExport } from '../domain/salesforce-export.ts';
import { keyProblem } from '../domain/object-key.ts';
import { fileReason, type LocatedReason } from '../domain/reasons.ts';
import type { DropBatch, Inspection } from '../ports/drop-reader.ts';
import type { Files } from '../ports/files.ts';
import type { Lake } from '../ports/lake.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** A file on its way to a verdict; without reasons and without an original elsewhere it can be loaded. */
export interface Candidate {
  readonly record: FileRecord;
  readonly dataset: Dataset | null;
  readonly inspection: Inspection | null;
  readonly match: HeaderMatch | null;
  reasons: readonly LocatedReason[];
  /** Key of the file with the same content that counts instead. */
  duplicateOf: string | null;
}

/** Name, envelope, structure and header of one file; stops at the first level that finds something wrong. */
export async function inspectFile(
  ports: Pick<PipelinePorts, 'configuration' | 'raw'>,
  batch: DropBatch,
  record: FileRecord,
  signal: AbortSignal,
): Promise<Candidate> {
  const { dataset, reasons } = judgeName(ports.configuration, record.key);
  const rejected = { record, dataset, inspection: null, match: null, duplicateOf: null };
  if (dataset === null || reasons.length > 0) return { ...rejected, reasons };
  const inspection = await inspectUnchanged(ports.raw, batch, record, dataset, signal);
  if (inspection === null) {
    return { ...rejected, reasons: [vanished] };
  }
  if (inspection.reasons.length > 0) return { ...rejected, inspection, reasons: inspection.reasons };
  const contract = isExport(dataset) ? exportDatasetWithHeader(dataset, inspection.header) : { dataset, reasons: [] };
  const header = matchHeader(contract.dataset, inspection.header);
  const found = [...contract.reasons, ...header.reasons];
  return { record, dataset: contract.dataset, inspection, match: header.match, reasons: found, duplicateOf: null };
}

const vanished = fileReason(
  'VANISHED',
  'The file was removed or replaced before it could be read; what lies in landing/ is taken next.',
);

/** Null when the object is not, or not any more, the one that the ledger knows. */
async function inspectUnchanged(
  raw: Lake,
  batch: DropBatch,
  record: FileRecord,
  dataset: Dataset,
  signal: AbortSignal,
): Promise<Inspection | null> {
  try {
    const inspection = await batch.inspect({ key: record.key, bytes: record.bytes }, dataset, signal);
    return (await raw.head(record.key))?.version === record.version ? inspection : null;
  } catch (error) {
    if (error instanceof ObjectNotFoundError) return null;
    throw error;
  }
}

function judgeName(configuration: Configuration, key: string): { dataset: Dataset | null; reasons: LocatedReason[] } {
  const problem = keyProblem(key);
  if (problem !== null) {
    return { dataset: null, reasons: [fileReason('UNSAFE_KEY', `The object key cannot be used: ${problem}.`)] };
  }
  const names = configuration.datasets.map(({ dataset }) => dataset).toSorted();
  const parts = splitLandingKey(key);
  if (parts?.dataset === exportFolder) return exportDataset(configuration.salesforce, parts.name);
  const dataset = configuration.datasets.find((candidate) => candidate.dataset === parts?.dataset);
  if (parts === null || dataset === undefined) {
    const message = `Files belong in landing/<dataset>/; '${parts?.dataset ?? key}' is not a dataset. Known: ${names.join(', ')}.`;
    return { dataset: null, reasons: [fileReason('UNKNOWN_DATASET', message)] };
  }
  if (!nameFits(dataset, parts.name)) {
    const patterns = namePatterns(dataset)
      .map((pattern) => `'${pattern}'`)
      .join(' or ');
    const message = `The name '${parts.name}' does not fit the pattern ${patterns} of dataset ${dataset.dataset}. Rename the file.`;
    return { dataset, reasons: [fileReason('WRONG_NAME', message)] };
  }
  return { dataset, reasons: [] };
}

/**
 * Marks every file whose content was processed before, or stands in an earlier file (by key) of this batch. Only files that could be
 * loaded count as originals; a rejected file stays rejected.
 */
export async function markDuplicates(files: Files, candidates: readonly Candidate[]): Promise<void> {
  const loadable = candidates.filter((candidate) => candidate.reasons.length === 0);
  const processed = await processedContents(files, loadable);
  const first = new Map<string, string>();
  for (const candidate of loadable.toSorted((a, b) => (a.record.key < b.record.key ? -1 : 1))) {
    if (typeof candidate.inspection?.sha256 !== 'string') continue;
    const content = contentOf(candidate);
    const original = processed.get(content);
    if (original !== undefined) candidate.duplicateOf = original;
    else if (first.has(content)) candidate.duplicateOf = first.get(content) ?? null;
    else first.set(content, candidate.record.key);
  }
}

/** Content as below -> key of the file that was processed with it. */
async function processedContents(files: Files, candidates: readonly Candidate[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const dataset of new Set(candidates.map(({ record }) => record.dataset))) {
    if (dataset === null) continue;
    const own = candidates.filter(({ record }) => record.dataset === dataset);
    const hashes = own.map(({ inspection }) => inspection?.sha256).filter((hash) => typeof hash === 'string');
    for (const [hash, file] of await files.processedWithContent(dataset, hashes))
      found.set(`${dataset}\n${hash}`, file.key);
  }
  return found;
}

/** Files with equal contents have the same text here, if they are of one dataset. */
export function contentOf({ record, inspection }: Candidate): string {
  return `${record.dataset}\n${inspection?.sha256}`;
}
