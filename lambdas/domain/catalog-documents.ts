import { z } from 'zod';
import { CorruptStateError, PublicationConflictError } from './errors.ts';
import type { CatalogPointer } from './publication.ts';

/** What `parse` makes of a stored document of the catalog. Throws CorruptStateError naming `place` when it cannot. */
export function parsedDocument<T>(place: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CorruptStateError(`${place} is damaged: ${why}`, {
      cause: error,
      advice:
        'Restore it from a backup or an older version, or go back to an older publication with `headwater rollback`.',
    });
  }
}

/** The catalog does not stand where the run that wants to switch it believes. */
export function switchConflict(expected: CatalogPointer, found: CatalogPointer): PublicationConflictError {
  return new PublicationConflictError(
    `The catalog was switched meanwhile: expected generation ${expected.generation} (${expected.current ?? 'nothing published'}), ` +
      `found ${found.generation} (${found.current ?? 'nothing published'}).`,
    { advice: 'Nothing was published; run again, and the work continues from the publication that came first.' },
  );
}
