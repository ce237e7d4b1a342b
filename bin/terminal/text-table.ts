export interface TextColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
}

/** Rows as aligned text, a heading and a rule on top; control characters are shown escaped, so that data cannot steer the terminal. */
export function textTable(columns: readonly TextColumn[], rows: readonly (readonly string[])[]): string {
  const cells = rows.map((row) => row.map(printable));
  const widths = columns.map((column, index) =>
    cells.reduce((widest, row) => Math.max(widest, width(row[index] ?? '')), width(column.title)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => {
        const gap = ' '.repeat(Math.max(0, (widths[index] ?? 0) - width(cell)));
        return columns[index]?.align === 'right' ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  const rule = widths.map((size) => '-'.repeat(size)).join('  ');
  return [line(columns.map((column) => column.title)), rule, ...cells.map(line)].join('\n');
}

export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is escaped
  return text.replaceAll(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, (char) =>
    char === '\n' ? '\\n' : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Columns a text takes: wide East Asian characters and emoji count two. */
function width(text: string): number {
  let columns = 0;
  for (const char of text)
    columns +=
      /\p{Extended_Pictographic}|[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u.test(
        char,
      )
        ? 2
        : 1;
  return columns;
}
