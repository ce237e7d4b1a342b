import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { ObjectShape } from './object-shape.ts';
import type { OrgDatabase } from './org-database.ts';
import { literal, quoted } from './org-tables.ts';

/** The files and columns of the documents' CSV simulation; custom fields go without `__c`. */
const exports = [
  {
    object: 'Account',
    file: 'accounts.csv',
    columns: `Id Name Phone Website Industry AnnualRevenue NumberOfEmployees BillingStreet BillingCity BillingState
      BillingPostalCode BillingCountry Rating Type AccountSource AccountNumber Site Description Ownership ParentId TickerSymbol
      YearStarted CreatedDate LastModifiedDate OwnerId CustomerSegment GeographicRegion AccountStatus LastActivityDate`,
  },
  {
    object: 'Contact',
    file: 'contacts.csv',
    columns: `Id LastName AccountId FirstName Email Phone MobilePhone Title Department LeadSource MailingStreet MailingCity
      MailingState MailingPostalCode MailingCountry DoNotCall HasOptedOutOfEmail Description CreatedDate LastModifiedDate OwnerId
      ContactRole ContactLevel EngagementScore`,
  },
  {
    object: 'Opportunity',
    file: 'opportunities.csv',
    columns: `Id Name AccountId StageName CloseDate Amount Probability LeadSource Type NextStep Description ForecastCategory
      IsClosed IsWon CreatedDate LastModifiedDate OwnerId DealSize SalesCycle ProductInterest Budget Timeline`,
  },
] as const;

/**
 * Writes accounts.csv (29 columns), contacts.csv (24) and opportunities.csv (22), deleted records left out, in the order of Ids. Times
 * are ISO 8601 in UTC. Answers with the rows per file. Throws an OrgError when the org lacks one of the objects.
 */
export async function exportCsv(database: OrgDatabase, folder: string): Promise<Readonly<Record<string, number>>> {
  await mkdir(folder, { recursive: true });
  const rows: Record<string, number> = {};
  for (const { object, file, columns } of exports) {
    const values = columns.split(/\s+/).map((column) => valueSql(database.shape(object), column));
    const result = await database.connection.runAndReadAll(
      `copy (select ${values.join(', ')} from org.${quoted(object)} where not "IsDeleted" order by "Id")
       to ${literal(join(folder, file))} (format csv, header, delim ',', quote '"', escape '"')`,
    );
    rows[file] = Number(result.getRows()[0]?.[0]);
  }
  return rows;
}

function valueSql(shape: ObjectShape, column: string): string {
  const field =
    shape.fields.find(({ name }) => name === column) ?? shape.fields.find(({ name }) => name === `${column}__c`);
  if (field === undefined) return `null as ${quoted(column)}`;
  const name = quoted(field.name);
  const sql = field.type === 'datetime' ? `strftime(${name}, '%Y-%m-%dT%H:%M:%S.%gZ')` : name;
  return `${sql} as ${quoted(column)}`;
}
