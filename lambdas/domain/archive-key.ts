import { keyProblem } from './object-key.ts';
import { stableHash } from './stable-hash.ts';

/** What the file of reasons beside a rejected original is called: the original's key with this behind it. */
export const reasonsSuffix = '.reasons.json';

const encoder = new TextEncoder();
const landingPattern = /^landing\/([^/]+)\/(.+)$/s;
const hashFolder = /^~[0-9a-f]{32}(\/|$)/;
const largestReserve = 150;

/**
 * Where the original of a dropped file goes: `archive/<dataset>/<runId>/<rest of the path>`. Total: whatever a producer managed to
 * name a file, the result is a safe key with room for a suffix of `reserve` bytes. Names that cannot stay as they are (unsafe,
 * too long, without dataset, or such as this function makes itself) go to `<area>/<dataset or _>/<runId>/~<hash of the key>/<cleaned name>`.
 * Different landing keys of a run get different results.
 */
export function archiveKey(
  area: 'archive' | 'rejected',
  landingKey: string,
  runId: string,
  reserve: number = reasonsSuffix.length,
): string {
  if (!(reserve >= 0 && reserve <= largestReserve)) {
    throw new RangeError(`Expected a reserve of 0 to ${largestReserve} bytes, got ${reserve}.`);
  }
  const run = cleaned(runId, 64);
  const [, dataset = '_', rest = ''] = landingPattern.exec(landingKey) ?? [];
  const plain = `${area}/${dataset}/${run}/${rest}`;
  if (rest !== '' && staysAsItIs(dataset, rest) && fits(plain, reserve)) return plain;
  const name = landingKey.slice(landingKey.lastIndexOf('/') + 1);
  return `${area}/${cleaned(dataset, 63)}/${run}/~${stableHash(landingKey)}/${cleaned(name, 100)}`;
}

/** A dropped `a.reasons.json` must not lie where the reasons of a dropped `a` will be written. */
function staysAsItIs(dataset: string, rest: string): boolean {
  return !hashFolder.test(rest) && ![dataset, ...rest.split('/')].some((part) => part.endsWith(reasonsSuffix));
}

function fits(key: string, reserve: number): boolean {
  if (keyProblem(key) !== null || byteLength(key) > 1_024 - reserve) return false;
  return key.split('/').every((part) => byteLength(part) <= 255 - reserve);
}

/** A safe key part of 1 to `limit` bytes that still resembles the text; a short file extension survives the cut. */
function cleaned(text: string, limit: number): string {
  const safe = text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
    .replaceAll(/[\u0000-\u001f\u007f/\\%\ufffd]/g, '_')
    .replace(/^\.+/, '_');
  if (safe === '') return '_';
  if (byteLength(safe) <= limit) return safe;
  const extension = /(?:\.[A-Za-z0-9]{1,8}){1,2}$/.exec(safe)?.[0] ?? '';
  return cut(safe.slice(0, safe.length - extension.length), limit - extension.length) + extension;
}

/** The longest beginning of whole characters with at most `limit` bytes. */
function cut(text: string, limit: number): string {
  let kept = '';
  let bytes = 0;
  for (const character of text) {
    bytes += byteLength(character);
    if (bytes > limit) break;
    kept += character;
  }
  return kept;
}

function byteLength(text: string): number {
  return encoder.encode(text).length;
}
