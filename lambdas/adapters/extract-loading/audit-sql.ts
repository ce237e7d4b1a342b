import { exportFolder } from '../../domain/salesforce-export.ts';
import type { Extract } from '../../ports/extract-loader.ts';
import { bulkCsv } from './page-tables.ts';
import { identifier, literal } from '../../domain/sql-text.ts';

/**
 * SELECTs of the Ids that differ between the org (`paths`, CSV files with the columns `fields`, the first of them Id) and bronze
 * (`known` and `deletions`, as SELECTs): what silver shows and the org does not have, and what was not extracted as the org has it now.
 * Versions from a Data Export only count for the first.
 */
export function auditSql(
  audit: Pick<Extract, 'object' | 'fields'> & { readonly paths: readonly string[] },
  sources: { readonly known: string; readonly deletions: string; readonly knownColumns: ReadonlySet<string> },
): { absent: string; stale: string } {
  const fields = audit.fields.map((field) => field.toLowerCase());
  const org = fields.map((field, index) => `r${index} as ${identifier(field)}`).join(', ');
  const stamp = sources.knownColumns.has('systemmodstamp') ? 'substr(systemmodstamp, 1, 19)' : 'cast(null as varchar)';
  const exported = `_source_system = ${literal(exportFolder)}`;
  const order = `${stamp} desc, (${exported}), _extracted_at desc, _run_id desc`;
  const common = `with org as (select ${org} from ${bulkCsv(audit.paths, fields.length)}),
    version as (select * from (${sources.known})),
    gone as (
      select id, max(_extracted_at) as found_at, max(substr(deleted_at, 1, 19)) as deleted_at
      from (${sources.deletions}) as deletion where object = ${literal(audit.object)} group by id
    ),
    standing as (
      select newest.* from (
        select * from version where not ${exported} qualify row_number() over (partition by id order by ${order}) = 1
      ) as newest
      left join gone on gone.id = newest.id
      where gone.id is null or gone.found_at < newest._extracted_at
    ),
    alive as (
      select newest.id from (
        select *, ${stamp} as stamp from version qualify row_number() over (partition by id order by ${order}) = 1
      ) as newest
      left join gone on gone.id = newest.id
      where gone.id is null or (gone.found_at < newest._extracted_at and not (${exported} and coalesce(gone.deleted_at >= stamp, true)))
    )`;
  const compared = fields
    .slice(1)
    .map((field) =>
      sources.knownColumns.has(field)
        ? `${normal('org', field)} is distinct from ${normal('standing', field)}`
        : `org.${identifier(field)} is not null`,
    );
  const differs = ['standing.id is null', ...compared].join(' or ');
  return {
    absent: `${common} select id from alive where id not in (select id from org) order by id`,
    stale: `${common} select org.id from org left join standing on standing.id = org.id where ${differs} order by org.id`,
  };
}

/** Time stamps are compared without their notation of the zone, which is always UTC. */
function normal(table: string, field: string): string {
  const column = `${table}.${identifier(field)}`;
  return field === 'systemmodstamp' ? `substr(${column}, 1, 19)` : column;
}
