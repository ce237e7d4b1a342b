import type { CodeInput, CodeModel, InputRow } from '../domain/code-model.ts';
import { ModelError } from '../domain/errors.ts';
import type { Model } from '../domain/model.ts';
import type { TableName, TableVersion } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** Rows that a code model gave for each of its tables. */
export type CodeResult = ReadonlyMap<TableName, readonly object[]>;

/** Code models that have run for a layer: one makes several tables, and is asked once. */
export type CodeResults = Map<string, Promise<CodeResult>>;

/** Lets go of the rows of a model's code once no model to come is made of them: there may be millions. */
export function releaseResult(results: CodeResults, { code }: Model, toCome: readonly Model[]): void {
  if (code !== undefined && !toCome.some((model) => model.code?.name === code.name)) results.delete(code.name);
}

/** Reads what a code model needs from the given versions, and computes its tables. Throws ModelError. */
export async function runCodeModel(
  ports: PipelinePorts,
  code: CodeModel,
  versions: readonly TableVersion[],
  asOf: string,
  signal: AbortSignal,
): Promise<CodeResult> {
  const { configuration } = ports;
  const rows = new Map<TableName, readonly InputRow[]>();
  for (const input of code.inputs(configuration)) rows.set(input.table, await readRows(ports, input, versions, signal));
  try {
    const given = <Row>(table: TableName) => (rows.get(table) ?? []) as readonly unknown[] as readonly Row[];
    return code.compute(given, { configuration, asOf });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new ModelError(`The code model ${code.name} fails: ${message}`, { cause: error });
  }
}

/** The rows of one input, from the version of it among those given. */
export async function readRows(
  ports: Pick<PipelinePorts, 'engine'>,
  { table, columns }: CodeInput,
  versions: readonly TableVersion[],
  signal: AbortSignal,
): Promise<InputRow[]> {
  const version = versions.find((one) => one.table === table);
  return version === undefined ? [] : await ports.engine.rows(version, columns, signal);
}
