import { createHash } from 'node:crypto';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Dataset } from '../../domain/dataset.ts';
import { InterruptedError } from '../../domain/errors.ts';
import { fileReason } from '../../domain/reasons.ts';
import type { DropObject, Inspection } from '../../ports/drop-reader.ts';
import type { Lake } from '../../ports/lake.ts';
import { fileError } from '../folder/file-errors.ts';
import { GzipIntake } from './gzip-intake.ts';
import { type Content, emptyFile, type Intake } from './intake.ts';
import { writeLfCopy } from './lf-copy.ts';
import { ParquetIntake } from './parquet-intake.ts';
import { ReadableCopy } from './readable-copy.ts';
import { TextIntake } from './text-intake.ts';

export interface InspectionDependencies {
  readonly raw: Lake;
  /** A local folder for intermediate files. */
  readonly scratch: () => Promise<string>;
  /** Path of the object on the local disk, or null when it has none and must be copied. */
  readonly localPath: (key: string) => Promise<string | null>;
}

/**
 * Reads a dropped object once, from first to last byte, and tells what it is, whether it can be taken, and where a plain UTF-8 file
 * with its content lies: the original itself where possible, else a copy in scratch. For Parquet only the envelope is checked:
 * `header` and `records` are empty, since they come from the footer.
 * Throws ObjectNotFoundError when the object has gone, InterruptedError when the signal is aborted; never for what a file contains.
 */
export async function inspectDrop(
  object: DropObject,
  dataset: Dataset,
  deps: InspectionDependencies,
  signal: AbortSignal,
): Promise<Inspection> {
  throwIfAborted(signal);
  if (object.bytes > dataset.file.max_bytes) return tooLarge(dataset);
  const original = await deps.localPath(object.key);
  const folder = await freshFolder(deps);
  let kept = false;
  try {
    const copy = new ReadableCopy(join(folder, `readable.${dataset.file.format}`));
    const intake = intakeFor(object, dataset, copy, original === null);
    const read = await readObject(object, dataset, deps.raw, intake, signal);
    if (read === null) return tooLarge(dataset);
    const { sha256, content } = read;
    const { reasons, header, records, lineShifts } = content;
    if (reasons.length > 0) return { sha256, reasons, header, records, local: null };
    const source = content.copied || original === null ? copy.path : original;
    const path = await readablePath(source, folder, dataset, content.needsLfCopy);
    kept = path !== original;
    return { sha256, reasons, header, records, local: { path, lineShifts } };
  } finally {
    if (!kept) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Null when more bytes came than the contract allows. */
async function readObject(
  object: DropObject,
  dataset: Dataset,
  raw: Lake,
  intake: Intake,
  signal: AbortSignal,
): Promise<{ sha256: string; content: Content } | null> {
  const hash = createHash('sha256');
  let bytes = 0;
  try {
    for await (const chunk of raw.read(object.key)) {
      throwIfAborted(signal);
      bytes += chunk.length;
      if (bytes > dataset.file.max_bytes) return null;
      hash.update(chunk);
      if (!intake.stopped) await intake.push(chunk);
    }
    throwIfAborted(signal);
    const content = bytes === 0 ? emptyFile('The file has no bytes.') : await intake.finish();
    return { sha256: hash.digest('hex'), content };
  } finally {
    intake.close();
  }
}

function intakeFor(object: DropObject, dataset: Dataset, copy: ReadableCopy, remote: boolean): Intake {
  const { format, max_bytes, max_expansion_ratio } = dataset.file;
  if (format === 'parquet') return new ParquetIntake(copy, remote);
  if (!/\.gz$/i.test(object.key)) return new TextIntake(dataset, copy, remote);
  const limits = { packedBytes: object.bytes, maxBytes: max_bytes, maxRatio: max_expansion_ratio };
  return new GzipIntake(new TextIntake(dataset, copy, true), limits);
}

/** A path under which the engine reads the file rightly. */
async function readablePath(source: string, folder: string, dataset: Dataset, needsLfCopy: boolean): Promise<string> {
  if (needsLfCopy) {
    const path = join(folder, 'lines.csv');
    await writeLfCopy(source, path, dataset.file.quote);
    if (source.startsWith(folder)) await rm(source, { force: true });
    return path;
  }
  if (!/[*?[\]{}]/.test(source)) return source;
  // The engine would take the name for a pattern of several files.
  const link = join(folder, `link.${dataset.file.format}`);
  try {
    await symlink(source, link);
  } catch (error) {
    throw fileError(error, `linking ${source}`);
  }
  return link;
}

async function freshFolder(deps: InspectionDependencies): Promise<string> {
  const scratch = await deps.scratch();
  try {
    return await mkdtemp(join(scratch, 'drop-'));
  } catch (error) {
    throw fileError(error, `making a folder in ${scratch}`);
  }
}

function tooLarge(dataset: Dataset): Inspection {
  const limit = dataset.file.max_bytes;
  const message = `The file is larger than ${limit} bytes. Split it into several files, or raise max_bytes in its contract.`;
  return { sha256: null, reasons: [fileReason('TOO_LARGE', message)], header: [], records: 0, local: null };
}

function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new InterruptedError('Inspecting a file was stopped.', { cause: signal.reason });
}
