import type { CodeModel, CodeSettings } from '../code-model.ts';
import type { TableName } from '../table.ts';
import type { ClientFile } from './client-history.ts';
import { accountFile, fileKind, foldClientSources, type OrgUser } from './client-sources.ts';
import { type ClientRecord, type ClientVersion, versionColumns } from './client-version.ts';
import type { TerritoriesConfig } from './territories-config.ts';

const recordTable: TableName = 'silver.client_record';
const unreadTable: TableName = 'silver.client_unread';
const previousTable: TableName = 'previous.silver_client_history';

/** `silver.client_history` and `silver.rejected_client` from dropped client files and the org's accounts. */
export const clientHistoryModel: CodeModel = {
  name: 'client-history',
  version: 1,
  tables: ['silver.client_history', 'silver.rejected_client'],
  usesAsOf: true,
  settings: ({ territories }) => territories?.sources,
  inputs: (configuration) => [
    { table: recordTable, columns: ['source_file', 'source_line', 'file_date', ...recordColumns] },
    { table: unreadTable, columns: ['source_file', 'raw_record'] },
    { table: 'silver.account', columns: accountColumns(configuration) },
    { table: 'silver.crm_user', columns: ['user_id', 'email'] },
    { table: previousTable, columns: versionColumns },
  ],
  compute(rows, { configuration: { territories }, asOf }) {
    const files: ClientFile[] = [];
    if (territories?.sources.clients.enabled) {
      const lines = rows<RecordRow>(recordTable);
      files.push(...droppedFiles(lines, rows<UnreadRow>(unreadTable), territories.sources.clients));
    }
    const accounts = rows('silver.account');
    if (territories?.sources.accounts.enabled && accounts.length > 0) {
      const users = rows<OrgUser>('silver.crm_user');
      files.push(accountFile(accounts, users, territories.sources.accounts, asOf));
    }
    const previous = rows<ClientVersion>(previousTable);
    const { versions, rejected } = foldClientSources(previous, files, asOf);
    return new Map<TableName, readonly object[]>([
      ['silver.client_history', versions],
      ['silver.rejected_client', rejected],
    ]);
  },
};

const recordColumns = [
  'client_key',
  'client_name',
  'region',
  'segment',
  'parent_org',
  'primary_advisor_email',
  'annual_revenue',
  'is_active',
] as const;

/** The columns of silver.account that the configuration maps to a client's attributes. */
function accountColumns({ territories }: CodeSettings): string[] {
  const mapping = territories?.sources.accounts;
  const mapped = [...Object.values(mapping?.fields ?? {}), mapping?.status?.column].filter(
    (name) => name !== undefined,
  );
  return [...new Set(['account_id', 'is_deleted', ...mapped])];
}

/** A row of silver.client_record. */
interface RecordRow extends ClientRecord {
  readonly source_file: string;
  readonly source_line: number;
  readonly file_date: string;
}

/** A row of silver.client_unread. */
interface UnreadRow {
  readonly source_file: string;
  readonly raw_record: string;
}

function droppedFiles(
  rows: readonly RecordRow[],
  unreadRows: readonly UnreadRow[],
  { delta_files }: TerritoriesConfig['sources']['clients'],
): ClientFile[] {
  const unread = Map.groupBy(unreadRows, ({ source_file }) => source_file);
  return [...Map.groupBy(rows, ({ source_file, file_date }) => `${file_date} ${source_file}`).values()].flatMap(
    (lines) => {
      const [first] = lines;
      if (first === undefined) return [];
      const { source_file, file_date } = first;
      const kind = fileKind(source_file.slice(source_file.lastIndexOf('/') + 1), delta_files);
      const records = lines.toSorted((a, b) => a.source_line - b.source_line);
      const raw = (unread.get(source_file) ?? []).map(({ raw_record }) => raw_record);
      return [{ name: source_file, source: 'clients', effectiveDate: file_date, kind, records, unread: raw }];
    },
  );
}
