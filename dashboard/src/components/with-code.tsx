import type { ReactNode } from 'react';

/** Text with what stands between backticks as code: commands in texts that are plain strings. */
export function withCode(text: ReactNode): ReactNode {
  if (typeof text !== 'string' || !text.includes('`')) return text;
  // What stands before the first backtick is text, then code and text take turns.
  return text.split('`').map((part, index) => (index % 2 === 0 ? part : <code key={part}>{part}</code>));
}
