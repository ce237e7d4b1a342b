import type { Check } from './model.ts';

/** One @ between a local part and a host name with a dot; what mail servers take besides is not worth a false alarm less. */
const emailPattern = "[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+([.][A-Za-z0-9-]+)*[.][A-Za-z]{2,}";

/** Warns of texts in a column that are no e-mail addresses. */
export function emailCheck(column: string): Check {
  const description = `${column} has the form of an e-mail address`;
  return { check: 'pattern', severity: 'warn', column, pattern: emailPattern, description };
}
