import { bronzeMetaColumns, contractColumns, dropQuarantineColumns } from './bronze-table.ts';
import type { Configuration } from './configuration.ts';
import { fileReasonCodes } from './reasons.ts';
import { writtenColumns } from './model.ts';
import { opsTables } from './ops-tables.ts';
import { deletionColumns, deletionTable, salesforceBronzeTable, salesforceMetaColumns } from './salesforce-source.ts';
import type { Column } from './table.ts';

/** The data dictionary as Markdown: every table and column that comes out, from the contracts themselves. */
export function dataDictionary(configuration: Configuration): string {
  const models = configuration.models.toSorted(
    (a, b) => order(a.table) - order(b.table) || (a.table < b.table ? -1 : 1),
  );
  return [
    '# Data dictionary',
    'Generated from the contracts by `npm run generate`; do not edit. Money is in USD (the currency of the lake) unless a column says otherwise; `<name>_original` is an amount in the currency of its row, months are `YYYY-MM`, NULL means "not defined", 0 means "measured zero".',
    '"specification" marks formulas that were given, "ours" those that this project chose.',
    ...models.map((model) =>
      section(
        model.table,
        `${model.contract.row.charAt(0).toUpperCase()}${model.contract.row.slice(1)}. ${model.contract.description.trim()}`,
        [
          model.contract.key.length > 0 ? `Key: ${model.contract.key.join(', ')}.` : '',
          model.contract.partition_by.length > 0 ? `Partitioned by ${model.contract.partition_by.join(', ')}.` : '',
          `Made from ${model.inputs.join(', ')}. Owner: ${model.contract.owner}.`,
        ],
        writtenColumns(model),
        new Map(model.contract.columns.map((column) => [column.name, column.definition ?? ''])),
      ),
    ),
    ...configuration.views.map(({ view, contract, reads }) =>
      section(
        view,
        `A view: ${contract.row}. ${contract.description.trim()}`,
        [`Reads ${reads.map(({ table }) => table).join(', ')}. Owner: ${contract.owner}.`],
        contract.columns,
      ),
    ),
    ...configuration.datasets.map((dataset) =>
      section(
        `bronze.${dataset.table}`,
        `A row is one accepted record of dataset \`${dataset.dataset}\`. ${dataset.description}`,
        [`Bad records are in \`quarantine.${dataset.dataset}\`.`],
        [...contractColumns(dataset), ...bronzeMetaColumns],
      ),
    ),
    section(
      'bronze.salesforce_<object>',
      `A row is one version of one record as it was extracted: ${configuration.mappings.map(({ object }) => `\`${salesforceBronzeTable(object)}\``).join(', ')}.`,
      [
        'Its other columns are the API names of the fields in lower case, all varchar, with the text as Salesforce sends it.',
      ],
      salesforceMetaColumns,
    ),
    section(deletionTable, 'A row says that a record was found to be gone from the org.', [], deletionColumns),
    section(
      'quarantine.<dataset>',
      'A row is one record that was set aside while collecting.',
      [],
      dropQuarantineColumns,
    ),
    ...opsTables.map((table) =>
      section(
        table.table,
        `A row is ${table.row}.`,
        ['Not part of publications: written when a run closes, also a failed one.'],
        table.columns,
      ),
    ),
    '## Reasons for rejecting a file',
    [
      '| code | meaning |',
      '|---|---|',
      ...Object.entries(fileReasonCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`),
    ].join('\n'),
  ]
    .join('\n\n')
    .concat('\n');
}

function order(table: string): number {
  return ['gold', 'silver', 'analytics'].findIndex((layer) => table.startsWith(`${layer}.`));
}

function section(
  title: string,
  text: string,
  remarks: readonly string[],
  columns: readonly Column[],
  definitions: ReadonlyMap<string, string> = new Map(),
): string {
  const rows = columns.map(({ name, type, unit, pii, description }) => {
    const marks = [
      unit === undefined ? '' : `unit: ${unit}`,
      pii === undefined ? '' : pii === 'none' ? 'not personal' : `personal: ${pii}`,
      definitions.get(name) ?? '',
    ];
    return `| \`${name}\` | ${type} | ${cell(description ?? '')} | ${marks.filter((mark) => mark !== '').join('; ')} |`;
  });
  const intro = [text, ...remarks.filter((remark) => remark !== '')].join(' ');
  return [`## ${title}`, '', intro, '', '| column | type | description | |', '|---|---|---|---|', ...rows].join('\n');
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
