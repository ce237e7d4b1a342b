import type { RunRecord } from '../../domain/run-record.ts';
import { runRecordSchema } from '../../domain/run-record-schema.ts';
import type { Runs } from '../../ports/runs.ts';
import { storedRecord } from '../ledger-records/stored-record.ts';
import { expiryOf } from './expiry.ts';
import type { Item, LedgerTable } from './ledger-table.ts';

const partition = 'RUN';

export class DynamoDbRuns implements Runs {
  readonly #table: LedgerTable;

  constructor(table: LedgerTable) {
    this.#table = table;
  }

  async save(run: RunRecord): Promise<void> {
    const expiry = run.finishedAt === null ? {} : { ttl: expiryOf(run.finishedAt) };
    await this.#table.put({ pk: partition, sk: run.id, record: JSON.stringify(run), ...expiry });
  }

  async get(id: string): Promise<RunRecord | null> {
    const item = await this.#table.get(partition, id);
    return item === null ? null : runOf(item);
  }

  async list(limit: number): Promise<RunRecord[]> {
    const runs: RunRecord[] = [];
    if (limit <= 0) return runs;
    for await (const item of this.#table.query(partition, { descending: true })) {
      runs.push(runOf(item));
      if (runs.length >= limit) break;
    }
    return runs;
  }
}

function runOf(item: Item): RunRecord {
  return storedRecord(runRecordSchema, item.record, `run ${item.sk}`);
}
