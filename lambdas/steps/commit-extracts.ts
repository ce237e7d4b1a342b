import type { ExtractOutcome } from '../domain/outcomes.ts';
import { cursorNames } from '../domain/salesforce-source.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import { keepLease } from './lease.ts';

/**
 * Moves the cursors on, after the rows have become part of the lake: until then a run that fails leaves them where they were, and the next
 * one reads the window again. May be called again at any time. Throws LeaseLostError rather than touch what the run that took over notes.
 */
export async function commitExtracts(
  ports: PipelinePorts,
  run: RunTicket,
  outcomes: readonly ExtractOutcome[],
): Promise<void> {
  const updatedAt = ports.now().toISOString();
  for (const { object, status, window, refreshedAt, reconciledAt, fields } of outcomes) {
    if (status !== 'EXTRACTED' || window === null) continue;
    const reached: [string, string | null][] = [
      [cursorNames.window(object), window.to],
      [cursorNames.refresh(object), refreshedAt],
      [cursorNames.reconcile(object), reconciledAt],
    ];
    await keepLease(ports, run);
    for (const [source, value] of reached) {
      if (value !== null) await ports.cursors.advance({ source, value, updatedAt });
    }
    await ports.cursors.note(cursorNames.fields(object), JSON.stringify(fields), updatedAt);
    await ports.cursors.note(cursorNames.window(object), null, updatedAt);
    ports.crash('publish-run:cursor-advanced');
  }
}
