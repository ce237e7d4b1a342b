import { CfnOutput, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import type { Construct } from 'constructs';
import type { ResourceNames } from '../../lambdas/domain/resource-names.ts';
import type { EnvironmentConfig } from '../config.ts';
import { ApiFigures } from '../constructs/api-figures.ts';
import { ApiGateway } from '../constructs/api-gateway.ts';
import { DashboardSite } from '../constructs/dashboard-site.ts';
import { grantStage } from '../constructs/grant-stage.ts';
import { PipelineFunction } from '../constructs/pipeline-function.ts';
import { ReaderPool } from '../constructs/reader-pool.ts';
import { RunbookAlarm } from '../constructs/runbook-alarm.ts';
import { ServiceKey } from '../constructs/service-key.ts';
import { type ServingFunctionName, servingFunctions } from '../serving-functions.ts';
import type { LakeStack } from './lake.ts';
import type { PipelineStack } from './pipeline.ts';

export interface ServingStackProps extends StackProps {
  readonly config: EnvironmentConfig;
  readonly names: ResourceNames;
  readonly lake: LakeStack;
  readonly pipeline: PipelineStack;
}

/** What people see: the dashboard and the API at one address, behind a login. Holds nobody's data but the list of who may log in. */
export class ServingStack extends Stack {
  readonly site: DashboardSite;
  readonly gateway: ApiGateway;
  readonly readers: ReaderPool;
  readonly figures: ApiFigures;

  constructor(scope: Construct, id: string, { config, names, lake, pipeline, ...props }: ServingStackProps) {
    super(scope, id, props);
    const key = new ServiceKey(this, 'ServiceKey', {
      description: 'Headwater: logs of the API',
      dataDeletable: config.dataDeletable,
      deletionDays: config.retention.keyDeletionDays,
    });
    const common = { logDays: config.functions.logDays, logKey: key, topic: pipeline.topic, usesEngine: false };
    const made = (stage: ServingFunctionName, environment: Record<string, string>) =>
      new PipelineFunction(this, stage, {
        ...common,
        ...servingFunctions[stage],
        stage,
        name: `${names.functionPrefix}-${stage}`,
        environment,
      });
    const tokenClaims = made('token-claims', { POWERTOOLS_METRICS_NAMESPACE: names.metricsNamespace });
    const loginName = `${names.functionPrefix}-${this.account}`;
    const loginOrigin = `https://${loginName}.auth.${this.region}.amazoncognito.com`;
    this.readers = new ReaderPool(this, 'Readers', {
      name: names.functionPrefix,
      domainPrefix: loginName,
      dataDeletable: config.dataDeletable,
      tokenClaims: tokenClaims.function as IFunction,
    });
    this.gateway = new ApiGateway(this, 'Gateway', {
      name: `${names.functionPrefix}-api`,
      logKey: key,
      logDays: config.functions.logDays,
      throttle: { perSecond: 200, burst: 400 },
    });
    this.site = new DashboardSite(this, 'Site', {
      bucketName: `${names.functionPrefix}-dashboard-${this.account}`,
      apiHost: this.gateway.host,
      loginOrigin,
      dataDeletable: config.dataDeletable,
      accessLogDays: config.retention.accessLogDays,
    });
    const url = `https://${this.site.distribution.distributionDomainName}`;
    const environment = apiEnvironment(config, names, url);
    const api = made('api', environment);
    const retry = made('retry-actions', environment);
    const targets = { names, lake };
    grantStage(api, { lake: { read: ['serving/', 'ops/'] }, secret: true, listing: true }, targets);
    grantStage(retry, { secret: true }, targets);
    const page = this.readers.addPage(url);
    this.gateway.serve(api.function as IFunction, {
      issuer: this.readers.pool.userPoolProviderUrl,
      clientId: page.userPoolClientId,
    });
    this.retryEveryFiveMinutes(retry.function as IFunction);
    this.figures = new ApiFigures(this, 'Figures', {
      apiId: this.gateway.apiId,
      log: api.function.logGroup,
      namespace: names.metricsNamespace,
    });
    this.watch(pipeline);
    const log = new LogGroup(this, 'SiteLog', {
      logGroupName: `/headwater/${names.functionPrefix}-site`,
      encryptionKey: key,
      retention: config.functions.logDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.site.deploy({ login: loginOrigin, clientId: page.userPoolClientId }, log);
    new CfnOutput(this, 'Url', { value: url, description: 'Where the dashboard is' });
    new CfnOutput(this, 'Login', { value: loginOrigin, description: 'Where people log in' });
    new CfnOutput(this, 'ClientId', {
      value: page.userPoolClientId,
      description: 'The dashboard as a client of the login',
    });
  }

  private retryEveryFiveMinutes(target: IFunction): void {
    const role = new Role(this, 'RetryRole', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
      description: 'Schedule of retry-actions',
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
    new Schedule(this, 'Retry', {
      description: 'Headwater: actions that Salesforce has not confirmed are tried again',
      schedule: ScheduleExpression.rate(Duration.minutes(5)),
      target: new LambdaInvoke(target, {
        // The target would add every version of the function.
        role: role.withoutPolicyUpdates(),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(5),
      }),
    });
  }

  private watch({ topic }: PipelineStack): void {
    const period = Duration.minutes(5);
    new RunbookAlarm(this, 'ApiErrors', {
      metric: this.figures.ofGateway('5xx', 'Sum', period),
      above: 5,
      impact: 'Requests of the dashboard fail: pages show an error with a request id.',
      runbook: 'API errors',
      topic,
    });
    new RunbookAlarm(this, 'ApiSlow', {
      metric: this.figures.ofGateway('Latency', 'p99', period),
      above: 2_000,
      periods: 3,
      impact: 'The dashboard is slow: one request in a hundred takes more than two seconds.',
      runbook: 'API slow',
      topic,
    });
  }
}

/** What lambdas/wiring/config.ts reads for the API. */
function apiEnvironment(config: EnvironmentConfig, names: ResourceNames, url: string): Record<string, string> {
  return {
    HEADWATER_LAKE_BUCKET: names.lakeBucket,
    HEADWATER_LEDGER_TABLE: names.ledgerTable,
    ...(config.salesforce ? { HEADWATER_ORG_SECRET: names.orgSecret } : {}),
    HEADWATER_ALLOWED_ORIGINS: url,
    HEADWATER_ALLOWANCE_HOURS: String(config.alarms.freshnessHours),
    POWERTOOLS_METRICS_NAMESPACE: names.metricsNamespace,
  };
}
