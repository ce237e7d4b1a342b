import type { ServerResponse } from 'node:http';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { type PageCut, cutHalfWay, pageBytes } from './bulk/result-page.ts';
import type { Fault } from './fault.ts';
import { findFault } from './fault-plan.ts';
import type { Reply } from './reply.ts';

/** A gzip member ends with eight bytes, without which it is not complete. */
const WITHHELD_BYTES = 8;
const GZIP_LEVEL = 1;

/** Sends a reply, spoilt as the faults want it. Results are compressed when the client takes gzip. */
export async function sendReply(
  response: ServerResponse,
  reply: Reply,
  faults: readonly Fault[],
  acceptsGzip: boolean,
): Promise<void> {
  if (findFault(faults, 'answer-lost') !== undefined) {
    response.destroy();
    return;
  }
  response.statusCode = reply.status;
  for (const [name, value] of Object.entries(spoiltHeaders(reply.headers, faults))) response.setHeader(name, value);
  if (reply.body.kind === 'none' || findFault(faults, 'empty-body') !== undefined) {
    response.end();
    return;
  }
  const cut = findFault(faults, 'cut');
  const breaks = cut !== undefined && cut.silent !== true;
  const stages: (Readable | Transform)[] = [Readable.from(bodyBytes(reply.body, cut?.at), { objectMode: false })];
  if (acceptsGzip && reply.body.kind === 'page') {
    response.setHeader('Content-Encoding', 'gzip');
    stages.push(createGzip({ level: GZIP_LEVEL }));
    if (findFault(faults, 'truncated-gzip') !== undefined) stages.push(withhold(WITHHELD_BYTES));
  }
  await pipeline([...stages, response], { end: !breaks });
  if (breaks) await breakConnection(response);
}

function spoiltHeaders(
  headers: Readonly<Record<string, string>>,
  faults: readonly Fault[],
): Readonly<Record<string, string>> {
  const sent: Record<string, string> = { ...headers };
  if (findFault(faults, 'missing-locator') !== undefined) delete sent['Sforce-Locator'];
  const wrong = findFault(faults, 'wrong-count');
  const count = sent['Sforce-NumberOfRecords'];
  if (wrong !== undefined && count !== undefined) sent['Sforce-NumberOfRecords'] = String(Number(count) + wrong.by);
  return sent;
}

async function* bodyBytes(
  body: Exclude<Reply['body'], { kind: 'none' }>,
  cutAt: 'row-end' | 'mid-row' | undefined,
): AsyncGenerator<Uint8Array> {
  if (body.kind === 'page') {
    const cut: PageCut | undefined = cutAt === undefined ? undefined : cutHalfWay(body.page, cutAt);
    yield* pageBytes(body.page, cut);
    return;
  }
  const bytes = Buffer.from(body.text);
  yield cutAt === undefined ? bytes : bytes.subarray(0, Math.ceil(bytes.length / 2));
}

/** Passes everything on but the last bytes. */
function withhold(count: number): Transform {
  let kept = Buffer.alloc(0);
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const all = Buffer.concat([kept, chunk]);
      const passed = Math.max(all.length - count, 0);
      kept = all.subarray(passed);
      done(null, all.subarray(0, passed));
    },
  });
}

/** Closes the connection behind what has been written, without the end that the client waits for. */
async function breakConnection(response: ServerResponse): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  await new Promise<void>((resolve) => socket.write('', () => resolve()));
  socket.destroy();
}
