/** Address of a table's page. Layer and name are parts of their own: a dot in an address stands for a file. */
export function tableAddress(table: string): string {
  return `/catalog/${table.replace('.', '/')}`;
}
