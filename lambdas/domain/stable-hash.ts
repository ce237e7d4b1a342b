/** Per 32-bit lane: multiplier, rotation of the block's word, rotation of the state, constant added. */
const lanes = [
  { factor: 0x239b961b, wordTurn: 15, stateTurn: 19, added: 0x561ccd1b },
  { factor: 0xab0e9789, wordTurn: 16, stateTurn: 17, added: 0x0bcaa747 },
  { factor: 0x38b34ae5, wordTurn: 17, stateTurn: 15, added: 0x96cd1c35 },
  { factor: 0xa1e38b93, wordTurn: 18, stateTurn: 13, added: 0x32ac3b17 },
] as const;

const encoder = new TextEncoder();

/**
 * A 128-bit hash of a text as 32 lower-case hex digits: MurmurHash3_x86_128, seed 0, of the text's UTF-8 bytes. It never changes, so
 * it may be stored. It is NOT cryptographic: whoever wants two texts with the same hash can make them; do not use it for secrets,
 * signatures or to tell hostile contents apart (for contents of files there is SHA-256 in the adapters).
 * Source: Austin Appleby, smhasher, MurmurHash3.cpp (public domain).
 */
export function stableHash(text: string): string {
  const bytes = text.isWellFormed() ? encoder.encode(text) : generalisedUtf8(text);
  const state = new Uint32Array(4);
  const whole = bytes.length - (bytes.length % 16);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let offset = 0; offset < whole; offset += 16) {
    for (let lane = 0; lane < 4; lane += 1) {
      mixWord(state, lane, view.getUint32(offset + 4 * lane, true));
      const { stateTurn, added } = laneAt(lane);
      state[lane] = Math.imul(rotate(at(state, lane), stateTurn) + at(state, (lane + 1) % 4), 5) + added;
    }
  }
  // Zero bytes leave the state alone, so the rest can be padded to a block.
  const rest = new Uint8Array(16);
  rest.set(bytes.subarray(whole));
  const restView = new DataView(rest.buffer);
  for (let lane = 0; lane < 4; lane += 1) mixWord(state, lane, restView.getUint32(4 * lane, true));
  return finish(state, bytes.length);
}

function mixWord(state: Uint32Array, lane: number, word: number): void {
  const { factor, wordTurn } = laneAt(lane);
  const mixed = Math.imul(rotate(Math.imul(word, factor), wordTurn), laneAt((lane + 1) % 4).factor);
  state[lane] = at(state, lane) ^ mixed;
}

function finish(state: Uint32Array, length: number): string {
  const spread = () => {
    state[0] = at(state, 0) + at(state, 1) + at(state, 2) + at(state, 3);
    for (let lane = 1; lane < 4; lane += 1) state[lane] = at(state, lane) + at(state, 0);
  };
  for (let lane = 0; lane < 4; lane += 1) state[lane] = at(state, lane) ^ length;
  spread();
  for (let lane = 0; lane < 4; lane += 1) state[lane] = avalanche(at(state, lane));
  spread();
  return Array.from(state, (word) => word.toString(16).padStart(8, '0')).join('');
}

function avalanche(word: number): number {
  const first = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  const second = Math.imul(first ^ (first >>> 13), 0xc2b2ae35);
  return second ^ (second >>> 16);
}

function rotate(word: number, bits: number): number {
  return (word << bits) | (word >>> (32 - bits));
}

function at(words: Uint32Array, index: number): number {
  return words[index] ?? 0;
}

function laneAt(index: number): (typeof lanes)[number] {
  return lanes[index] ?? lanes[0];
}

/**
 * UTF-8 that also encodes halves of surrogate pairs (WTF-8). TextEncoder turns each of them into the same U+FFFD, and object keys that
 * differ only there would get equal hashes.
 */
function generalisedUtf8(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    if (point >= 0xd800 && point <= 0xdfff) {
      bytes.push(0xe0 | (point >> 12), 0x80 | ((point >> 6) & 0x3f), 0x80 | (point & 0x3f));
    } else bytes.push(...encoder.encode(character));
  }
  return Uint8Array.from(bytes);
}
