import { gzipSync } from 'node:zlib';
import type { Contract } from './drop-home.ts';
import { duckParquet, foreignParquet } from './parquet-bytes.ts';

/** Business columns of the table `goods` as a query shows them. */
export interface Goods {
  readonly id: string;
  readonly name: string | null;
  readonly price: string | null;
  readonly pieces: string | null;
  readonly day: string | null;
  readonly sold_at: string | null;
  readonly is_new: boolean | null;
  readonly additional_columns: string;
}

const nothing = { name: null, price: null, pieces: null, day: null, sold_at: null, is_new: null };
const extra = (colour: string | null) => JSON.stringify({ colour });

export const goods: readonly Goods[] = [
  {
    id: '1',
    name: 'Café “Ünïté”; 5 €, "new"',
    price: '12.5000',
    pieces: '3',
    day: '2025-03-14',
    sold_at: '2025-03-14 09:26:53.589',
    is_new: true,
    additional_columns: extra('red'),
  },
  {
    id: '2',
    name: 'two\nlines',
    price: '-0.2500',
    pieces: '-9007199254740991',
    day: '1969-12-31',
    sold_at: '2025-03-14 00:00:00',
    is_new: false,
    additional_columns: extra('a "b"'),
  },
  { id: '3', ...nothing, additional_columns: extra(null) },
];

export const goodsContracts: readonly Contract[] = [
  contract('goods_csv', { format: 'csv' }),
  contract('goods_german', { format: 'csv', delimiter: ';', encoding: 'windows-1252' }),
  contract('goods_tabs', { format: 'csv', delimiter: '\t', quote: "'", encoding: 'utf-16le' }),
  contract('goods_lines', { format: 'jsonl' }),
  contract('goods_table', { format: 'parquet' }),
];

/** The same rows in every format, written as usual there; names below `landing/`. */
export async function goodsFiles(): Promise<[name: string, body: string | Buffer][]> {
  const csv = delimited(',', '"');
  const lines = jsonLines();
  return [
    ['goods_csv/goods.csv', csv],
    ['goods_csv/goods.csv.gz', gzipSync(csv)],
    ['goods_csv/goods_bom_crlf.csv', `\ufeff${csv.replaceAll(/(?<!two)\n/g, '\r\n')}`],
    ['goods_german/goods.csv', windows1252(delimited(';', '"'))],
    ['goods_german/goods.csv.gz', gzipSync(windows1252(delimited(';', '"')))],
    ['goods_tabs/goods.txt', Buffer.from(`\ufeff${delimited('\t', "'")}`, 'utf16le')],
    ['goods_lines/goods.jsonl', lines],
    ['goods_lines/goods.jsonl.gz', gzipSync(lines)],
    ['goods_lines/goods_bom.jsonl', `\ufeff\n${lines.replaceAll('\n', '\r\n')}`],
    ['goods_table/foreign.parquet', await foreign()],
    ['goods_table/duckdb.parquet', await duckParquet(typedSql('timestamp_ms'))],
    ['goods_table/id=9/day=2001-01-01/folders.parquet', await duckParquet(typedSql('timestamp'), 'compression gzip')],
    ['goods_table/zone.parquet', await duckParquet(typedSql('timestamptz'), 'compression snappy')],
    ['goods_table/nanoseconds.parquet', await duckParquet(typedSql('timestamp_ns'), 'compression uncompressed')],
    [
      'goods_table/texts.parquet',
      await duckParquet(`select * replace (${castToText()}) from (${typedSql('timestamp')})`),
    ],
  ];
}

function contract(dataset: string, file: object): Contract {
  const types = ['varchar', 'varchar', 'decimal(18,4)', 'bigint', 'date', 'timestamp', 'boolean'];
  const names = Object.keys(goods[0] ?? {}).filter((name) => name !== 'additional_columns');
  return {
    dataset,
    description: 'Goods, for tests.',
    owner: 'goods@example.com',
    table: 'goods',
    kind: 'event',
    file: { pattern: '*', ...file },
    columns: names.map((name, index) => ({ name, type: types[index], description: name, required: name === 'id' })),
  };
}

