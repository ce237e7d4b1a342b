import { stableHash } from '../../domain/stable-hash.ts';
import type { SnapshotMeta } from '../../ports/serving-store.ts';

/** Raised when the same publication comes to be shown otherwise. */
const shape = 1;

/**
 * A tag for what a request is answered with: of one snapshot (a publication may get a new one from a newer program), in one state of the
 * actions, for one view, at one address.
 */
export function tagOf(served: Pick<SnapshotMeta, 'runId' | 'sha256'> | null, parts: readonly string[]): string {
  const hash = stableHash([shape, served?.sha256 ?? '', ...parts].join('\n')).slice(0, 16);
  return `${served?.runId ?? 'none'}-${hash}`;
}

/** The header: a strong tag also says in which coding the bytes are. */
export function etagHeader(tag: string, coding: string): string {
  return coding === 'identity' ? `"${tag}"` : `"${tag}-${coding}"`;
}

/** The tag by which the client has it already, in whatever coding; null when it has not, or asks for anything there is (`*`). */
export function knownTag(ifNoneMatch: string | undefined, tag: string): string | null {
  for (const each of (ifNoneMatch ?? '').split(',')) {
    const known = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(each)?.[1];
    if (known?.replace(/-(gzip|br)$/, '') === tag) return `"${known}"`;
  }
  return null;
}

/** Whether the client wants nothing of whatever there is: to be asked once it is known that there is something. */
export function isContentWithAnyTag(ifNoneMatch: string | undefined): boolean {
  return ifNoneMatch?.trim() === '*';
}
