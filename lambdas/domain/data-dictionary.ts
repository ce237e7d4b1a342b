import { bronzeMetaColumns, contractColumns, dropQuarantineColumns } from './bronze-table.ts';
import type { Configuration } from './configuration.ts';
import { fileReasonCodes } from './reasons.ts';
import type { Dataset } from './dataset.ts';
import type { Mapping } from './mapping.ts';
import { type Model, writtenColumns } from './model.ts';
import { type OpsTable, opsTables } from './ops-tables.ts';
import { deletionColumns, deletionTable, salesforceBronzeTable, salesforceMetaColumns } from './salesforce-source.ts';
import type { Column } from './table.ts';
import type { View } from './view.ts';

/** The data dictionary as Markdown: every table and column that comes out, from the contracts themselves. */
export function dataDictionary({ models, views, datasets, mappings }: Configuration): string {
  const sections = [
    '# Data dictionary',
    'Generated from the contracts by `npm run generate`; do not edit. Money is in USD (the currency of the lake) unless a column says otherwise; `<name>_original` is an amount in the currency of its row, months are `YYYY-MM`, NULL means "not defined", 0 means "measured zero".',
    '"specification" marks formulas that were given, "ours" those that this project chose.',
    ...models.toSorted((a, b) => order(a.table) - order(b.table) || (a.table < b.table ? -1 : 1)).map(modelSection),
    ...views.map(viewSection),
    ...datasets.map(bronzeSection),
    ...salesforceSections(mappings),
    section(
      'quarantine.<dataset>',
      'A row is one record that was set aside while collecting.',
      [],
      dropQuarantineColumns,
    ),
    ...opsTables.map(opsSection),
    '## Reasons for rejecting a file',
    [
      '| code | meaning |',
      '|---|---|',
      ...Object.entries(fileReasonCodes).map(([code, meaning]) => `| \`${code}\` | ${meaning} |`),
    ].join('\n'),
  ];
  return `${sections.join('\n\n')}\n`;
}

function modelSection(model: Model): string {
  const { table, contract, inputs } = model;
  return section(
    table,
    `${contract.row.charAt(0).toUpperCase()}${contract.row.slice(1)}. ${contract.description.trim()}`,
    [
      contract.key.length > 0 ? `Key: ${contract.key.join(', ')}.` : '',
      contract.partition_by.length > 0 ? `Partitioned by ${contract.partition_by.join(', ')}.` : '',
      `Made from ${inputs.join(', ')}. Owner: ${contract.owner}.`,
    ],
    writtenColumns(model),
    new Map(contract.columns.map((column) => [column.name, column.definition ?? ''])),
  );
}

function viewSection({ view, contract, reads }: View): string {
  return section(
    view,
    `A view: ${contract.row}. ${contract.description.trim()}`,
    [`Reads ${reads.map(({ table }) => table).join(', ')}. Owner: ${contract.owner}.`],
    contract.columns,
  );
}

function bronzeSection(dataset: Dataset): string {
  return section(
    `bronze.${dataset.table}`,
    `A row is one accepted record of dataset \`${dataset.dataset}\`. ${dataset.description}`,
    [`Bad records are in \`quarantine.${dataset.dataset}\`.`],
    [...contractColumns(dataset), ...bronzeMetaColumns],
  );
}

function salesforceSections(mappings: readonly Mapping[]): string[] {
  const tables = mappings.map(({ object }) => `\`${salesforceBronzeTable(object)}\``).join(', ');
  return [
    section(
      'bronze.salesforce_<object>',
      `A row is one version of one record as it was extracted: ${tables}.`,
      [
        'Its other columns are the API names of the fields in lower case, all varchar, with the text as Salesforce sends it.',
      ],
      salesforceMetaColumns,
    ),
    section(deletionTable, 'A row says that a record was found to be gone from the org.', [], deletionColumns),
  ];
}

function opsSection({ table, row, columns }: OpsTable): string {
  return section(
    table,
    `A row is ${row}.`,
    ['Not part of publications: written when a run closes, also a failed one.'],
    columns,
  );
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
