import type { Draft } from './record-files.ts';

/** Audit fields of a record; times are seconds since 1970. */
export function audit(created: number, modified: number, userId: string): Draft {
  return {
    IsDeleted: false,
    CreatedDate: created,
    CreatedById: userId,
    LastModifiedDate: modified,
    LastModifiedById: userId,
    SystemModstamp: modified,
  };
}
