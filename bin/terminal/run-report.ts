import type { FinishedRun } from '../run-pipeline.ts';
import { formatBytes, formatCount, formatSeconds } from './format.ts';
import { printable, textTable } from './text-table.ts';

const warningsShown = 40;

/** The end of a run for a person: stages, warnings, cost. */
export function runReport(finished: FinishedRun): string {
  const { record, publication } = finished;
  const right = 'right' as const;
  const table = textTable(
    [
      { title: 'stage' },
      { title: 'rows in', align: right },
      { title: 'rows out', align: right },
      { title: 'quarantined', align: right },
      { title: 'work s', align: right },
      { title: 'bytes', align: right },
    ],
    record.stages.map((stage) => [
      stage.stage,
      formatCount(stage.rowsIn),
      formatCount(stage.rowsOut),
      formatCount(stage.quarantined),
      stage.seconds.toFixed(1),
      formatBytes(stage.bytes),
    ]),
  );
  const elapsed = (Date.parse(record.finishedAt ?? record.startedAt) - Date.parse(record.startedAt)) / 1_000;
  return [
    `\nRun ${record.id}, as of ${record.asOf}: ${record.status} after ${formatSeconds(elapsed)}`,
    table,
    ...warnings(record.warnings),
    `Publication: ${publication ?? 'none yet'}`,
    ...cost(record.costUsd),
    '',
  ].join('\n');
}

function warnings(lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  const shown = lines.slice(0, warningsShown).map((line) => `  - ${printable(line)}`);
  const more =
    lines.length > warningsShown ? [`  … and ${lines.length - warningsShown} more: see \`headwater files\``] : [];
  return [`\nTo look at (${lines.length}):`, ...shown, ...more, ''];
}

function cost(usd: number | undefined): string[] {
  return usd === undefined
    ? []
    : [`On AWS this run would have cost about $${usd.toFixed(4)} (estimate: docs/cost.md).`];
}
