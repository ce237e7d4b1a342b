import type { FileRecord } from '../../lambdas/domain/file-record.ts';
import { readableTables } from '../../lambdas/steps/query-lake.ts';
import type { FaultHome } from './fault-home.ts';

/** What differs from run to run though the content is the same. */
const runColumns = ['_run_id', '_as_of', '_extracted_at'];

/** What a reader sees and the ledger says, without anything that tells which run did it. */
export interface LakeState {
  /** Of every published table (bronze, silver, gold, quarantine) the rows as JSON, sorted. */
  readonly tables: Readonly<Record<string, readonly string[]>>;
  /** Every file by its key, with what became of it. */
  readonly files: Readonly<Record<string, object>>;
}

export async function lakeState(pipeline: FaultHome): Promise<LakeState> {
  const files = await everyFile(pipeline);
  return {
    tables: await publishedRows(pipeline),
    files: Object.fromEntries(files.map((file) => [file.key, finding(file)])),
  };
}

export async function everyFile(pipeline: FaultHome): Promise<FileRecord[]> {
  return await pipeline.ports.files.find({ limit: 10_000 });
}

async function publishedRows(pipeline: FaultHome): Promise<Record<string, string[]>> {
  const rows: Record<string, string[]> = {};
  for (const [name, version] of await readableTables(pipeline.ports)) {
    if (name.startsWith('ops.')) continue;
    const columns = version.columns
      .filter((column) => !runColumns.includes(column.name))
      .map(({ name }) => `"${name}"`);
    const sql = `select ${columns.join(', ')} from ${name}`;
    const result = await pipeline.ports.engine.query({ sql, tables: [version] });
    rows[name] = result.rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return rows;
}

function finding({ status, verdict, dataset, bytes, sha256, counts, reasons, duplicateOf }: FileRecord): object {
  return { status, verdict, dataset, bytes, sha256, counts, reasons, duplicateOf };
}
