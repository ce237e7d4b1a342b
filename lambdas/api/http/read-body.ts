import { ApiProblem } from './problems.ts';

const largestBody = 16 * 1_024;

/** The JSON of a body, `{}` of an empty one. Throws ApiProblem when it is too large, no JSON, or says that it is something else. */
export async function readJson(request: Request): Promise<unknown> {
  const bytes = await limited(request);
  if (bytes.byteLength === 0) return {};
  const type = (request.headers.get('content-type') ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new ApiProblem('unsupported-media-type', 'The body is JSON, with Content-Type: application/json.');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch {
    const message = 'expected JSON in UTF-8';
    throw new ApiProblem('invalid-request', `The body is not acceptable: ${message}.`, {
      errors: [{ parameter: 'body', message }],
    });
  }
}

async function limited(request: Request): Promise<Uint8Array> {
  const tooLarge = () => new ApiProblem('too-large', `A body has at most ${largestBody} bytes.`);
  if (Number(request.headers.get('content-length') ?? 0) > largestBody) throw tooLarge();
  if (request.body === null) return new Uint8Array();
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of request.body) {
    bytes += part.byteLength;
    if (bytes > largestBody) throw tooLarge();
    parts.push(part);
  }
  return Buffer.concat(parts);
}
