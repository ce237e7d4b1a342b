import { z } from 'zod';
import { datasetSchema } from './dataset.ts';
import { fxConfigSchema } from './fx-config.ts';
import { accountLinksConfigSchema } from './linking/account-links-config.ts';
import { companyNamesConfigSchema } from './linking/company-names-config.ts';
import { mappingSchema } from './mapping.ts';
import { metricsConfigSchema } from './metrics-config.ts';
import { modelContractSchema } from './model.ts';
import { salesforceSourceSchema } from './salesforce-source.ts';
import { territoriesConfigSchema } from './territories/territories-config.ts';
import { viewContractSchema } from './view.ts';

/** File name -> JSON Schema (2020-12) of what users write, from the same schemas that check it at start. */
export function publishedSchemas(): Record<string, object> {
  const publish = (schema: z.ZodType, title: string) => ({
    title,
    ...z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }),
  });
  return {
    'dataset.schema.json': publish(
      datasetSchema,
      'Contract of one kind of dropped file: config/sources/<dataset>.json',
    ),
    'metrics.schema.json': publish(metricsConfigSchema, 'Parameters of the metrics: config/metrics.json'),
    'mapping.schema.json': publish(
      mappingSchema,
      'How the records of a Salesforce object become a silver table: config/mappings/<table>.json',
    ),
    'fx.schema.json': publish(fxConfigSchema, 'Currencies of records and default rates: config/fx.json'),
    'territories.schema.json': publish(
      territoriesConfigSchema,
      'Territories, rules and advisors of clients: config/territories.json',
    ),
    'account-links.schema.json': publish(
      accountLinksConfigSchema,
      'When accounts are one company: config/account-links.json',
    ),
    'company-names.schema.json': publish(
      companyNamesConfigSchema,
      'Words that do not tell companies apart: config/company-names.json',
    ),
    'salesforce.schema.json': publish(
      salesforceSourceSchema,
      'Objects of a Salesforce org: config/sources/salesforce.json',
    ),
    'model.schema.json': publish(modelContractSchema, 'Contract of a model: glue-sql/<layer>/**/<table>.yml'),
    'view.schema.json': publish(viewContractSchema, 'Contract of a view: glue-sql/views/<view>.yml'),
  };
}
