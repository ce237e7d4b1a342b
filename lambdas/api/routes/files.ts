import type { z } from 'zod';
import type { FileRecord } from '../../domain/file-record.ts';
import { fileSchema, quarantineRowSchema } from '../contract/files.ts';
import type { Reply, Route, RouteRequest } from '../route.ts';
import { anyOf, equal, exportOf, type ListDeclaration, listRoute } from './list-route.ts';
import { pageOf } from './page-of-rows.ts';

const filesKnown = 10_000;

export const listFiles: Route = {
  answer: async (request) => {
    const { q, status, dataset } = request.query;
    const statuses = status === undefined ? null : String(status).split(',');
    const text = q === undefined ? undefined : String(q);
    const found = (await request.ports.files.find({ text, limit: filesKnown })).filter(
      (file) =>
        (statuses === null || statuses.includes(file.status)) && (dataset === undefined || file.dataset === dataset),
    );
    if (request.wantsCsv) {
      const rows = found.map((file) => JSON.stringify(rowOf(file)));
      return { body: exportOf('files', Object.keys(fileSchema.shape), [rows]) };
    }
    const page = pageOf(request, found, false);
    return { body: JSON.stringify({ ...page, data: page.data.map(rowOf) }) };
  },
};

function rowOf(file: FileRecord): z.infer<typeof fileSchema> {
  const { counts } = file;
  return {
    file_id: file.id,
    key: file.key,
    dataset: file.dataset,
    status: file.status,
    bytes: file.bytes,
    received_at: file.receivedAt,
    updated_at: file.updatedAt,
    run_id: file.runId,
    rows_read: counts?.read ?? null,
    rows_loaded: counts?.loaded ?? null,
    rows_quarantined: counts?.quarantined ?? null,
    duplicate_suspects: counts?.duplicateSuspects ?? null,
    duplicate_of: file.duplicateOf,
    archived_to: file.archivedTo,
    reasons: file.reasons.map(({ code, message, line, rows }) => ({
      code,
      message,
      line: line ?? null,
      rows: rows ?? null,
    })),
  };
}

const declaration: ListDeclaration = {
  collection: 'quarantine',
  filters: { table: equal('table_name'), reason: anyOf('reasons') },
  facets: ['table_name', 'source_file', 'reasons'],
  csv: { name: 'quarantine', row: quarantineRowSchema },
};

type StoredRow = z.infer<typeof quarantineRowSchema> & { readonly file_sha256: string | null };

/** Rows of silver know their file by its hash only; the ledger knows its key. */
export const listQuarantine: Route = {
  answer: async (request): Promise<Reply> => {
    const files = await request.ports.files.find({ limit: filesKnown });
    const keys = new Map(files.flatMap(({ sha256, key }) => (sha256 === null ? [] : [[sha256, key] as const])));
    const named = (row: string) => JSON.stringify(withFile(JSON.parse(row) as StoredRow, keys));
    const { body } = await listRoute(filtered(request, files)).answer(request);
    if (typeof body !== 'string') return { body: { ...body, rows: mapped(body.rows, named) } };
    const list = JSON.parse(body) as { data: StoredRow[]; facets?: Record<string, unknown> };
    const { table_name, source_file, reasons } = list.facets ?? {};
    const facets = list.facets === undefined ? {} : { facets: { table: table_name, source_file, reason: reasons } };
    return { body: JSON.stringify({ ...list, data: list.data.map((row) => withFile(row, keys)), ...facets }) };
  },
};

function filtered({ query }: RouteRequest, files: readonly FileRecord[]): ListDeclaration {
  if (query.file === undefined) return declaration;
  const hashes = files
    .filter(({ key, sha256 }) => key === query.file && sha256 !== null)
    .map(({ sha256 }) => String(sha256));
  return { ...declaration, filters: { ...declaration.filters, file: () => ({ column: 'file_sha256', any: hashes }) } };
}

function withFile(
  { file_sha256, ...row }: StoredRow,
  keys: ReadonlyMap<string, string>,
): z.infer<typeof quarantineRowSchema> {
  return { ...row, source_file: row.source_file ?? keys.get(file_sha256 ?? '') ?? null };
}

function* mapped(parts: Iterable<readonly string[]>, change: (row: string) => string): Generator<readonly string[]> {
  for (const part of parts) yield part.map(change);
}
