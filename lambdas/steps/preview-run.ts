import type { FileVerdict } from '../domain/file-record.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { type Candidate, inspectFile, markDuplicates } from './inspect-files.ts';
import { received } from './register-files.ts';

export interface PreviewedFile {
  readonly key: string;
  readonly bytes: number;
  readonly verdict: FileVerdict;
  readonly records: number;
  readonly reasons: readonly string[];
}

/** What a run would make of the files in landing/, by name, envelope, structure and header. Takes no lease and writes nothing. */
export async function previewRun(ports: PipelinePorts, signal: AbortSignal): Promise<PreviewedFile[]> {
  const batch = await ports.drops.begin();
  try {
    const candidates: Candidate[] = [];
    for await (const object of ports.raw.list('landing/')) {
      if (object.key.endsWith('/.keep')) continue;
      const record = received(object, ports.now().toISOString());
      candidates.push(await inspectFile(ports, batch, record, signal));
    }
    await markDuplicates(ports.files, candidates);
    return candidates.map(previewed);
  } finally {
    await batch.end();
  }
}

function previewed(candidate: Candidate): PreviewedFile {
  const { record, inspection, reasons, duplicateOf } = candidate;
  const verdict = reasons.length > 0 ? 'rejected' : duplicateOf === null ? 'accepted' : 'duplicate';
  const why = reasons.map((reason) => `${reason.code}: ${reason.message}`);
  return {
    key: record.key,
    bytes: record.bytes,
    verdict,
    records: inspection?.records ?? 0,
    reasons: duplicateOf === null ? why : [...why, `same content as ${duplicateOf}`],
  };
}
