import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

export type Coding = 'br' | 'gzip' | 'identity';

/** Smaller bodies do not gain. */
const smallestCoded = 1_024;

/** The coding that the client likes best of those offered; Accept-Encoding with weights. */
export function codingFor(accepted: string | undefined, bytes: number): Coding {
  if (accepted === undefined || bytes < smallestCoded) return 'identity';
  const weights = new Map(
    accepted.split(',').map((part) => {
      const [name = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters.map((each) => /^\s*q=([\d.]+)\s*$/.exec(each)?.[1]).find((each) => each !== undefined);
      // What is no number asks for nothing.
      return [name.trim(), weight === undefined ? 1 : Number(weight) || 0] as const;
    }),
  );
  const likes = (name: string) => weights.get(name) ?? weights.get('*') ?? 0;
  const best = Math.max(likes('br'), likes('gzip'));
  if (best <= 0) return 'identity';
  return likes('br') >= likes('gzip') ? 'br' : 'gzip';
}

/** Quick rather than small: responses are made one by one. */
export function coded(body: Uint8Array<ArrayBuffer>, coding: Coding): Uint8Array<ArrayBuffer> {
  if (coding === 'br') return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return coding === 'gzip' ? gzipSync(body, { level: 4 }) : body;
}
