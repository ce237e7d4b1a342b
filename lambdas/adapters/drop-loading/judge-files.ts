import { fileReason, type LocatedReason } from '../../domain/reasons.ts';
import type { LoadedFile, LoadGroup } from '../../ports/drop-reader.ts';
import type { DuckDbSession } from '../duckdb/session.ts';

/** What the staged table says about one file. */
export interface StagedFile {
  readonly index: number;
  /** rowid of the file's first record. */
  readonly first: number;
  readonly judged: LoadedFile;
}

/** Counts the staged records per file and decides which files stand: equal counts of both readers, and few enough bad rows. */
export async function judgeFiles(session: DuckDbSession, group: LoadGroup): Promise<StagedFile[]> {
  await session.run(duplicatesSql);
  const counts = await session.rows(
    `select _fi, count(*) as read, count(_reasons) as bad, min(rowid) as first from staged group by _fi`,
  );
  const byFile = new Map(counts.map((row) => [Number(row._fi), row]));
  const suspects = new Map(
    (await session.rows('select _fi, count(*) as n, count_if(good) as good from duplicate_record group by _fi')).map(
      (row) => [Number(row._fi), { all: Number(row.n), good: Number(row.good) }],
    ),
  );
  const reasons = await rowReasons(session);
  return group.files.map((file, index) => {
    const row = byFile.get(index);
    const read = Number(row?.read ?? 0);
    const bad = Number(row?.bad ?? 0);
    const duplicates = suspects.get(index) ?? { all: 0, good: 0 };
    const dropped = group.dataset.duplicates === 'exact' ? duplicates.good : 0;
    const rejected = rejections(group, file.records, read, bad);
    return {
      index,
      first: Number(row?.first ?? 0),
      judged: {
        key: file.key,
        rejected,
        counts:
          rejected.length > 0
            ? { read: file.records, loaded: 0, quarantined: 0, duplicateSuspects: 0, dropped: 0 }
            : { read, loaded: read - bad - dropped, quarantined: bad, duplicateSuspects: duplicates.all, dropped },
        reasons: reasons.get(index) ?? [],
      },
    };
  });
}

/** Rows that repeat an earlier line of their file: equal hashes first (cheap), then their order. */
const duplicatesSql = `create or replace temp table duplicate_record as
select _fi, record, good from (
  select _fi, rowid as record, _reasons is null as good, row_number() over (partition by _fi, _row_hash order by rowid) as copy
  from staged
  semi join (select _fi, _row_hash from staged group by _fi, _row_hash having count(*) > 1) using (_fi, _row_hash)
) where copy > 1`;

function rejections(group: LoadGroup, expected: number, read: number, bad: number): LocatedReason[] {
  if (group.dataset.file.format !== 'parquet' && read !== expected) {
    return [
      fileReason(
        'COUNT_MISMATCH',
        `The structure check counts ${expected} records, the loader ${read}; the file is not taken, since one of them misreads it.`,
      ),
    ];
  }
  if (read === 0) return [fileReason('EMPTY_FILE', 'The file has no record.')];
  const limit = group.dataset.reject_above;
  if (bad / read > limit) {
    return [
      fileReason(
        'TOO_MANY_BAD_ROWS',
        `${bad} of ${read} rows (${((100 * bad) / read).toFixed(1)} %) are bad; the contract allows ${(100 * limit).toFixed(1)} %. Correct the rows and drop the file again.`,
      ),
    ];
  }
  return [];
}

async function rowReasons(session: DuckDbSession): Promise<Map<number, LocatedReason[]>> {
  const rows = await session.rows(
    `select s._fi, reason, count(*) as n, min(s.rowid - f.first) as record
     from (select _fi, rowid, unnest(string_split(_reasons, ', ')) as reason from staged where _reasons is not null) s
     join (select _fi, min(rowid) as first from staged group by _fi) f using (_fi)
     group by s._fi, reason order by s._fi, n desc, reason`,
  );
  const byFile = new Map<number, LocatedReason[]>();
  for (const row of rows) {
    const list = byFile.get(Number(row._fi)) ?? [];
    byFile.set(Number(row._fi), list);
    list.push({
      code: String(row.reason),
      message: `${row.n} ${Number(row.n) === 1 ? 'row' : 'rows'}, first at record ${Number(row.record) + 1}`,
      rows: Number(row.n),
    });
  }
  return byFile;
}
