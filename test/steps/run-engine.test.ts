import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryCursors } from '../../lambdas/adapters/memory/cursors.ts';
import { MemoryLake } from '../../lambdas/adapters/memory-lake.ts';
import type { EngineChoice } from '../../lambdas/domain/engine-choice.ts';
import { InterruptedError, ModelError, ResourceExhaustedError } from '../../lambdas/domain/errors.ts';
import type { TableVersion } from '../../lambdas/domain/table.ts';
import type { Build, Built, SqlEngine } from '../../lambdas/ports/sql-engine.ts';
import { RunEngine } from '../../lambdas/steps/run-engine.ts';
import { RunState } from '../../lambdas/steps/run-state.ts';

const signal = new AbortController().signal;
const megabyte = 1_048_576;
const limits = { memory: 100 * megabyte, disk: 100 * megabyte };
const nothing: Built = { slices: [], quarantine: [], reasons: [] };

let calls: string[];
/** What DuckDB does next; null to succeed. */
let fault: Error | null;
let ports: Parameters<typeof RunEngine.chosenFor>[0];

function engine(name: string, failure: () => Error | null): SqlEngine {
  const call = async <T>(what: string, answer: T) => {
    calls.push(`${name} ${what}`);
    const error = failure();
    if (error !== null) throw error;
    return answer;
  };
  return {
    materialise: (build) => call(build.prefix, { ...nothing, ...(name === 'athena' ? { bytesScanned: 7 } : {}) }),
    rows: () => call('rows', []),
    query: () =>
      call('query', { columns: [], rows: [], truncated: false, ...(name === 'athena' ? { bytesScanned: 5 } : {}) }),
  };
}

function input(megabytes: number): TableVersion {
  const bytes = megabytes * megabyte;
  const slice = {
    id: 's',
    partition: {},
    runId: 'r',
    columns: [],
    files: [],
    rows: 1,
    bytes,
    nulls: {},
    fingerprint: '',
  };
  return { table: 'bronze.sale', columns: [], partitionBy: [], slices: [slice] };
}

function build(megabytes: number, changes: Partial<Build> = {}): Build {
  return {
    table: 'silver.sale',
    columns: [],
    partitionBy: [],
    sql: 'select 1',
    quarantines: false,
    inputs: [input(megabytes)],
    parameters: [],
    runId: 'run-1',
    asOf: '2025-06-30',
    prefix: 'silver/sale/1',
    quarantinePrefix: 'quarantine/sale/1',
    ...changes,
  };
}

/** The engine as a stage of a run sees it; every call is a new function with no memory of its own. */
function stage(choice: EngineChoice = 'auto', runId = 'run-1') {
  return RunEngine.chosenFor(ports, { runId, asOf: '2025-06-30', fencingToken: 1, rebuild: false, engine: choice });
}
const materialise = (megabytes: number, choice?: EngineChoice, runId?: string) =>
  stage(choice, runId).ports.engine.materialise(build(megabytes), signal);

beforeEach(() => {
  calls = [];
  fault = null;
  ports = {
    engine: engine('duckdb', () => fault),
    larger: { engine: engine('athena', () => null), limits },
    lake: new MemoryLake(),
    cursors: new MemoryCursors(),
    now: () => new Date('2025-06-30T00:00:00Z'),
  };
});

describe('the engine of a run', () => {
  it('is DuckDB for what fits, and Athena for what does not', async () => {
    await materialise(5);
    await materialise(50);
    expect(calls).toEqual(['duckdb silver/sale/1', 'athena silver/sale/1']);
  });

  it('is what the run is told', async () => {
    await materialise(50, 'duckdb');
    await materialise(1, 'athena');
    expect(calls).toEqual(['duckdb silver/sale/1', 'athena silver/sale/1']);
    fault = new ResourceExhaustedError('no memory');
    await expect(materialise(50, 'duckdb')).rejects.toThrow('no memory');
  });

  it('is Athena after DuckDB ran out of memory, under a fresh prefix, and from then on', async () => {
    fault = new ResourceExhaustedError('no memory');
    await materialise(5);
    fault = null;
    await materialise(5, 'auto', 'run-2');
    await materialise(3, 'auto', 'run-2');
    expect(calls).toEqual([
      'duckdb silver/sale/1',
      'athena silver/sale/1-athena',
      'athena silver/sale/1',
      'duckdb silver/sale/1',
    ]);
    expect(await new RunState(ports.lake, 'run-2').usedAthena()).toBe(true);
  });

  it('is Athena after the function died over a table', async () => {
    const dead = new Promise<Built>(() => {});
    const materialiseForever: SqlEngine['materialise'] = () => dead;
    const dying = { ...ports, engine: { ...ports.engine, materialise: materialiseForever } };
    const run = { runId: 'run-1', asOf: '2025-06-30', fencingToken: 1, rebuild: false, engine: 'auto' as const };
    void RunEngine.chosenFor(dying, run).ports.engine.materialise(build(5), signal);
    await expect.poll(() => new RunState(ports.lake, 'run-1').tried('silver.sale')).toBe(true);
    await materialise(5);
    await materialise(5, 'auto', 'run-2');
    expect(calls).toEqual(['athena silver/sale/1', 'athena silver/sale/1']);
  });

  it.each([new ModelError('wrong'), new InterruptedError('stopped')])('stays DuckDB after %s', async (error) => {
    fault = error;
    await expect(materialise(5)).rejects.toThrow(error);
    fault = null;
    await materialise(5);
    expect(calls).toEqual(['duckdb silver/sale/1', 'duckdb silver/sale/1']);
  });

  it('leaves rows of code to DuckDB', async () => {
    await stage('athena').ports.engine.materialise(build(50, { rowsGiven: [] }), signal);
    await stage('athena').ports.engine.rows(input(50), []);
    expect(calls).toEqual(['duckdb silver/sale/1', 'duckdb rows']);
  });

  it('answers queries by the same rules, and adds up what Athena read', async () => {
    const { ports: own, bytesScanned } = stage();
    const query = (megabytes: number) => own.engine.query({ sql: 'select 1', tables: [input(megabytes)] });
    await query(5);
    await query(50);
    fault = new ResourceExhaustedError('no memory');
    await query(5);
    await own.engine.materialise(build(50), signal);
    expect(calls).toEqual(['duckdb query', 'athena query', 'duckdb query', 'athena query', 'athena silver/sale/1']);
    expect(bytesScanned()).toBe(17);
  });

  it('is the only one where there is no other', async () => {
    const alone = { ...ports, larger: null };
    const run = { runId: 'run-1', asOf: '2025-06-30', fencingToken: 1, rebuild: false, engine: 'auto' as const };
    expect(RunEngine.chosenFor(alone, run).ports).toBe(alone);
  });
});
