import type { ExtractHome } from './extract-home.ts';

/** What is current by bronze: the newest version of each record, unless it was found deleted for good since. */
function currentSql(object: string, table: string): string {
  return `with newest as (
      select *, row_number() over (
        partition by id order by substr(systemmodstamp, 1, 19) desc, _extracted_at desc, _run_id desc
      ) as recency
      from bronze.${table}
    ),
    gone as (
      select id, max(_extracted_at) as found_at from bronze.salesforce_deletion where object = '${object}' group by id
    )
    select newest.* from newest left join gone on gone.id = newest.id
    where recency = 1 and (gone.id is null or gone.found_at < newest._extracted_at)`;
}

/** One line per record and field in which the lake and the org's own tables differ; empty when they agree. */
export async function orgDifferences(
  home: Pick<ExtractHome, 'rows' | 'database'>,
  object: string,
  table: string,
): Promise<string[]> {
  const lake = new Map((await home.rows(currentSql(object, table))).map((row) => [String(row.id), row]));
  const reader = await home.database.connection.runAndReadAll(`select * from org."${object}"`);
  const org = new Map(reader.getRowObjectsJson().map((row) => [String(row.Id), row]));
  // Formulas that silver does not read are not kept up to date.
  const unread = new Set(
    home.database.shape(object).fields.flatMap(({ name, calculated }) => (calculated ? [name] : [])),
  );
  const differences: string[] = [];
  for (const [id, row] of org) {
    const copy = lake.get(id);
    if (copy === undefined) {
      differences.push(`${object} ${id}: missing in the lake`);
      continue;
    }
    for (const [field, value] of Object.entries(row)) {
      if (unread.has(field)) continue;
      const [own, other] = [comparable(value), comparable(copy[field.toLowerCase()] ?? null)];
      if (own !== other) differences.push(`${object} ${id}.${field}: org ${own}, lake ${other}`);
    }
  }
  for (const id of lake.keys()) if (!org.has(id)) differences.push(`${object} ${id}: not in the org`);
  return differences;
}

/** Times, numbers and booleans as both sides mean them; all else as it is. */
function comparable(value: unknown): string {
  if (value === null || value === undefined || value === '') return 'null';
  const text = String(value);
  if (/^\d{4}-\d{2}-\d{2}[ T]\d{2}:\d{2}:\d{2}/.test(text)) return text.slice(0, 19).replace('T', ' ');
  if (/^-?\d+(\.\d+)?$/.test(text) && !/^0\d/.test(text)) return String(Number(text));
  return text;
}
