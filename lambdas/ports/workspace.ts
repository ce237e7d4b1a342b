/**
 * Local files for an engine that reads and writes paths. On a laptop the lake's folders are used in place; on AWS objects are
 * downloaded to, and uploaded from, the function's temporary storage.
 */
export interface Workspace {
  /** Local path of an object of the processed bucket, for reading. */
  pull(key: string): Promise<string>;
  /** A fresh, empty local folder that stands for a key prefix of the processed bucket. */
  target(prefix: string): Promise<string>;
  /** Makes everything below the target durable under its prefix. */
  push(prefix: string): Promise<void>;
  /** A local folder for intermediate files; emptied by `clear`. */
  scratch(): Promise<string>;
  /** Removes this workspace's intermediate files; called after every step, also after a failed one. Concurrent users need one workspace each. */
  clear(): Promise<void>;
}
