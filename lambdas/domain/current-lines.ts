import { z } from 'zod';
import type { CatalogPointer, Publication } from './publication.ts';

/**
 * The one object whose replacement publishes a run: JSON Lines, a line per (table, slice). Every line repeats the pointer, so that the
 * first one suffices to read it.
 */
const lineSchema = z.object({
  /** Null only in the single line of a publication without any slice. */
  table_name: z.string().nullable(),
  slice: z.string().nullable(),
  publication: z.string().min(1),
  newest: z.string().min(1),
  generation: z.int().positive(),
});

type Line = z.infer<typeof lineSchema>;

export function currentLines(publication: Publication, newest: string, generation: number): string {
  const pointer = { publication: publication.id, newest, generation };
  const lines: Line[] = publication.tables.flatMap((version) =>
    version.slices.map((slice) => ({ table_name: version.table, slice: slice.id, ...pointer })),
  );
  if (lines.length === 0) lines.push({ table_name: null, slice: null, ...pointer });
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** Reads the pointer back. Throws SyntaxError or ZodError when the text is not such lines. */
export function parsePointer(text: string): CatalogPointer {
  const end = text.indexOf('\n');
  const line = lineSchema.parse(JSON.parse(end === -1 ? text : text.slice(0, end)));
  return { generation: line.generation, current: line.publication, newest: line.newest };
}
