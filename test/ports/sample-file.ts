import type { FileRecord } from '../../lambdas/domain/file-record.ts';

export function sampleFile(id: string, changes: Partial<FileRecord> = {}): FileRecord {
  return {
    id,
    key: `landing/sales/${id}.csv`,
    version: '12-34',
    bytes: 12,
    modifiedAt: '2025-06-30T08:00:00.000Z',
    dataset: 'sales',
    status: 'RECEIVED',
    receivedAt: '2025-06-30T10:00:00.000Z',
    updatedAt: '2025-06-30T10:00:00.000Z',
    runId: null,
    verdict: null,
    sha256: null,
    counts: null,
    reasons: [],
    duplicateOf: null,
    archivedTo: null,
    ...changes,
  };
}
