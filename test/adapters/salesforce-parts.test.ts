import { createVerify, generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiFault, faultOf, toFault } from '../../lambdas/adapters/salesforce/api-fault.ts';
import { RecordCount } from '../../lambdas/adapters/salesforce/count-records.ts';
import { jwtAssertion, parseCredentials } from '../../lambdas/adapters/salesforce/credentials.ts';
import { parseRestPage } from '../../lambdas/adapters/salesforce/json-records.ts';

describe('A page of a REST query', () => {
  it('keeps every digit and turns time stamps into the form of bulk results', () => {
    const json = `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"X"},"Id":"a","Amount":1234567890123456.10,
      "Small":1.10,"Flag":true,"When":"2025-01-31T10:00:00.000+0000","Text":"2025-01-31T10:00:00.000+0000","None":null}]}`;
    const fields = [{ name: 'When', type: 'datetime', calculated: false }];
    expect(parseRestPage(json, fields)).toEqual({
      total: 1,
      next: null,
      records: [
        {
          Id: 'a',
          Amount: '1234567890123456.10',
          Small: '1.10',
          Flag: 'true',
          When: '2025-01-31T10:00:00.000Z',
          Text: '2025-01-31T10:00:00.000+0000',
          None: null,
        },
      ],
    });
  });
});

describe('Counting the records of a page', () => {
  const count = (text: string, cut = text.length) => {
    const counter = new RecordCount();
    const bytes = Buffer.from(text);
    counter.push(bytes.subarray(0, cut));
    counter.push(bytes.subarray(cut));
    return counter.finish();
  };
  const csv = (rows: string[][]) =>
    rows.map((row) => `${row.map((value) => `"${value.replaceAll('"', '""')}"`).join(',')}\n`).join('');

  it('counts any values in chunks of any size', () => {
    const value = fc.string({ unit: fc.constantFrom('a', '"', '\n', '\r\n', ',', 'é', '\0') });
    fc.assert(
      fc.property(
        fc.array(fc.array(value, { minLength: 2, maxLength: 2 }), { minLength: 1 }),
        fc.nat(),
        (rows, cut) => {
          const text = csv(rows);
          expect(count(text, cut % (text.length + 1))).toBe(rows.length - 1);
        },
      ),
    );
  });

  it('sees an end inside of a value or a line', () => {
    expect(count('"Id"\n"a')).toBeNull();
    expect(count('"Id"\n"a"')).toBeNull();
    expect(count('')).toBeNull();
  });
});

describe('The login of an org', () => {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const login = {
    flow: 'jwt',
    loginUrl: 'https://login.example',
    clientId: 'app',
    username: 'me@example',
    privateKey: pem,
  } as const;

  it('uses the JWT flow unless the secret says otherwise', () => {
    const { flow, ...rest } = login;
    expect(parseCredentials('org', JSON.stringify(rest))).toEqual({ flow, ...rest });
  });

  it('names faulty properties, never values', () => {
    const secret = JSON.stringify({
      flow: 'password',
      loginUrl: 'https://x.example',
      username: 'me',
      password: '',
      securityToken: 'CANARY',
    });
    expect(() => parseCredentials('org', secret)).toThrow(/'org'.*password/);
    try {
      parseCredentials('org', secret);
    } catch (error) {
      expect(String(error)).not.toContain('CANARY');
    }
    expect(() => parseCredentials('org', 'CANARY')).toThrow(/no JSON/);
    expect(() => jwtAssertion({ ...login, privateKey: 'CANARY' }, 'org', new Date())).toThrow(/no RSA private key/);
  });

  it('signs an assertion that the public key verifies, valid for three minutes', () => {
    const [head = '', claims = '', signature = ''] = jwtAssertion(login, 'org', new Date('2025-01-01T00:00:00Z')).split(
      '.',
    );
    expect(createVerify('RSA-SHA256').update(`${head}.${claims}`).verify(publicKey, signature, 'base64url')).toBe(true);
    const { iss, sub, aud, exp } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    expect({ iss, sub, aud }).toEqual({ iss: 'app', sub: 'me@example', aud: 'https://login.example' });
    expect(exp).toBe(Date.parse('2025-01-01T00:03:00Z') / 1_000);
  });
});

describe('A fault of a request', () => {
  it('is judged by its code and status', async () => {
    const kind = async (status: number, body: string, headers: Record<string, string> = {}) =>
      await faultOf(new Response(body, { status, headers }));
    expect((await kind(401, '[{"errorCode":"INVALID_SESSION_ID","message":"x"}]')).kind).toBe('session');
    expect((await kind(403, '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"x"}]')).kind).toBe('quota');
    expect((await kind(403, '[{"errorCode":"API_DISABLED_FOR_ORG","message":"x"}]')).kind).toBe('final');
    expect((await kind(400, '[{"errorCode":"MALFORMED_QUERY","message":"x"}]')).kind).toBe('final');
    const busy = await kind(503, '<html>', { 'retry-after': '7' });
    expect([busy.kind, busy.retryAfterSeconds]).toEqual(['passing', 7]);
  });

  it('is passing when the connection breaks', () => {
    const broken = new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code: 'ECONNRESET' }) });
    expect(toFault(broken)).toMatchObject({ code: 'ECONNRESET', kind: 'passing' });
    expect(toFault(new TypeError('terminated')).kind).toBe('passing');
    expect(toFault(Object.assign(new Error('x'), { errorCode: 'ERROR_HTTP_503' })).kind).toBe('passing');
    expect(toFault(new ApiFault('NOT_FOUND', 'x')).kind).toBe('final');
  });
});
