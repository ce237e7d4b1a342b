import type { PersonalMark } from './personal-data.ts';

interface Mask {
  readonly sql: (column: string) => string;
  /** What is left, behind the column's description. */
  readonly leaves: string;
}

/**
 * What is left of personal data for analysts, in the dialect of both engines. A value of another form than its class has leaves
 * nothing: what is not understood is not shown.
 */
export const masks: Readonly<Record<Exclude<PersonalMark, 'none'>, Mask>> = {
  name: {
    // In two steps, since one pattern for both takes ten times as long: words become initials, then everything between them goes.
    sql: (column) =>
      `case when regexp_like(${column}, '[\\p{L}\\p{N}]') then regexp_replace(` +
      `regexp_replace(replace(${column}, '.', ' '), '([\\p{L}\\p{N}])[\\p{L}\\p{N}\\p{M}]*', '$1.'), '[^\\p{L}\\p{N}.]+', '') end`,
    leaves: 'initials only',
  },
  email: {
    sql: (column) => `'***@' || regexp_extract(${column}, '@([A-Za-z0-9.-]+)[^@]*\\z', 1)`,
    leaves: 'domain only',
  },
  phone: {
    sql: (column) => {
      const digits = `regexp_replace(${column}, '[^0-9]', '')`;
      return `case when length(${digits}) >= 7 then '***' || substr(${digits}, length(${digits}) - 1) end`;
    },
    leaves: 'the last two digits only',
  },
  address: {
    // The last part may be the postal code, also with the city in it; what stands before a code counts only if it has no number.
    sql: (column) =>
      `coalesce(nullif(trim(regexp_replace(regexp_extract(${column}, ',([^,]*)\\z', 1), '[^ ]*[0-9][^ ]*', '')), ''), ` +
      `nullif(trim(regexp_extract(${column}, ',([^,0-9]+),[^,]*\\z', 1)), ''))`,
    leaves: 'the city only: what stands behind the last comma, without numbers, or before the postal code',
  },
  text: { sql: () => 'cast(null as varchar)', leaves: 'left out: it may name persons' },
};
