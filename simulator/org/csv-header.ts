import { open } from 'node:fs/promises';

const longestHeader = 65_536;

/** The column names of a CSV file, without byte order mark and quotes. Throws a RangeError for a file without a header. */
export async function csvHeader(path: string): Promise<readonly string[]> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestHeader), 0, longestHeader, 0);
    const [line = ''] = buffer
      .toString('utf8', 0, bytesRead)
      .replace(/^\uFEFF/, '')
      .split(/\r\n|\n|\r/, 1);
    const names = line.split(',').map((name) => name.trim().replace(/^"(.*)"$/, '$1'));
    if (names.includes(''))
      throw new RangeError(`${path}: expected column names in the first line, got '${line.slice(0, 80)}'`);
    return names;
  } finally {
    await file.close();
  }
}
