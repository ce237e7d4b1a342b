import { fileReason } from '../../domain/reasons.ts';
import type { LoadFile, LoadGroup } from '../../ports/drop-reader.ts';
import type { StagedFile } from './judge-files.ts';

/** A group whose files can tell whether they are still those that were inspected. */
export interface WatchedGroup extends LoadGroup {
  readonly isChanged: (file: LoadFile) => Promise<boolean>;
}

export const vanished = fileReason(
  'VANISHED',
  'The file was removed or replaced while it was read; what lies in landing/ is taken next.',
);

/** Refuses files that changed meanwhile: what was staged of one may be half of the old and half of the new. */
export async function withoutChanged(group: WatchedGroup, staged: readonly StagedFile[]): Promise<StagedFile[]> {
  const kept = staged.map(async (file) => {
    const source = group.files[file.index];
    if (source === undefined || file.judged.rejected.length > 0 || !(await group.isChanged(source))) return file;
    const counts = { read: source.records, loaded: 0, quarantined: 0, duplicateSuspects: 0, dropped: 0 };
    return { ...file, judged: { ...file.judged, rejected: [vanished], counts, reasons: [] } };
  });
  return await Promise.all(kept);
}
