/** JSON's tokens; between them only white space can stand in a text that JSON.parse has accepted. */
const token = /"(?:[^"\\]|\\.)*"|[{}[\],:]|-?\d[\d.eE+-]*|true|false|null/g;

/**
 * What is lost or rejected when another reader takes this text, which JSON.parse has accepted: a key that stands twice in an object
 * (readers differ in which one they take), half of a surrogate pair, a number that a double cannot hold. Null when nothing is.
 */
export function jsonTextProblem(text: string): string | null {
  /** One set of keys per open object, null per open array. */
  const open: (Set<string> | null)[] = [];
  let keyNext = false;
  for (const [part] of text.matchAll(token)) {
    if (part === '{' || part === '[') {
      open.push(part === '{' ? new Set() : null);
    } else if (part === '}' || part === ']') {
      open.pop();
    } else if (part.startsWith('"')) {
      const problem = stringProblem(part, keyNext ? open.at(-1) : null);
      if (problem !== null) return problem;
    } else if (/^[-\d]/.test(part) && !isExact(part)) {
      return `the number ${part.slice(0, 40)} has more digits than readers of JSON keep; send it as a string, in quotes`;
    }
    keyNext = part === '{' || (part === ',' && open.at(-1) instanceof Set);
  }
  return null;
}

/** `keys`: those of the object so far when the string is a key. Values are not shown: they may be personal. */
function stringProblem(literal: string, keys: Set<string> | null | undefined): string | null {
  const value: unknown = literal.includes('\\') ? JSON.parse(literal) : literal.slice(1, -1);
  if (typeof value !== 'string') return null;
  if (!value.isWellFormed()) return 'a string has half of a surrogate pair; write the whole character';
  if (value.includes('\u0000')) return 'a string has a NUL character; remove it';
  if (keys?.has(value) === true) return `the key ${literal.slice(0, 80)} stands twice in one object; keep one`;
  keys?.add(value);
  return null;
}

/** Number of keys of all objects in a parsed value, or null when it has more than so many levels. */
export function countKeys(value: unknown, levels: number): number | null {
  if (typeof value !== 'object' || value === null) return 0;
  if (levels === 0) return null;
  const members: unknown[] = Object.values(value);
  let keys = Array.isArray(value) ? 0 : members.length;
  for (const member of members) {
    const inner = countKeys(member, levels - 1);
    if (inner === null) return null;
    keys += inner;
  }
  return keys;
}

/** Whether a double, written in its shortest form, has all digits of this number. Integers are kept as they are, however long. */
export function isExact(number: string): boolean {
  if (/^-?\d+$/.test(number)) return true;
  return significantDigits(number) === significantDigits(String(Number(number)));
}

function significantDigits(number: string): string {
  const mantissa = number.toLowerCase().split('e')[0] ?? '';
  return mantissa.replaceAll(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
}
