import { z } from 'zod';

/**
 * What a column tells about a person, which decides its mask in the layer `analytics`; `text` is free text in which persons may be
 * named, and `none` says that a column is not personal although its name looks so.
 */
const personalMarks = ['name', 'email', 'phone', 'address', 'text', 'none'] as const;
export type PersonalMark = (typeof personalMarks)[number];

export const personalMarkSchema = z.enum(personalMarks);

/** For the published JSON Schemas. */
export const personalMarkText =
  'privacy class, which decides how analysts see it; text: free text that may name persons; none: not personal';

const suspicious =
  /(^|_)(names?|full_?name|e?mail|emails|phones?|mobile|fax|address|street|subject|title|description|message|reason|comments?|notes?|evidence|contact|birth(day|date)?)(_|$)/;

/** True where a column of that name may well be personal data, so that somebody has to say whether it is. */
export function looksPersonal(column: string): boolean {
  return suspicious.test(column) && !/_(id|ids|sk|key|count|on|at|date)$/.test(column);
}
