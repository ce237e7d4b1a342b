import type { PipelinePorts } from '../ports/pipeline-ports.ts';
import type { Parameter } from '../ports/sql-engine.ts';

/** The one row of `run.parameters`: the configuration's values and the run's date. */
export function runParameters(ports: PipelinePorts, asOf: string): Parameter[] {
  return [{ name: 'as_of', type: 'date', value: asOf }, ...ports.configuration.parameters];
}
