import { type App, Aws, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { type EnvironmentName, resourceNames } from '../lambdas/domain/resource-names.ts';
import { environments, environmentTag } from './config.ts';
import { CatalogStack } from './stacks/catalog.ts';
import { LakeStack } from './stacks/lake.ts';
import { MonitoringStack } from './stacks/monitoring.ts';
import { PipelineStack } from './stacks/pipeline.ts';
import { ServingStack } from './stacks/serving.ts';

/** The stacks of one environment. None looks anything up, so they are synthesised without an account. */
export interface Environment {
  readonly lake: LakeStack;
  readonly catalog: CatalogStack;
  readonly pipeline: PipelineStack;
  readonly monitoring: MonitoringStack;
  readonly serving: ServingStack;
}

export function addEnvironment(app: App, environment: EnvironmentName): Environment {
  const config = environments[environment];
  const names = resourceNames(environment, Aws.ACCOUNT_ID);
  const id = (stack: string) => `Headwater-${environment}-${stack}`;
  const lake = new LakeStack(app, id('Lake'), { config, names, description: 'Headwater: data, ledger, keys' });
  const catalog = new CatalogStack(app, id('Catalog'), {
    config,
    names,
    lake,
    description: 'Headwater: databases, workgroup and role of analysts',
  });
  const pipeline = new PipelineStack(app, id('Pipeline'), {
    config,
    names,
    lake,
    description: 'Headwater: functions, state machine, schedules and file events',
  });
  const serving = new ServingStack(app, id('Serving'), {
    config,
    names,
    lake,
    pipeline,
    description: 'Headwater: API, login and dashboard',
  });
  const monitoring = new MonitoringStack(app, id('Monitoring'), {
    config,
    pipeline,
    names,
    api: serving.figures,
    description: 'Headwater: alarms, budget and dashboard',
  });
  const stacks = { lake, catalog, pipeline, monitoring, serving };
  for (const stack of Object.values(stacks)) {
    Tags.of(stack).add(environmentTag, config.environment);
    for (const [key, value] of Object.entries(config.tags)) Tags.of(stack).add(key, value);
  }
  return stacks;
}

/** Every stack is checked by AWS's rules for solutions while it is synthesised; a finding without a written reason fails it. */
export function addChecks(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app, { verbose: true }));
}
