import { stableHash } from '../../domain/stable-hash.ts';

/** Raised when the same publication comes to be shown otherwise. */
const shape = 1;

/** A tag for what a request is answered with: of one publication, in one state of the actions, for one view, at one address. */
export function tagOf(runId: string | null, parts: readonly string[]): string {
  return `${runId ?? 'none'}-${stableHash([shape, ...parts].join('\n')).slice(0, 16)}`;
}

/** The header: a strong tag also says in which coding the bytes are. */
export function etagHeader(tag: string, coding: string): string {
  return coding === 'identity' ? `"${tag}"` : `"${tag}-${coding}"`;
}

/** The tag by which the client has it already, in whatever coding; null when it has not. */
export function knownTag(ifNoneMatch: string | undefined, tag: string): string | null {
  for (const each of (ifNoneMatch ?? '').split(',')) {
    if (each.trim() === '*') return `"${tag}"`;
    const known = /^\s*(?:W\/)?"([^"]*)"\s*$/.exec(each)?.[1];
    if (known?.replace(/-(gzip|br)$/, '') === tag) return `"${known}"`;
  }
  return null;
}
