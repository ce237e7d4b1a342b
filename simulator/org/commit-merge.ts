import type { DuckDBConnection } from '@duckdb/node-api';
import type { ObjectShape } from './object-shape.ts';
import { literal, quoted, storedFields } from './org-tables.ts';
import { stampsLater } from './stamps.ts';

/**
 * Merges the one staged pair: the loser goes into the recycle bin and points to the winner, and every record that referred to the
 * loser refers to the winner and is stamped.
 */
export async function commitMerge(
  connection: DuckDBConnection,
  shapes: readonly ObjectShape[],
  shape: ObjectShape,
): Promise<void> {
  for (const child of shapes) {
    for (const field of storedFields(child)) {
      if (!field.referenceTo.includes(shape.name) || field.name === 'MasterRecordId') continue;
      const column = quoted(field.name);
      // A winner that was the loser's child would become its own parent.
      const sets = [`${column} = nullif(stage."Id", record."Id")`, ...stampsLater(child, '_stamp')];
      await connection.run(
        `update data.${quoted(child.name)} as record set ${sets.join(', ')} from stage where record.${column} = stage._loser`,
      );
    }
  }
  const table = `data.${quoted(shape.name)}`;
  const winner = stampsLater(shape, '_stamp').join(', ');
  await connection.run(`update ${table} as record set ${winner} from stage where record."Id" = stage."Id"`);
  await connection.run(
    `insert into meta.deletion select ${literal(shape.name)}, _loser, _stamp, false
     from stage join ${table} as record on record."Id" = _loser where not record."IsDeleted"`,
  );
  await connection.run(
    `update ${table} as record set "IsDeleted" = true, "MasterRecordId" = stage."Id", ${winner}
     from stage where record."Id" = stage._loser`,
  );
}
