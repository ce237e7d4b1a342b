/** Why a file was rejected or a row quarantined; the code is stable, the message is for people. */
export interface LocatedReason {
  /** Upper-case code, for example MISSING_COLUMN; row codes name their column: `RANGE(price)`. */
  readonly code: string;
  /** What was expected, what came, what to do. */
  readonly message: string;
  /** Line of the file where it was seen, where there is one. */
  readonly line?: number | undefined;
  /** How many rows it concerns, for row reasons. */
  readonly rows?: number | undefined;
}

/** Codes that reject a whole file, with what they mean; the README and `explain file` print these. */
export const fileReasonCodes = {
  VANISHED: 'the file was removed or replaced before it could be read',
  UNKNOWN_DATASET: 'no contract in config/sources has this folder name',
  WRONG_NAME: "the file's name does not fit the contract's pattern",
  UNSAFE_KEY: 'the object key has parts no store should accept',
  EMPTY_FILE: 'the file has no bytes, or a header and no record',
  TOO_LARGE: "the file is larger than the contract's limit",
  WRONG_FORMAT: 'the first bytes are not those of the declared format',
  CORRUPT_GZIP: 'the gzip stream is broken or truncated',
  EXPANSION_LIMIT: 'the file unpacks to more than the limits allow',
  WRONG_ENCODING: "the bytes are not valid in the contract's encoding",
  NUL_BYTE: 'the text has a NUL byte',
  BROKEN_QUOTING: 'a quote opens or closes where it must not',
  FIELD_COUNT: "a record has more or fewer fields than the file's header",
  FIELD_TOO_LONG: 'a field is longer than the limit',
  TOO_MANY_COLUMNS: 'the header has more columns than the limit',
  INVALID_JSON: 'a line is not one JSON object',
  CORRUPT_PARQUET: 'the Parquet file cannot be read',
  UNSUPPORTED_TYPE: 'a Parquet column has a type that cannot become text',
  DUPLICATE_COLUMN: 'a column name stands twice in the header',
  UNNAMED_COLUMN: 'a header field is empty',
  WRONG_COLUMN: 'a column of a Data Export has a name that no field can have',
  MISSING_COLUMN: 'a mandatory column is not in the header',
  COUNT_MISMATCH: 'two independent readers count different numbers of records',
  UNREADABLE: 'the engine cannot read the file although its structure is sound',
  TOO_MANY_BAD_ROWS: "the share of bad rows is above the contract's threshold",
} as const;

export type FileReasonCode = keyof typeof fileReasonCodes;

export function fileReason(code: FileReasonCode, message: string, line?: number): LocatedReason {
  return line === undefined ? { code, message } : { code, message, line };
}
