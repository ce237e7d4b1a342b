/** Whatever is no letter, digit or underscore becomes a dash. */
export function csvFileName(name: string): string {
  return `${name.replaceAll(/\W+/g, '-')}.csv`;
}