function delimited(delimiter: string, quote: string): string {
  const cell = (value: unknown) => `${quote}${String(value ?? '').replaceAll(quote, quote + quote)}${quote}`;
  const rows = goods.map(({ additional_columns, ...own }) => [...Object.values(own), colourOf(additional_columns)]);
  const header = [...Object.keys(goods[0] ?? {}).slice(0, -1), 'colour'];
  return [header, ...rows].map((row) => `${row.map(cell).join(delimiter)}\n`).join('');
}

function colourOf(additional: string): string | null {
  return (JSON.parse(additional) as { colour: string | null }).colour;
}

function jsonLines(): string {
  return goods
    .map(({ additional_columns, price, pieces, ...own }) => {
      const numbers = { price: price === null ? null : Number(price), pieces: pieces === null ? null : Number(pieces) };
      return `${JSON.stringify({ ...own, ...numbers, colour: colourOf(additional_columns) })}\n`;
    })
    .join('');
}

/** Characters beyond Latin-1 that the rows have, in windows-1252. */
const upper: Readonly<Record<string, number>> = { '€': 0x80, '“': 0x93, '”': 0x94 };

function windows1252(text: string): Buffer {
  return Buffer.from([...text].map((character) => upper[character] ?? character.charCodeAt(0)));
}

async function foreign(): Promise<Buffer> {
  const optional = { optional: true } as const;
  const utc = (text: string | null) => (text === null ? undefined : new Date(`${text.replace(' ', 'T')}Z`));
  const rows = goods.map(({ additional_columns, price, pieces, day, sold_at, name, is_new, id }) => ({
    id,
    name: name ?? undefined,
    price: price === null ? undefined : Number(price),
    pieces: pieces === null ? undefined : Number(pieces),
    day: day === null ? undefined : new Date(day),
    sold_at: utc(sold_at),
    is_new: is_new ?? undefined,
    colour: colourOf(additional_columns) ?? undefined,
  }));
  return await foreignParquet(
    {
      id: { type: 'UTF8' },
      name: { type: 'UTF8', ...optional, compression: 'SNAPPY' },
      price: { type: 'DOUBLE', ...optional },
      pieces: { type: 'INT64', ...optional },
      day: { type: 'DATE', ...optional },
      sold_at: { type: 'TIMESTAMP_MILLIS', ...optional },
      is_new: { type: 'BOOLEAN', ...optional },
      colour: { type: 'UTF8', ...optional, compression: 'GZIP' },
    },
    rows,
  );
}

/** The rows with the types that a data frame would have; the day is a time stamp there. */
function typedSql(time: string): string {
  const literal = (value: unknown) => (value === null ? 'null' : `'${String(value).replaceAll("'", "''")}'`);
  const rows = goods.map(
    ({ additional_columns, ...own }) =>
      `(${[...Object.values(own), colourOf(additional_columns)].map(literal).join(', ')})`,
  );
  const zone = time === 'timestamptz' ? `cast(sold_at || '+00' as timestamptz)` : `cast(sold_at as ${time})`;
  return `select id, name, cast(price as decimal(9,4)) as price, cast(pieces as bigint) as pieces, cast(day as ${time === 'timestamptz' ? 'date' : time}) as day,
    ${zone} as sold_at, cast(is_new as boolean) as is_new, colour
    from (values ${rows.join(', ')}) as t(id, name, price, pieces, day, sold_at, is_new, colour)`;
}

function castToText(): string {
  const cast = (name: string) => `cast(${name} as varchar) as ${name}`;
  return [...['price', 'pieces', 'sold_at', 'is_new'].map(cast), `cast(cast(day as date) as varchar) as day`].join(
    ', ',
  );
}
