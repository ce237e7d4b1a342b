import type { Dataset } from './dataset.ts';

/** `landing/<dataset>/<anything>/<name>`; null where the key has another form. */
export function splitLandingKey(key: string): { dataset: string; name: string } | null {
  const parts = key.split('/');
  const [area, dataset] = parts;
  const name = parts.at(-1);
  if (area !== 'landing' || parts.length < 3 || dataset === undefined || name === undefined) return null;
  return { dataset, name };
}

/** The file names that a contract takes; one of them must fit. */
export function namePatterns({ file }: Dataset): readonly string[] {
  return typeof file.pattern === 'string' ? [file.pattern] : file.pattern;
}

/**
 * Whether a file name fits a pattern of the contract (`*` any characters, `?` one); packed text files may end in `.gz`. An accented
 * letter is the same in one piece and with a combining accent, as macOS writes it.
 */
export function nameFits(dataset: Dataset, name: string): boolean {
  const whole = name.normalize('NFC');
  const plain = dataset.file.format === 'parquet' ? whole : whole.replace(/\.gz$/i, '');
  return namePatterns(dataset).some((glob) => {
    const pattern = patternOf(glob.normalize('NFC'));
    return pattern.test(whole) || pattern.test(plain);
  });
}

function patternOf(glob: string): RegExp {
  const source = [...glob].map((char) =>
    char === '*' ? '.*' : char === '?' ? '.' : char.replace(/[\\^$.|+()[\]{}]/, '\\$&'),
  );
  return new RegExp(`^${source.join('')}$`, 'su');
}

/** The date in a file's name (`2025-03-14` or `20250314`), else the UTC date of its last change. */
export function fileDate(name: string, modifiedAt: string): string {
  for (const found of name.matchAll(/(?<![0-9])([0-9]{4})-?([0-9]{2})-?([0-9]{2})(?![0-9])/g)) {
    const date = `${found[1]}-${found[2]}-${found[3]}`;
    if (isDate(date)) return date;
  }
  return modifiedAt.slice(0, 10);
}

/** Whether a text is a day of the calendar, YYYY-MM-DD. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === text;
}
