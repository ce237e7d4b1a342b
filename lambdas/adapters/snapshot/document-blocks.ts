import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { documentTable } from './snapshot-tables.ts';

/**
 * Documents of neighbouring ranks are packed together: alike as they are, sixteen take a quarter of the room of single ones, and half the
 * time. A line each; JSON has no line ends inside.
 */
const blockRanks = 16;

const blockOf = (rank: number) => Math.floor((rank - 1) / blockRanks);
const placeOf = (rank: number) => (rank - 1) % blockRanks;

/** Takes documents in the order of their ranks, and writes a block whenever it is full. */
export class DocumentBlocks {
  readonly #insert: StatementSync;
  #block = -1;
  #bodies: string[] = [];

  constructor(database: DatabaseSync, collection: string, document: string) {
    this.#insert = database.prepare(`insert into "${documentTable(collection, document)}" values (?, ?)`);
  }

  /** Throws when the rank comes too late: its block has been written then. */
  add(rank: number, body: string): void {
    if (blockOf(rank) !== this.#block) {
      this.end();
      this.#block = blockOf(rank);
      this.#bodies = Array.from({ length: blockRanks }, () => '');
    }
    this.#bodies[placeOf(rank)] = body.includes('\n') ? body.replaceAll('\n', ' ') : body;
  }

  /** Writes the block begun last. */
  end(): void {
    if (this.#bodies.length > 0) this.#insert.run(this.#block, deflateRawSync(this.#bodies.join('\n'), { level: 1 }));
    this.#bodies = [];
  }
}

/** Number of the block that has the document of a rank. */
export function documentBlock(rank: number): number {
  return blockOf(rank);
}

/** The document of that rank from its block; null when it has none. */
export function documentIn(block: Uint8Array, rank: number): string | null {
  const text = inflateRawSync(block).toString('utf8');
  let start = 0;
  for (let place = placeOf(rank); place > 0; place -= 1) start = text.indexOf('\n', start) + 1;
  const end = text.indexOf('\n', start);
  const body = text.slice(start, end === -1 ? undefined : end);
  return body === '' ? null : body;
}
