import { UnsafeKeyError } from './errors.ts';

const encoder = new TextEncoder();

/** Why a key must not be used, or null when it is fine. S3 allows 1,024 bytes; folders need parts of at most 255. */
export function keyProblem(key: string): string | null {
  if (key === '') return 'it is empty';
  if (encoder.encode(key).length > 1_024) return 'it is longer than 1,024 bytes';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\u0000-\u001f\u007f]/.test(key)) return 'it has a control character';
  if (key.startsWith('/') || key.endsWith('/')) return 'it begins or ends with /';
  if (key.includes('\\')) return 'it has a backslash';
  if (/[\ud800-\udfff]/u.test(key)) return 'it has half of a surrogate pair';
  for (const part of key.split('/')) {
    if (part === '') return 'it has an empty part (//)';
    if (part === '.' || part === '..') return `it has the part '${part}'`;
    const decoded = part.replaceAll(/%2e/gi, '.').replaceAll(/%2f/gi, '/').replaceAll(/%5c/gi, '\\');
    if (decoded !== part && /(^|[/\\])\.\.?($|[/\\])/.test(decoded)) return `it has the encoded part '${part}'`;
    if (encoder.encode(part).length > 255) return 'it has a part longer than 255 bytes';
  }
  return null;
}

/** Throws UnsafeKeyError when the key has a problem. */
export function assertSafeKey(key: string): void {
  const problem = keyProblem(key);
  if (problem !== null) {
    throw new UnsafeKeyError(`The object key ${JSON.stringify(key.slice(0, 120))} cannot be used: ${problem}.`, {
      advice: 'Rename the object; keys have parts of plain names separated by single slashes.',
    });
  }
}
