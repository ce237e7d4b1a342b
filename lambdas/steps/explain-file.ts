import type { FileRecord } from '../domain/file-record.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { SqlParser } from '../ports/sql-parser.ts';
import { queryLake, readableTables } from './query-lake.ts';

export interface ExplainedFile {
  readonly record: FileRecord;
  /** The first quarantined rows, while collecting and in silver. */
  readonly quarantined: readonly { line: string; reasons: string; raw: string }[];
}

const filesShown = 5;
const rowsShown = 5;

/** The newest files whose key contains the text, with their quarantined rows. */
export async function explainFile(ports: PipelinePorts, parser: SqlParser, text: string): Promise<ExplainedFile[]> {
  const files = await ports.files.find({ text, limit: filesShown });
  const readable = await readableTables(ports);
  const explained: ExplainedFile[] = [];
  for (const record of files) {
    const dataset = ports.configuration.datasets.find((candidate) => candidate.dataset === record.dataset);
    const sources = [
      { table: `quarantine.${dataset?.dataset}`, raw: '_raw' },
      { table: `quarantine.silver_${dataset?.table}`, raw: "'set aside in silver'" },
    ].filter(({ table }) => readable.has(table));
    const quarantined: { line: string; reasons: string; raw: string }[] = [];
    for (const { table, raw } of sources) {
      if (record.sha256 === null) continue;
      const sql = `select _source_line, _reasons, ${raw} from ${table} where _file_sha256 = '${record.sha256}' order by 1 limit ${rowsShown}`;
      const { rows } = await queryLake(ports, parser, sql);
      for (const [line, reasons, shown] of rows) {
        quarantined.push({ line: String(line), reasons: String(reasons), raw: String(shown) });
      }
    }
    explained.push({ record, quarantined });
  }
  return explained;
}
