import type { ExtractPart, ExtractProgress } from '../domain/extract-progress.ts';
import { soqlOf } from '../domain/extract-window.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { ExtractContext } from './extract-context.ts';
import { keepLease } from './lease.ts';

/** Notes how far the reading is; whoever lost the lease must not overwrite what the holder notes. */
export async function noteProgress(context: ExtractContext, progress: ExtractProgress): Promise<ExtractProgress> {
  const { ports, run, declared } = context;
  await keepLease(ports, run);
  await ports.cursors.note(cursorNames.window(declared.object), JSON.stringify(progress), ports.now().toISOString());
  return progress;
}

export function withPart(progress: ExtractProgress, index: number, part: ExtractPart): ExtractProgress {
  return { ...progress, parts: progress.parts.with(index, part) };
}

export function soqlFor({ declared }: ExtractContext, progress: ExtractProgress, range: ExtractPart): string {
  const { fields, cursorField, window } = progress;
  return soqlOf({ object: declared.object, fields, cursorField, window, range });
}
