import { mkdir, rename, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

/** A file as a producer drops it. */
export interface DropFile {
  readonly dataset: string;
  readonly name: string;
  /** The file's day, `YYYY-MM-DD`: its modification time is that day at 23:00 UTC. */
  readonly date: string;
  readonly content: string | Uint8Array;
}

/** Path below the bucket, as the truth file names it. */
export function dropKey(dataset: string, name: string): string {
  return `landing/${dataset}/${name}`;
}

/** The content under a name that says how it is packed. Node's gzip header has no time, so equal text gives equal bytes. */
export function packed(text: string, gzip: boolean): string | Uint8Array {
  return gzip ? gzipSync(text) : text;
}

/** Writes drops below one folder, which stands for the raw bucket, and counts them. */
export class DropFolder {
  readonly #folder: string;
  readonly #datasets = new Set<string>();
  files = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async write({ dataset, name, date, content }: DropFile): Promise<void> {
    const landing = join(this.#folder, 'landing', dataset);
    if (!this.#datasets.has(dataset)) await mkdir(landing, { recursive: true });
    this.#datasets.add(dataset);
    await writeWhole(landing, name, date, content);
    this.files++;
  }

  /** Writes a truth file beside the drops. */
  async writeTruth(truth: { readonly lastDay: string }, name = 'truth.json'): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    await writeWhole(this.#folder, name, truth.lastDay, `${JSON.stringify(truth, null, 2)}\n`);
  }
}

/** Complete when it appears: a listener never sees a file that is still growing or still has the wrong time. */
async function writeWhole(folder: string, name: string, date: string, content: string | Uint8Array): Promise<void> {
  const growing = join(folder, `.${name}.partial`);
  const time = new Date(`${date}T23:00:00Z`);
  await writeFile(growing, content);
  await utimes(growing, time, time);
  await rename(growing, join(folder, name));
}
