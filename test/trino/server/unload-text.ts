/** What Athena's UNLOAD is asked to do. */
export interface UnloadText {
  readonly select: string;
  /** `s3://bucket/prefix/` */
  readonly target: string;
  readonly partitionedBy: readonly string[];
}

/** Reads an UNLOAD of Parquet with ZSTD, the only one that is written here; null for another statement. */
export function readUnload(sql: string): UnloadText | null {
  const shape =
    /^UNLOAD \(([\s\S]*)\) TO '([^']+)' WITH \(format = 'PARQUET', compression = 'ZSTD'(?:, partitioned_by = ARRAY\[([^\]]*)\])?\)$/;
  const [, select, target, keys] = shape.exec(sql) ?? [];
  if (select === undefined || target === undefined) return null;
  const partitionedBy = keys === undefined ? [] : [...keys.matchAll(/'([^']+)'/g)].map(([, key]) => key ?? '');
  return { select, target, partitionedBy };
}
