const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const checksumLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';
/** Characters 4 to 6 of every Id: the instance that issued it. */
export const instance = 'Hw0';
const sequenceDigits = 9;

/**
 * The Id of the object's record number `sequence` (from 0): key prefix, instance, nine digits to base 62, and the checksum that
 * makes the 15 case-sensitive characters safe where case is lost. Neighbours differ by case only, as they do in a real org.
 */
export function salesforceId(keyPrefix: string, sequence: number): string {
  if (keyPrefix.length !== 3) throw new RangeError(`key prefix: expected 3 characters, got '${keyPrefix}'`);
  if (!Number.isSafeInteger(sequence) || sequence < 0) {
    throw new RangeError(`sequence: expected a whole number from 0, got ${sequence}`);
  }
  let number = '';
  for (let rest = sequence; rest > 0; rest = Math.floor(rest / 62)) number = digits.charAt(rest % 62) + number;
  const id = keyPrefix + instance + number.padStart(sequenceDigits, '0');
  return id + idChecksum(id);
}

/** The number of the record that has this Id; null when another org issued it. */
export function sequenceOf(id: string): number | null {
  if (id.slice(3, 6) !== instance) return null;
  let number = 0;
  for (const digit of id.slice(6, 15)) number = number * 62 + digits.indexOf(digit);
  return number;
}

/** The three characters that tell which letters of a 15-character Id are capitals: five bits each, the first character lowest. */
export function idChecksum(id: string): string {
  if (id.length !== 15) throw new RangeError(`Id: expected 15 characters, got '${id}'`);
  let checksum = '';
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let index = 0; index < 5; index++) {
      const code = id.charCodeAt(start + index);
      if (code >= 65 && code <= 90) bits |= 1 << index;
    }
    checksum += checksumLetters.charAt(bits);
  }
  return checksum;
}

/** Whether the text is an Id of 15 characters, or one of 18 with the right checksum. */
export function isSalesforceId(text: string): boolean {
  if (!/^[0-9A-Za-z]{15}([A-Z0-5]{3})?$/.test(text)) return false;
  return text.length === 15 || idChecksum(text.slice(0, 15)) === text.slice(15);
}
