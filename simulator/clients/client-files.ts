import { createHash } from 'node:crypto';
import { csvRecord, csvText } from '../drops/csv.ts';
import { type DropFile, dropKey, packed } from '../drops/drop-folder.ts';
import type { ClientStory, Standing } from './story.ts';
import type { ClientWorld } from './world.ts';

const clientDataset = 'clients';

const header = [
  ...['client_id', 'client_name', 'region', 'segment', 'parent_org', 'advisor_email'],
  ...['annual_revenue', 'is_active'],
];

/** A file and its number of records, the bad ones counted by the rule that they break. */
export interface ClientFile {
  readonly file: DropFile;
  readonly records: number;
  readonly bad: readonly BadRecord['reason'][];
}

interface BadRecord {
  readonly reason: 'REQUIRED' | 'TYPE' | 'RANGE';
  readonly record: readonly string[];
}

/** Records of no client, in the full file of that number. Each breaks one rule. */
const badRecords: ReadonlyMap<number, readonly BadRecord[]> = new Map([
  [
    1,
    [
      { reason: 'REQUIRED', record: ['CL-X00001', 'Nowhere Trust', '', 'Retail', '', '', '1000.00', 'true'] },
      { reason: 'REQUIRED', record: ['', 'Nobody Trust', 'West', 'Retail', '', '', '1000.00', 'true'] },
      { reason: 'TYPE', record: ['CL-X00002', 'Perhaps Trust', 'West', 'Retail', '', '', '1000.00', 'perhaps'] },
    ],
  ],
  [2, [{ reason: 'RANGE', record: ['CL-X00003', 'Minus Trust', 'West', 'Retail', '', '', '-5.00', 'true'] }]],
]);

/**
 * The files of a period by day, made one by one; of one day the delta comes before the full file. A delta is left out where it has no
 * record, or letter by letter the same ones as a delta before: those are repetitions only, because revenue differs in every news.
 */
export function* clientFiles({ calendar, stories }: ClientWorld): Generator<ClientFile> {
  const sent = new Set<string>();
  for (const date of calendar.dates) {
    if (calendar.deltas.includes(date)) {
      const records = stories.flatMap((story) => {
        const standing = story.sentAt(date);
        return standing === null ? [] : [recordOf(story, standing, story.repetitions.get(date) === 'respelled')];
      });
      const content = createHash('sha256').update(records.join('\n')).digest('base64');
      if (records.length > 0 && !sent.has(content)) {
        sent.add(content);
        yield { file: clientFile(deltaName(date), date, records), records: records.length, bad: [] };
      }
    }
    if (calendar.fulls.includes(date)) yield fullFile(calendar.fulls.indexOf(date), date, stories);
  }
}

/** The delta that arrives last: it lay somewhere until the last day, as its modification time says. */
export function lateClientFile(
  { calendar, settings }: ClientWorld,
  late: readonly { story: ClientStory; record: Standing }[],
): DropFile {
  const records = late.map(({ story, record }) => recordOf(story, record, false));
  return clientFile(deltaName(calendar.late), settings.lastDay, records);
}

export function lateClientKey({ calendar }: ClientWorld): string {
  return dropKey(clientDataset, deltaName(calendar.late));
}

/** Every third full file is packed. */
function fullFile(number: number, date: string, stories: readonly ClientStory[]): ClientFile {
  const bad = badRecords.get(number) ?? [];
  const records = stories.flatMap((story) => {
    const standing = story.listedAt(date);
    return standing === null ? [] : [recordOf(story, standing, false)];
  });
  records.push(...bad.map(({ record }) => csvRecord(record)));
  const name = `clients_full_${date}.csv${number % 3 === 2 ? '.gz' : ''}`;
  return {
    file: clientFile(name, date, records),
    records: records.length,
    bad: bad.map(({ reason }) => reason),
  };
}

function clientFile(name: string, date: string, records: readonly string[]): DropFile {
  return { dataset: clientDataset, name, date, content: packed(csvText(header, records), name.endsWith('.gz')) };
}

function deltaName(date: string): string {
  return `clients_delta_${date}.csv`;
}

function recordOf(story: ClientStory, standing: Standing, respelled: boolean): string {
  const { name, region, segment, parentOrg, advisor, revenue } = standing;
  const said = [name, region, segment, parentOrg ?? '', advisor ?? ''];
  const spelled = respelled
    ? [` ${name.replaceAll(' ', '  ')}`, `${region} `, ` ${segment}`, parentOrg ?? ' ', (advisor ?? '').toUpperCase()]
    : said;
  return csvRecord([story.id, ...spelled, revenue === null ? '' : `${revenue}.00`, activity(story, standing)]);
}

/** Some records leave it empty: the client is active. */
function activity({ id }: ClientStory, { isActive }: Standing): string {
  return isActive && id.endsWith('7') ? '' : String(isActive);
}
