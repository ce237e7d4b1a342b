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

/** Takes the documents of a part of the ranks in any order, and writes them block by block. Parts must not share a block. */
export class DocumentBlocks {
  readonly #blocks = new Map<number, string[]>();
  readonly #insert: StatementSync;

  constructor(database: DatabaseSync, collection: string, document: string) {
    this.#insert = database.prepare(`insert into "${documentTable(collection, document)}" values (?, ?)`);
  }

  add(rank: number, body: string): void {
    const block = this.#blocks.get(blockOf(rank)) ?? Array.from({ length: blockRanks }, () => '');
    block[placeOf(rank)] = body.includes('\n') ? body.replaceAll('\n', ' ') : body;
    this.#blocks.set(blockOf(rank), block);
  }

  write(): void {
    for (const [number, bodies] of [...this.#blocks].toSorted(([a], [b]) => a - b)) {
      this.#insert.run(number, deflateRawSync(bodies.join('\n'), { level: 1 }));
    }
    this.#blocks.clear();
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

/** Ranks of one statement: bounds the memory that lists of a row's events need. Whole blocks. */
export const rankStep = 2_500 * blockRanks;
