import { appendFile, mkdir } from 'node:fs/promises';
import type { Notification, Notifier } from '../ports/notifier.ts';
import { fileError } from './folder/file-errors.ts';

/** Tells the person at the terminal, and appends to `<home>/notifications.jsonl` for whoever looks later. */
export class TerminalNotifier implements Notifier {
  readonly #home: string;
  readonly #write: (line: string) => void;
  readonly #now: () => Date;

  /** `write` gets lines without their end. */
  constructor(home: string, write: (line: string) => void, now: () => Date = () => new Date()) {
    this.#home = home;
    this.#write = write;
    this.#now = now;
  }

  async notify(notification: Notification): Promise<void> {
    // The terminal first: it also hears of a full disk.
    for (const line of linesOf(notification)) this.#write(line);
    const path = `${this.#home}/notifications.jsonl`;
    const record = { at: this.#now().toISOString(), ...notification };
    try {
      await mkdir(this.#home, { recursive: true });
      await appendFile(path, `${JSON.stringify(record)}\n`);
    } catch (error) {
      throw fileError(error, `appending to ${path}`);
    }
  }
}

function linesOf(notification: Notification): string[] {
  const to = notification.recipient === undefined ? '' : ` (to ${plain(notification.recipient)})`;
  const body = notification.body === '' ? [] : notification.body.split('\n').map((line) => `  ${plain(line)}`);
  return [`${notification.severity}: ${plain(notification.title.replaceAll('\n', ' '))}${to}`, ...body];
}

/** Names and values of dropped files stand in notifications; none of them may steer the terminal. */
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
  return text.replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}
