import { linesTables } from '../domain/lines-table.ts';
import type { Publication } from '../domain/publication.ts';
import { layerOf, type TableName, type TableVersion } from '../domain/table.ts';
import type { PipelinePorts } from '../ports/pipeline-ports.ts';

/** The layer that analysts read: gold with personal data masked. */
export const analystsLayer = 'analytics';

/** Makes everything that analysts may read of a publication readable, before it is switched to: nobody sees it until then. */
export async function readySlices(ports: PipelinePorts, { tables }: Publication): Promise<void> {
  await ports.analysts.addLines(linesTables);
  await ports.analysts.addSlices(tables.filter(isForAnalysts));
}

/** Lets analysts see what the catalog says is current, whatever moved it. */
export async function showCurrent(ports: PipelinePorts, signal?: AbortSignal): Promise<void> {
  const { current } = await ports.catalog.pointer();
  if (current === null) return;
  const { tables } = await ports.catalog.load(current);
  await ports.analysts.switchTo(tables.filter(isForAnalysts), signal);
}

/** Adds the ids of the slices of a publication that analysts can read, by table. */
export function addAnalystSlices(known: Map<TableName, Set<string>>, { tables }: Publication): void {
  for (const { table, slices } of tables.filter(isForAnalysts)) {
    known.set(table, new Set([...(known.get(table) ?? []), ...slices.map(({ id }) => id)]));
  }
}

function isForAnalysts({ table }: TableVersion): boolean {
  return layerOf(table) === analystsLayer;
}
