import { type EngineChoice, failsAgain, fitsDuckDb, inputBytes, isHarmless } from '../domain/engine-choice.ts';
import { ResourceExhaustedError } from '../domain/errors.ts';
import type { RunTicket } from '../domain/plan.ts';
import type { TableName } from '../domain/table.ts';
import type { LargerEngine, PipelinePorts } from '../ports/pipeline-ports.ts';
import type { Build, Built, Query, QueryResult, SqlEngine } from '../ports/sql-engine.ts';
import { RunState } from './run-state.ts';

/** Name of the cursor whose note says with how many bytes of input DuckDB failed to compute a table. */
const failureOf = (table: TableName) => `engine:${table}`;

type EnginePorts = Pick<PipelinePorts, 'engine' | 'larger' | 'lake' | 'cursors' | 'now'>;

/**
 * The engine of one run: DuckDB, or Athena for what outgrows it. A table that DuckDB could not compute, because it ran out of memory or
 * because the function died over it, is computed by Athena, in this run and later ones.
 */
export class RunEngine implements SqlEngine {
  readonly #ports: EnginePorts;
  readonly #larger: LargerEngine;
  readonly #choice: EngineChoice;
  readonly #state: RunState;
  #bytesScanned = 0;

  private constructor(ports: EnginePorts, larger: LargerEngine, run: RunTicket) {
    this.#ports = ports;
    this.#larger = larger;
    this.#choice = run.engine;
    this.#state = new RunState(ports.lake, run.runId);
  }

  /** Ports whose engine is this run's; where there is no larger one, they stay as they are. */
  static chosenFor<Ports extends EnginePorts>(
    ports: Ports,
    run: RunTicket,
  ): { ports: Ports; bytesScanned: () => number } {
    if (ports.larger === null) return { ports, bytesScanned: () => 0 };
    const engine = new RunEngine(ports, ports.larger, run);
    return { ports: { ...ports, engine }, bytesScanned: () => engine.#bytesScanned };
  }

  async materialise(build: Build, signal: AbortSignal): Promise<Built> {
    // Rows of code are in this process's memory, whatever the engine.
    if (build.rowsGiven !== undefined || this.#choice === 'duckdb') {
      return await this.#ports.engine.materialise(build, signal);
    }
    const bytes = inputBytes(build.inputs);
    if (await this.#outgrows(build.table, bytes)) return await this.#inAthena(build, signal);
    const isNoted = !isHarmless(bytes, this.#larger.limits);
    if (isNoted) await this.#state.saveTried(build.table);
    try {
      return await this.#ports.engine.materialise(build, signal);
    } catch (error) {
      if (!(error instanceof ResourceExhaustedError)) {
        if (isNoted) await this.#state.forgetTried(build.table);
        throw error;
      }
      await this.#remember(build.table, bytes);
      // DuckDB may have left something under the other prefix.
      const fresh = { prefix: `${build.prefix}-athena`, quarantinePrefix: `${build.quarantinePrefix}-athena` };
      return await this.#inAthena({ ...build, ...fresh }, signal);
    }
  }

  rows: SqlEngine['rows'] = (version, columns, signal) => this.#ports.engine.rows(version, columns, signal);

  async query(query: Query, signal?: AbortSignal): Promise<QueryResult> {
    const fits = fitsDuckDb(inputBytes(query.tables), this.#larger.limits);
    if (this.#choice === 'duckdb' || (this.#choice === 'auto' && fits)) {
      try {
        return await this.#ports.engine.query(query, signal);
      } catch (error) {
        if (!(error instanceof ResourceExhaustedError) || this.#choice === 'duckdb') throw error;
      }
    }
    const result = await this.#larger.engine.query(query, signal);
    this.#bytesScanned += result.bytesScanned ?? 0;
    return result;
  }

  async #inAthena(build: Build, signal: AbortSignal): Promise<Built> {
    await this.#state.saveUsedAthena();
    const built = await this.#larger.engine.materialise(build, signal);
    this.#bytesScanned += built.bytesScanned ?? 0;
    return built;
  }

  async #outgrows(table: TableName, bytes: number): Promise<boolean> {
    if (this.#choice === 'athena' || !fitsDuckDb(bytes, this.#larger.limits)) return true;
    // Whoever tried it in this run did not get to say how it ended: the function died.
    if (!isHarmless(bytes, this.#larger.limits) && (await this.#state.tried(table))) {
      await this.#remember(table, bytes);
      return true;
    }
    const note = (await this.#ports.cursors.get(failureOf(table)))?.note ?? null;
    return note !== null && failsAgain(bytes, note);
  }

  async #remember(table: TableName, bytes: number): Promise<void> {
    await this.#ports.cursors.note(failureOf(table), String(bytes), this.#ports.now().toISOString());
  }
}
