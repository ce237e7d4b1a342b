import { z } from 'zod';
import { CorruptStateError } from '../../domain/errors.ts';

/** Parses a record's JSON column. `what` names the record in the error. */
export function storedRecord<T>(schema: z.ZodType<T>, text: unknown, what: string): T {
  try {
    return schema.parse(JSON.parse(z.string().parse(text)));
  } catch (error) {
    const why = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new CorruptStateError(`The ledger's record of ${what} is damaged: ${why}`, { cause: error });
  }
}
