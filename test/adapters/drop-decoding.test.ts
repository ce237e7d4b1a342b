import { readdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DropSite, readable } from './drop-site.ts';

const csv = 'a,b\n1,2\n3,é\n';
let site: DropSite;

beforeEach(async () => {
  site = await DropSite.make();
});

afterEach(() => site.remove());

describe('inspectDrop unpacks gzip', () => {
  const name = 'sales.csv.gz';
  const large = `a,b\n${Array.from({ length: 200_000 }, (_, index) => `${index},${index * 7_919}\n`).join('')}`;

  it('of one member', async () => {
    const inspection = await site.drop({ body: gzipSync(large), name });
    expect(inspection).toMatchObject({ header: ['a', 'b'], records: 200_000 });
    expect((await readable(inspection)).equals(Buffer.from(large))).toBe(true);
  });

  it('of several members', async () => {
    const body = Buffer.concat([gzipSync('a,b\n1,'), gzipSync(''), gzipSync('2\n3,4\n')]);
    const inspection = await site.drop({ body, name });
    expect((await readable(inspection)).toString()).toBe('a,b\n1,2\n3,4\n');
  });

  const packed = gzipSync(large);
  it.each([
    ['cut off in the data', packed.subarray(0, packed.length >> 1)],
    ['cut off in the check sum', packed.subarray(0, -3)],
    ['cut off in its head', packed.subarray(0, 7)],
    ['with a wrong check sum', Buffer.concat([packed.subarray(0, -8), Buffer.from('1234'), packed.subarray(-4)])],
    ['with a wrong byte', Buffer.concat([packed.subarray(0, 5_000), Buffer.from('oops'), packed.subarray(5_004)])],
    ['with text behind it', Buffer.concat([packed, Buffer.from('a,b\n')])],
    ['with zeros behind it', Buffer.concat([packed, Buffer.alloc(100_000)])],
    ['with half a member behind it', Buffer.concat([packed, packed.subarray(0, 9)])],
  ])('but not %s', async (_, body) => {
    expect(await site.reasonsOf({ body, name })).toEqual(['CORRUPT_GZIP']);
  });

  it('but not beyond the ratio', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000, 'a,b\n'));
    const start = performance.now();
    expect(await site.reasonsOf({ body: bomb, name })).toEqual(['EXPANSION_LIMIT']);
    expect(performance.now() - start).toBeLessThan(5_000);
  });

  it('but not beyond the size', async () => {
    const file = { max_bytes: 2_500_000, max_expansion_ratio: 1_000 };
    expect(await site.reasonsOf({ body: gzipSync(large), name, file })).toEqual(['EXPANSION_LIMIT']);
  });

  it('and copies with LF where needed', async () => {
    const inspection = await site.drop({ body: gzipSync('a,b\r\n1,2\n'), name });
    expect((await readable(inspection)).toString()).toBe('a,b\n1,2\n');
    expect(await readdir(dirname(inspection.local?.path ?? ''))).toEqual(['lines.csv']);
  });
});

