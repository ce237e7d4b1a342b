import { setTimeout as wait } from 'node:timers/promises';

export interface TrinoResult {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  /** Values as Trino sends them: decimals, dates and timestamps are text, integers numbers, and text where a number would lose digits. */
  readonly rows: readonly (readonly unknown[])[];
  /** Bytes read from files. */
  readonly bytesRead: number;
}

interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly { readonly name: string; readonly type: string }[];
  readonly data?: readonly (readonly unknown[])[];
  readonly stats?: { readonly physicalInputBytes?: number };
  readonly error?: { readonly message: string; readonly errorName: string };
}

/** What a query failed with; `errorName` is Trino's: SYNTAX_ERROR, TYPE_MISMATCH … */
export class TrinoError extends Error {
  readonly errorName: string;

  constructor(errorName: string, message: string, sql: string) {
    super(`${message}\nin: ${sql}`);
    this.name = 'TrinoError';
    this.errorName = errorName;
  }
}

/** Trino's statement protocol: one POST, then a chain of pages. Names without a catalog are in `hive`. */
export class TrinoClient {
  private readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Runs one statement to its end. Throws TrinoError; an aborted signal cancels it on the server too. */
  async execute(sql: string, signal?: AbortSignal): Promise<TrinoResult> {
    const headers = {
      'X-Trino-User': 'test',
      'X-Trino-Catalog': 'hive',
      'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Client-Capabilities': 'PARAMETRIC_DATETIME',
    };
    let page = await request(`${this.url}/v1/statement`, { method: 'POST', headers, body: sql });
    let columns: TrinoResult['columns'] = [];
    const rows: (readonly unknown[])[] = [];
    while (true) {
      if (page.error !== undefined) throw new TrinoError(page.error.errorName, page.error.message, sql);
      columns = page.columns ?? columns;
      for (const row of page.data ?? []) rows.push(row);
      if (page.nextUri === undefined) return { columns, rows, bytesRead: page.stats?.physicalInputBytes ?? 0 };
      if (signal?.aborted) {
        await fetch(page.nextUri, { method: 'DELETE' });
        signal.throwIfAborted();
      }
      page = await request(page.nextUri, {});
    }
  }
}

function exact(_key: string, value: unknown, { source }: { source?: string } = {}): unknown {
  const losesDigits = typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);
  return losesDigits && source !== undefined ? source : value;
}

/** A busy server answers 502, 503 or 504: the same page is asked for again. */
async function request(url: string, options: RequestInit): Promise<Page> {
  for (let attempt = 0; ; attempt += 1) {
    const reply = await fetch(url, options);
    if (reply.ok) return JSON.parse(await reply.text(), exact) as Page;
    if (reply.status < 502 || attempt === 20) throw new Error(`Trino answers ${reply.status}: ${await reply.text()}`);
    await wait(100);
  }
}
