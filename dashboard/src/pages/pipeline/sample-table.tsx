import { SimpleTable } from '../../components/simple-table.tsx';
import { unknown } from '../../format/figures.ts';

type Row = Readonly<Record<string, unknown>>;

/** Rows as text: those that are JSON objects as a table of their columns, others as they are. */
export function SampleTable({ sample }: { readonly sample: readonly string[] }) {
  const rows = sampleRows(sample);
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <SimpleTable
      caption="Table of failing rows"
      columns={names.map((name, index) => ({
        name,
        title: name,
        isRowName: index === 0,
        cell: (row: Row) => textOf(row[name]),
      }))}
      rows={rows}
      rowKey={(row) => JSON.stringify(row)}
    />
  );
}

/** One object for each row. */
export function sampleRows(sample: readonly string[]): readonly Row[] {
  return sample.map(rowOf);
}

function rowOf(text: string): Row {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Row;
  } catch {
    // Not JSON: shown as it is.
  }
  return { row: text };
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return unknown;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