describe('inspectDrop decodes', () => {
  it('UTF-8 whose characters lie in several chunks', async () => {
    const body = `a\n${'x'.repeat(3)}${'日本\u{1F600}é'.repeat(100_000)}\n`;
    const inspection = await site.drop({ body, file: { max_field_bytes: 4_000_000 } });
    expect(inspection).toMatchObject({ reasons: [], records: 1 });
  });

  it.each([
    ['in the first line', Buffer.from([0x61, 0xff, 0x0a, 0x31, 0x0a]), 'WRONG_ENCODING 1'],
    ['in a later line', Buffer.concat([Buffer.from('a\n1\n\u00e9\n'), Buffer.from([0xe9, 0x0a])]), 'WRONG_ENCODING 4'],
    ['cut off at the end', Buffer.concat([Buffer.from('a\n1\n'), Buffer.from([0xe6, 0x97])]), 'WRONG_ENCODING 3'],
    [
      'far behind',
      Buffer.concat([Buffer.from(`a\n${'é\n'.repeat(400_000)}`), Buffer.from([0xc3, 0x28])]),
      'WRONG_ENCODING 400002',
    ],
    ['as surrogates', Buffer.concat([Buffer.from('a\n'), Buffer.from([0xed, 0xa0, 0x80, 0x0a])]), 'WRONG_ENCODING 2'],
    ['written too long', Buffer.concat([Buffer.from('a\n'), Buffer.from([0xc0, 0xaf, 0x0a])]), 'WRONG_ENCODING 2'],
  ])('UTF-8, not with bytes that are none: %s', async (_, body, reason) => {
    expect(await site.reasonsOf({ body })).toEqual([reason]);
  });

  it('Windows-1252, every assigned byte', async () => {
    const bytes = Array.from({ length: 256 }, (_, byte) => byte).filter(
      (byte) => ![0x00, 0x0a, 0x0d, 0x22, 0x2c, 0x81, 0x8d, 0x8f, 0x90, 0x9d].includes(byte),
    );
    const body = Buffer.concat([Buffer.from('a\n'), Buffer.from(bytes), Buffer.from('\n')]);
    for (const encoding of ['windows-1252', 'iso-8859-1'] as const) {
      const text = (await readable(await site.drop({ body, file: { encoding } }))).toString();
      expect(text.slice(2, -1)).toHaveLength(bytes.length);
      expect(text).toContain('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ\u00a0¡¢');
      expect(text).toContain('ýþÿ\n');
    }
  });

  it('Windows-1252, not with bytes that are not assigned', async () => {
    const body = Buffer.from([0x61, 0x0a, 0xe9, 0x0a, 0x81, 0x0a]);
    expect(await site.reasonsOf({ body, file: { encoding: 'windows-1252' } })).toEqual(['WRONG_ENCODING 3']);
  });

  it.each(['utf-16le', 'utf-16be'] as const)('%s with and without byte order mark', async (encoding) => {
    const text = `a,b\r\n1,"é\u{1F600}\n日本"\r\n${'2,x\r\n'.repeat(60_000)}`;
    for (const mark of ['', '\ufeff']) {
      const body = Buffer.from(mark + text, 'utf16le');
      if (encoding === 'utf-16be') body.swap16();
      const inspection = await site.drop({ body, file: { encoding } });
      expect(inspection.records).toBe(60_001);
      expect((await readable(inspection)).toString() === text).toBe(true);
    }
  });

  it.each([
    ['half of a surrogate pair', Buffer.from('a\n\ud83dx\n', 'utf16le')],
    ['half of a code unit', Buffer.from('a\n1\n', 'utf16le').subarray(0, -1)],
  ])('UTF-16, not with %s', async (_, body) => {
    expect(await site.reasonsOf({ body, file: { encoding: 'utf-16le' } })).toEqual(['WRONG_ENCODING']);
  });

  it.each([
    ['UTF-16 for UTF-8', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le'), 'utf-8', 'utf-16le'],
    ['UTF-16 big endian for UTF-8', Buffer.from('\ufeffa,b\n1,2\n', 'utf16le').swap16(), 'utf-8', 'utf-16be'],
    ['UTF-8 for Windows-1252', Buffer.from(`\ufeff${csv}`), 'windows-1252', 'utf-8'],
    ['UTF-8 for UTF-16', Buffer.from(`\ufeff${csv}`), 'utf-16le', 'utf-8'],
  ] as const)('not a file with another mark: %s', async (_, body, encoding, came) => {
    const { reasons } = await site.drop({ body, file: { encoding } });
    expect(reasons).toEqual([
      {
        code: 'WRONG_ENCODING',
        line: 1,
        message: `Expected ${encoding}; the file begins with the byte order mark of ${came}. Save it as ${encoding}, or set "encoding": "${came}" in its contract.`,
      },
    ]);
  });

  it('not UTF-16 without mark for UTF-8', async () => {
    expect(await site.reasonsOf({ body: Buffer.from('a,b\n1,2\n', 'utf16le') })).toEqual(['NUL_BYTE 1']);
  });
});
