import jsforce from 'jsforce';
import { jwtAssertion, parseCredentials } from '../../lambdas/adapters/salesforce/credentials.ts';

/**
 * The peer: the same query by `jsforce.bulk2`, its records only counted: `node bench/extract/jsforce-extraction.ts <org as JSON>`. Ends when
 * the stream ends or has given nothing for a while, since it does not always end.
 */
const { secret, fields } = JSON.parse(process.argv[2] ?? '') as { secret: object; fields: string[] };
const credentials = parseCredentials('bench', JSON.stringify({ flow: 'jwt', ...secret }));
if (credentials.flow !== 'jwt') throw new Error('expected a JWT login');
const connection = new jsforce.Connection({ loginUrl: credentials.loginUrl, version: '62.0' });
await connection.authorize({
  grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
  assertion: jwtAssertion(credentials, 'bench', new Date()),
});
connection.bulk2.pollTimeout = 600_000;
connection.bulk2.pollInterval = 250;
const job = connection.bulk2;
let rows = 0;
let last = performance.now();
let began = 0;
const stallSeconds = 20;
const stream = await job.query(`SELECT ${fields.join(', ')} FROM Account WHERE SystemModstamp < 2025-07-01T05:59:00Z`, {
  scanAll: true,
});
began = performance.now();
const ended = await new Promise<string>((resolve) => {
  stream.on('record', () => {
    rows += 1;
    last = performance.now();
  });
  stream.on('end', () => resolve('ended'));
  stream.on('error', (error: Error) => resolve(`failed: ${error.message}`));
  setInterval(() => {
    if (rows > 0 && performance.now() - last > stallSeconds * 1_000) resolve('stalled');
  }, 500);
});
process.stdout.write(
  `${JSON.stringify({ rows, ended, seconds: (last - began) / 1_000, maxRssMegabytes: process.resourceUsage().maxRSS / 1_000 })}\n`,
);
process.exit(0);
