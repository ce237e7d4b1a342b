import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

export const clientTruthFile = 'truth-clients.json';

/** An advisor has at most so many active clients. */
export const advisorCapacity = 50;

export const changeReasons = ['NEW', 'CHANGED', 'MISSING', 'RETURNED'] as const;

/** A row of a client's history, named as in `client_dim`. Days are those of the files; the end is not part of the version. */
const versionSchema = z.object({
  region: z.string(),
  segment: z.string(),
  parent_org: z.string().nullable(),
  primary_advisor_email: z.string().nullable(),
  is_active: z.boolean(),
  effective_from: z.iso.date(),
  /** null: the current version */
  effective_to: z.iso.date().nullable(),
  /**
   * NEW: the first version. MISSING: a full file lacked the client. RETURNED: the first record after that. CHANGED: a record differed
   * from the version before.
   */
  change_reason: z.enum(changeReasons),
  /** Columns that differ from the version before. */
  changed: z.array(z.enum(['region', 'segment', 'parent_org', 'primary_advisor_email', 'is_active'])),
});

export type ClientVersion = z.infer<typeof versionSchema>;

const historySchema = z.object({
  client_id: z.string(),
  /** As its last record has it. */
  client_name: z.string(),
  versions: z.array(versionSchema),
});

export type ClientHistory = z.infer<typeof historySchema>;

export const plantedKinds = [
  'sample',
  'colliding-regions',
  'colliding-segments',
  'advisor-change',
  'parent-change',
  'several-changes-at-once',
  'there-and-back-in-two-days',
  'change-with-full-file',
  'vanished',
  'returned-by-full-file',
  'returned-by-delta',
  'returned-elsewhere',
  'vanished-twice',
  'deactivated',
  'reactivated',
  'deactivated-then-missing',
  'delta-only',
  'delta-then-missing',
  'repeated',
  'respelled',
  'renamed',
  'invalid-email',
  'no-advisor',
  'late-change',
  'late-change-overtaken',
  'late-change-confirmed',
  'late-change-undone',
  'late-without-change',
  'late-newcomer',
  'late-stranger',
] as const;

const plantedSchema = z.object({ kind: z.enum(plantedKinds), client_ids: z.array(z.string()) });
export type Planted = z.infer<typeof plantedSchema>;
export type PlantedKind = Planted['kind'];

/** What a correct pipeline must find in the client files. */
const clientTruthSchema = z.object({
  seed: z.int(),
  scale: z.number(),
  lastDay: z.iso.date(),
  days: z.int(),
  /** Files below `landing/clients/`, without the late one. */
  files: z.int(),
  fullFiles: z.int(),
  /** Records of all files, the bad ones too. */
  records: z.int(),
  /** Records that break a row rule, by the only rule they break; they belong to none of the clients. */
  quarantinedRecords: z.object({ REQUIRED: z.int(), TYPE: z.int(), RANGE: z.int() }),
  /** In the order of ids. */
  clients: z.array(historySchema),
  versions: z.int(),
  versionsByReason: z.record(z.enum(changeReasons), z.int()),
  /** Clients whose current version is active. */
  activeClients: z.int(),
  /** Territories in the order of their first record: by day of the file, deltas before full files, then by line. */
  territories: z.array(z.object({ region: z.string(), segment: z.string(), first_seen: z.iso.date() })),
  capacity: z.int(),
  /** Advisors with active clients on the last day, by e-mail. */
  advisors: z.array(z.object({ advisor_email: z.string(), active_clients: z.int() })),
  /** Those of them with more clients than the capacity, greatest number first. */
  overloaded: z.array(z.object({ advisor_email: z.string(), active_clients: z.int() })),
  /** Pairs of clients that are one company: client_id_a < client_id_b. No other two names are alike. */
  duplicates: z.array(
    z.object({
      client_id_a: z.string(),
      client_id_b: z.string(),
      variation: z.enum(['typo', 'legal-form', 'word-order']),
    }),
  ),
  /** Clients whose last record has an advisor_email that is no e-mail address. */
  invalidEmails: z.array(z.string()),
  planted: z.array(plantedSchema),
  /** The delta that comes after all others. */
  late: z.object({
    file: z.string(),
    /** The day in its name, before days of other files. */
    date: z.iso.date(),
    records: z.int(),
    /** The whole history of its clients once it is taken in; all others keep theirs. */
    clients: z.array(historySchema),
    /** Number of versions of all clients then. */
    versions: z.int(),
  }),
});

export type ClientTruth = z.infer<typeof clientTruthSchema>;

/** The truth of the client files in a folder, or null when there are none, or not to the end. Throws a ZodError for another file. */
export async function readClientTruth(folder: string): Promise<ClientTruth | null> {
  try {
    return clientTruthSchema.parse(JSON.parse(await readFile(join(folder, clientTruthFile), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
