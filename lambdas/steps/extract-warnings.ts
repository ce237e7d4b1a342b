import type { ExtractOutcome } from '../domain/outcomes.ts';

/** One line per object that is not up to date, and per field that changed. */
export function extractWarnings(extracts: readonly ExtractOutcome[]): string[] {
  return extracts.flatMap((extract) => [
    ...(extract.message === null ? [] : [`${extract.object}: ${extract.status}: ${extract.message}`]),
    ...(extract.mended === 0 || extract.reconciledAt === null
      ? []
      : [`${extract.object}: an audit found ${extract.mended} outdated records and read them again`]),
    ...extract.changes.map(({ field, change, before, after }) => {
      const types = change === 'retyped' ? ` from ${before} to ${after}` : '';
      return `${extract.object}.${field} was ${change}${types} in the org; adapt config/mappings where silver needs it`;
    }),
  ]);
}
