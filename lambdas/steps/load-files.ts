import { bronzeColumns, dropQuarantineColumns } from '../domain/bronze-table.ts';
import { fileDate, splitLandingKey } from '../domain/file-name.ts';
import { matchSignature } from '../domain/header.ts';
import { exportColumns, exportQuarantine, isExport } from '../domain/salesforce-export.ts';
import type { CollectedFile, TableSlices } from '../domain/outcomes.ts';
import { type Column, type Slice, type TableName, sizeOf } from '../domain/table.ts';
import type { DropBatch, LoadedFile, LoadedPart, LoadGroup } from '../ports/drop-reader.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { type Candidate, contentOf } from './inspect-files.ts';

export interface LoadContext {
  readonly runId: string;
  /** Part of every prefix written, unlike any other attempt's. */
  readonly attempt: string;
  readonly extractedAt: string;
}

/** Loads the files that may be loaded, group by group, and gives every candidate its verdict. */
export async function loadCandidates(
  ports: PipelinePorts,
  batch: DropBatch,
  candidates: readonly Candidate[],
  context: LoadContext,
  signal: AbortSignal,
): Promise<{ files: CollectedFile[]; tables: TableSlices[] }> {
  const judged = new Map<string, LoadedFile>();
  const tables = new Map<TableName, Slice[]>();
  let groups = 0;
  let rows = 0;
  let waiting = candidates;
  while (waiting.length > 0) {
    for (const group of groupsOf(waiting, context)) {
      const numbered = numberedPrefixes(group, context, groups++);
      const loaded = await batch.load(numbered, signal);
      for (const file of loaded.files) judged.set(file.key, file);
      const bronze: TableName = `bronze.${group.dataset.table}`;
      const quarantine: TableName = isExport(group.dataset) ? exportQuarantine : `quarantine.${group.dataset.dataset}`;
      append(tables, bronze, slices(loaded.accepted, group.columns, context.runId));
      append(tables, quarantine, slices(loaded.quarantined, dropQuarantineColumns, context.runId));
      rows += loaded.files.reduce((sum, file) => sum + file.counts.loaded, 0);
      ports.progress({ stage: 'collect-files', item: group.dataset.dataset, done: 0, total: 0, rows, bytes: 0 });
    }
    waiting = promoteDuplicates(candidates, judged);
  }
  return {
    files: candidates.map((candidate) => verdictOf(candidate, judged.get(candidate.record.key))),
    tables: [...tables].map(([table, added]) => ({ table, slices: added })),
  };
}

/** A file whose original in this batch was refused after all is no duplicate: the first one of each content is returned, to be loaded. */
function promoteDuplicates(candidates: readonly Candidate[], judged: ReadonlyMap<string, LoadedFile>): Candidate[] {
  const contents = { accepted: new Set<string>(), refused: new Set<string>() };
  for (const candidate of candidates) {
    const rejected = judged.get(candidate.record.key)?.rejected;
    if (rejected !== undefined) contents[rejected.length > 0 ? 'refused' : 'accepted'].add(contentOf(candidate));
  }
  const promoted = new Map<string, Candidate>();
  for (const candidate of candidates) {
    const content = contentOf(candidate);
    if (candidate.duplicateOf === null || !contents.refused.has(content) || contents.accepted.has(content)) continue;
    candidate.duplicateOf = promoted.get(content)?.record.key ?? null;
    if (candidate.duplicateOf === null) promoted.set(content, candidate);
  }
  return [...promoted.values()];
}

/** Files of one dataset with one header are read by one statement; Parquet files each by themselves. */
function groupsOf(candidates: readonly Candidate[], context: LoadContext): LoadGroup[] {
  const groups = new Map<string, LoadGroup & { files: LoadGroup['files'][number][] }>();
  for (const candidate of candidates) {
    const { record, dataset, inspection, match } = candidate;
    if (candidate.reasons.length > 0 || candidate.duplicateOf !== null) continue;
    if (dataset === null || match === null || inspection?.local == null || inspection.sha256 === null) continue;
    const alone = dataset.file.format === 'parquet' ? record.key : '';
    const name = `${dataset.dataset}\n${dataset.table}\n${matchSignature(match)}\n${alone}`;
    const group = groups.get(name) ?? {
      dataset,
      match,
      columns: isExport(dataset) ? exportColumns(dataset) : bronzeColumns(dataset),
      files: [],
      runId: context.runId,
      extractedAt: context.extractedAt,
      prefix: '',
      quarantinePrefix: '',
    };
    groups.set(name, group);
    group.files.push({
      key: record.key,
      sha256: inspection.sha256,
      fileDate: fileDate(splitLandingKey(record.key)?.name ?? '', record.modifiedAt),
      records: inspection.records,
      local: inspection.local,
    });
  }
  return [...groups.values()];
}

function numberedPrefixes(group: LoadGroup, context: LoadContext, index: number): LoadGroup {
  const attempt = `run=${context.runId}/${context.attempt}-${index}`;
  return {
    ...group,
    prefix: `bronze/${group.dataset.table}/${attempt}`,
    quarantinePrefix: `quarantine/${group.dataset.dataset}/${attempt}`,
  };
}

/** A slice is named by the folder that its files lie in, which no other attempt and partition has. */
function slices(parts: readonly LoadedPart[], columns: readonly Column[], runId: string): Slice[] {
  return parts.map((part) => {
    const key = part.files[0]?.key ?? '';
    const id = key.slice(0, key.lastIndexOf('/'));
    return {
      id,
      partition: { ...part.partition },
      runId,
      columns: columns.map(({ name, type }) => ({ name, type })),
      files: [...part.files],
      ...sizeOf(part.files),
      nulls: { ...part.nulls },
      fingerprint: id,
    };
  });
}

function append(tables: Map<TableName, Slice[]>, table: TableName, added: readonly Slice[]): void {
  if (added.length > 0) tables.set(table, [...(tables.get(table) ?? []), ...added]);
}

function verdictOf(candidate: Candidate, loaded: LoadedFile | undefined): CollectedFile {
  const { record, inspection, duplicateOf } = candidate;
  const common = {
    id: record.id,
    key: record.key,
    dataset: record.dataset,
    sha256: inspection?.sha256 ?? null,
    duplicateOf,
  };
  if (candidate.reasons.length > 0 || duplicateOf !== null || loaded === undefined) {
    const verdict = duplicateOf !== null ? 'duplicate' : 'rejected';
    return { ...common, verdict, counts: null, reasons: [...candidate.reasons] };
  }
  if (loaded.rejected.length > 0) {
    return { ...common, verdict: 'rejected', counts: loaded.counts, reasons: [...loaded.rejected, ...loaded.reasons] };
  }
  return { ...common, verdict: 'accepted', counts: loaded.counts, reasons: [...loaded.reasons] };
}
