import type { FileReasonCode } from '../../lambdas/domain/reasons.ts';

/** Name, content, the first reason against it, and the line that the reason must name; without line it must name none. */
export type RefusedFile = readonly [name: string, body: string | Uint8Array, code: FileReasonCode, line?: number];
