import { CfnApi, CfnAuthorizer, CfnIntegration, CfnRoute, CfnStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { type IFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, type RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';

export interface ApiGatewayProps {
  readonly name: string;
  readonly logKey: IKey;
  readonly logDays: RetentionDays;
  /** Requests a second for all callers together, and as many at once. */
  readonly throttle: { readonly perSecond: number; readonly burst: number };
}

/** The HTTP API: a route for each endpoint of the contract, which lets in only tokens with the endpoint's scope. Everything else does not exist. */
export class ApiGateway extends Construct {
  readonly apiId: string;
  /** Host name without a path. */
  readonly host: string;

  constructor(scope: Construct, id: string, { name, logKey, logDays, throttle }: ApiGatewayProps) {
    super(scope, id);
    const api = new CfnApi(this, 'Api', { name, protocolType: 'HTTP' });
    this.apiId = api.ref;
    const { region, urlSuffix } = Stack.of(this);
    this.host = `${api.ref}.execute-api.${region}.${urlSuffix}`;
    const log = new LogGroup(this, 'Log', {
      logGroupName: `/headwater/${name}`,
      encryptionKey: logKey,
      retention: logDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    new CfnStage(this, 'Stage', {
      apiId: api.ref,
      stageName: '$default',
      autoDeploy: true,
      accessLogSettings: { destinationArn: log.logGroupArn, format: JSON.stringify(accessLog) },
      defaultRouteSettings: {
        throttlingRateLimit: throttle.perSecond,
        throttlingBurstLimit: throttle.burst,
        detailedMetricsEnabled: true,
      },
    });
  }

  /** Binds every endpoint to the function. */
  serve(target: IFunction, pool: { readonly issuer: string; readonly clientId: string }): void {
    const { apiId } = this;
    const authorizer = new CfnAuthorizer(this, 'Readers', {
      apiId,
      name: 'readers',
      authorizerType: 'JWT',
      identitySource: ['$request.header.Authorization'],
      jwtConfiguration: { issuer: pool.issuer, audience: [pool.clientId] },
    });
    const integration = new CfnIntegration(this, 'Function', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: target.functionArn,
      payloadFormatVersion: '2.0',
    });
    for (const [operation, endpoint] of Object.entries<Endpoint>(endpoints)) {
      new CfnRoute(this, operation, {
        apiId,
        routeKey: `${endpoint.method} ${endpoint.path.replaceAll(/:(\w+)/g, '{$1}')}`,
        target: `integrations/${integration.ref}`,
        authorizationType: 'JWT',
        authorizerId: authorizer.ref,
        ...(endpoint.scope === null ? {} : { authorizationScopes: [`headwater/${endpoint.scope}`] }),
      });
    }
    new CfnRoute(this, 'openapi', {
      apiId,
      routeKey: 'GET /openapi.json',
      target: `integrations/${integration.ref}`,
      authorizationType: 'JWT',
      authorizerId: authorizer.ref,
    });
    const { account, region, partition } = Stack.of(this);
    new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: `arn:${partition}:execute-api:${region}:${account}:${apiId}/*`,
    });
  }
}

/** No address and no parameter: they may name people. */
const accessLog = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  refused: '$context.authorizer.error',
};
