import { fileReason, type LocatedReason } from '../../domain/reasons.ts';
import type { LineShift } from '../../domain/structure.ts';

/** What the content of a file turned out to be. */
export interface Content {
  /** Empty when the file can be loaded. */
  readonly reasons: readonly LocatedReason[];
  readonly header: readonly string[];
  readonly records: number;
  readonly lineShifts: readonly LineShift[];
  /** True when what was read lies in the copy, and the original itself is not readable as it is. */
  readonly copied: boolean;
  /** True when the readable file must be copied again with LF at the end of every line. */
  readonly needsLfCopy: boolean;
}

/** Takes in the bytes of one file, chunk by chunk. No content makes it throw; a failing disk does. */
export interface Intake {
  /** True when further chunks are ignored. */
  readonly stopped: boolean;
  push(chunk: Uint8Array): Promise<void>;
  finish(): Promise<Content>;
  /** Gives back what is held open, also after a failure. */
  close(): void;
}

/** The content of a file that cannot be taken. */
export function rejected(reasons: readonly LocatedReason[]): Content {
  return { reasons, header: [], records: 0, lineShifts: [], copied: false, needsLfCopy: false };
}

export function emptyFile(message: string): Content {
  return rejected([fileReason('EMPTY_FILE', message)]);
}
