import { csvFileName } from './format/csv-file-name.ts';

/** Has the browser write CSV to a file of that name. */
export function saveCsv(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = csvFileName(name);
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
