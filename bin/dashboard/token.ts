import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether the header `Authorization: Bearer …` carries the token; how long the answer takes tells nothing of it. */
export function isToken(header: string | null, token: string): boolean {
  const given = /^Bearer ([^\s]+)$/.exec(header ?? '')?.[1] ?? '';
  return timingSafeEqual(hash(given), hash(token));
}

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
