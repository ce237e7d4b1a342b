import type { Lake } from '../../lambdas/ports/lake.ts';

export interface LakeHarness {
  readonly lake: Lake;
  /** Puts an object there as a producer would, past the port; false when the store cannot hold such a key. */
  plant(key: string, body: string): Promise<boolean>;
  /** True where keys that differ only in their Unicode form are one name, as on a Mac's file system. */
  readonly foldsUnicode?: boolean;
  /** True for a store whose version is a hash of the content: S3 without KMS, as its imitations are. */
  readonly versionsFollowContent?: boolean;
  dispose(): Promise<void>;
}

export async function textOf(lake: Lake, key: string): Promise<string> {
  return (await bytesOf(lake, key)).toString('utf8');
}

export async function bytesOf(lake: Lake, key: string): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(lake.read(key)));
}

export async function keysOf(lake: Lake, prefix: string): Promise<string[]> {
  return (await Array.fromAsync(lake.list(prefix))).map(({ key }) => key);
}

export function byBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
