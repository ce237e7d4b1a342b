import { servingPointerKey, servingPointerSchema } from '../domain/serving/serving-pointer.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { readText } from './run-state.ts';

/**
 * Snapshots that nobody is served from: those of publications other than the current and the newest, which a rollback leads back from.
 * An older one is made anew when a rollback asks for it. Young ones stay, as somebody may be about to switch to them.
 */
export async function oldSnapshots(
  { lake, catalog, now }: Pick<PipelinePorts, 'lake' | 'catalog' | 'now'>,
  graceMilliseconds: number,
): Promise<{ key: string; bytes: number }[]> {
  const { current, newest } = await catalog.pointer();
  const served = await servedRun(lake);
  const kept = new Set([current, newest, served]);
  const settled = now().getTime() - graceMilliseconds;
  const old: { key: string; bytes: number }[] = [];
  for await (const { key, bytes, modifiedAt } of lake.list('serving/')) {
    const [, publication = ''] = key.split('/');
    if (key === servingPointerKey || kept.has(publication) || Date.parse(modifiedAt) > settled) continue;
    old.push({ key, bytes });
  }
  return old;
}

async function servedRun(lake: PipelinePorts['lake']): Promise<string | null> {
  const text = await readText(lake, servingPointerKey);
  if (text === null) return null;
  try {
    return servingPointerSchema.parse(JSON.parse(text)).run_id;
  } catch {
    // Not readable: the next run writes it anew, and the catalog says what is kept.
    return null;
  }
}
