import type { IncomingMessage } from 'node:http';

const LARGEST_BODY = 20 * 1024 * 1024;

/** The body of a request as text. Throws a RangeError for one of more than 20 MB. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length > LARGEST_BODY) throw new RangeError('the body of the request is larger than 20 MB');
  }
  return Buffer.concat(chunks).toString('utf8');
}
