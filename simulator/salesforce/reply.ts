import type { ResultPage } from './bulk/result-page.ts';

/** What a request is answered with. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReplyBody;
}

export type ReplyBody =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'page'; readonly page: ResultPage };

const JSON_TYPE = 'application/json;charset=UTF-8';

/** JSON from a value, or from a text that is JSON already. */
export function jsonReply(value: unknown, status = 200): Reply {
  return textReply(JSON.stringify(value), JSON_TYPE, status);
}

export function jsonTextReply(text: string): Reply {
  return textReply(text, JSON_TYPE, 200);
}

export function textReply(text: string, type: string, status = 200): Reply {
  return { status, headers: { 'Content-Type': type }, body: { kind: 'text', text } };
}

export function emptyReply(status = 204): Reply {
  return { status, headers: {}, body: { kind: 'none' } };
}
