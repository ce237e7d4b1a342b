import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { wholeRange } from '../../lambdas/domain/extract-progress.ts';
import { cursorNames } from '../../lambdas/domain/salesforce-source.ts';
import { runLocally } from '../../lambdas/pipeline/run-locally.ts';
import { readSettings } from '../../lambdas/wiring/config.ts';
import { openLocal } from '../../lambdas/wiring/local.ts';

/**
 * Extraction of all accounts by the pipeline itself: `node bench/extract/our-extraction.ts <home> <org as JSON>`. The bulk job is made and
 * waited for first, since preparing the results is the server's work; the pipeline then finds it in the ledger, as after an
 * interruption, and the time of its stage `extract-object` counts.
 */
const [home = '', org = ''] = process.argv.slice(2);
const { secret, fields } = JSON.parse(org) as { secret: object; fields: string[] };
const overlay = join(home, 'config');
await mkdir(join(overlay, 'sources'), { recursive: true });
const source = {
  owner: 'bench@example.com',
  secret: 'bench',
  api_version: '62.0',
  objects: [{ object: 'Account', fields }],
};
await writeFile(join(overlay, 'sources', 'salesforce.json'), JSON.stringify(source));
const environment = { HEADWATER_SECRET_BENCH: JSON.stringify({ flow: 'jwt', ...secret }) };
const settings = { ...readSettings({ home, config: overlay, org: 'bench' }), environment };
const pipeline = await openLocal(settings, { compressed: false });
const { signal } = new AbortController();
const { crm, cursors, configuration } = pipeline.ports;
if (crm === null) throw new Error('no org');
const to = '2025-07-01T05:59:00Z';
const preparing = performance.now();
const jobId = await crm.bulk.start(`SELECT ${fields.join(', ')} FROM Account WHERE SystemModstamp < ${to}`, signal);
const job = await crm.bulk.follow(jobId, 600, signal);
const preparedSeconds = (performance.now() - preparing) / 1_000;
const startedAt = new Date().toISOString();
const progress = {
  runId: 'bench',
  fields,
  cursorField: 'SystemModstamp',
  window: { from: null, to },
  startedAt,
  bulk: true,
  parts: [{ ...wholeRange, jobId, jobStartedAt: startedAt }],
  slices: [],
  carried: [],
  carriedRead: 0,
  auditJobId: null,
  afterAudit: false,
};
await cursors.note(cursorNames.window('Account'), JSON.stringify(progress), startedAt);
const ports = { ...pipeline.ports, configuration: { ...configuration, models: [] } };
const { error } = await runLocally(ports, { asOf: '2025-06-30', rebuild: false, resume: null }, signal);
if (error !== null) throw error;
const [record] = await ports.runs.list(1);
const stage = record?.stages.find((one) => one.stage === 'extract-object');
const tables = (await ports.catalog.load(record?.id ?? '')).tables;
const slices = tables.find(({ table }) => table === 'bronze.salesforce_account')?.slices ?? [];
await pipeline.close();
process.stdout.write(
  `${JSON.stringify({
    promised: job.state === 'complete' ? job.records : null,
    rows: slices.reduce((sum, slice) => sum + slice.rows, 0),
    preparedSeconds,
    seconds: stage?.seconds,
    maxRssMegabytes: process.resourceUsage().maxRSS / 1_000,
  })}\n`,
);
