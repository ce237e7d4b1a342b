import type { Lake } from '../ports/lake.ts';
import { readText } from '../steps/run-state.ts';

/** What runs wrote below `ops/` when they closed. */
export type OpsRow = Readonly<Record<string, string | number | boolean | null>>;

/** Runs whose rows are kept in memory. */
const keptRuns = 200;

/** Reads rows of the ops tables, run by run; of a run that was closed more than once the last closing counts. */
export class OpsRows {
  readonly #lake: Lake;
  readonly #kept = new Map<string, { key: string; rows: OpsRow[] }>();

  constructor(lake: Lake) {
    this.#lake = lake;
  }

  async of(table: 'run' | 'quality_results' | 'extract_status' | 'file_status', runId: string): Promise<OpsRow[]> {
    const prefix = `ops/${table}/${runId}/`;
    let newest: { key: string; token: number } | null = null;
    for await (const { key } of this.#lake.list(prefix)) {
      const token = Number.parseInt(key.slice(prefix.length), 10);
      if (newest === null || token > newest.token) newest = { key, token };
    }
    if (newest === null) return [];
    const known = this.#kept.get(prefix);
    if (known?.key === newest.key) return known.rows;
    const text = (await readText(this.#lake, newest.key)) ?? '';
    const rows = text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as OpsRow);
    if (this.#kept.size >= keptRuns) this.#kept.delete(this.#kept.keys().next().value ?? '');
    this.#kept.set(prefix, { key: newest.key, rows });
    return rows;
  }
}
