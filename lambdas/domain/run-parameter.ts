import type { ColumnType } from './column-type.ts';

/** One column of the one-row table `run.parameters`; what the SQL engines call a Parameter. */
export interface RunParameter {
  readonly name: string;
  readonly type: ColumnType;
  readonly value: string;
}
