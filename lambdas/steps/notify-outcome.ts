import { splitLandingKey } from '../domain/file-name.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { ClosedRun } from './closed-run.ts';

/** Tells the owner of each dataset about refused files and rows, and the platform team about a run that did not publish. */
export async function notifyOutcome(ports: PipelinePorts, closed: ClosedRun): Promise<void> {
  const { record, files } = closed;
  if (record.error !== null) {
    await ports.notifier.notify({
      severity: 'failure',
      title: `Run ${record.id} ${record.status.toLowerCase()}`,
      body: `${record.error.name}: ${record.error.message}`,
      runId: record.id,
    });
  }
  for (const dataset of ports.configuration.datasets) {
    const own = files.filter((file) => splitLandingKey(file.key)?.dataset === dataset.dataset);
    const rejected = own.filter((file) => file.verdict === 'rejected');
    const rows = own.reduce((sum, file) => sum + (file.counts?.quarantined ?? 0), 0);
    if (rejected.length === 0 && rows === 0) continue;
    await ports.notifier.notify({
      severity: 'warning',
      title: `${dataset.dataset}: ${rejected.length} files rejected, ${rows} rows quarantined`,
      body: rejected.map((file) => `${file.key}: ${file.reasons.map((reason) => reason.message).join(' ')}`).join('\n'),
      recipient: dataset.owner,
      runId: record.id,
    });
  }
}
