import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { type Endpoint, endpoints } from '../../lambdas/api/contract.ts';
import { environmentNames } from '../../lambdas/domain/resource-names.ts';
import { environments } from '../../lib/config.ts';
import { resources, templates } from './synthesise.ts';

describe.each(environmentNames)('what people see of %s', (environment) => {
  const { serving } = templates(environment);
  const deletable = environments[environment].dataDeletable;

  test('has a route for each endpoint, open to verified tokens with its scope only', () => {
    const routes = resources(serving, 'AWS::ApiGatewayV2::Route').map(({ Properties }) => [
      Properties.RouteKey,
      Properties.AuthorizationType,
      Properties.AuthorizationScopes,
    ]);
    const expected = Object.values<Endpoint>(endpoints).map(({ method, path, scope }) => [
      `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
      'JWT',
      scope === null ? undefined : [`headwater/${scope}`],
    ]);
    expect(routes.toSorted()).toEqual([...expected, ['GET /openapi.json', 'JWT', undefined]].toSorted());
    const [authorizer] = resources(serving, 'AWS::ApiGatewayV2::Authorizer');
    const verified = JSON.stringify(authorizer?.Properties.JwtConfiguration);
    expect(verified).toContain('ReadersPool');
    expect(verified).toContain('ReadersPoolPage');
  });

  test('is throttled and logged without addresses', () => {
    const [stage] = resources(serving, 'AWS::ApiGatewayV2::Stage');
    expect(stage?.Properties.DefaultRouteSettings).toMatchObject({
      ThrottlingRateLimit: 200,
      ThrottlingBurstLimit: 400,
    });
    const format = JSON.stringify(stage?.Properties.AccessLogSettings);
    expect(format).toContain('$context.requestId');
    expect(format).not.toMatch(/\$context\.(path|identity|authorizer\.claims)/);
    for (const { id, Properties } of resources(serving, 'AWS::Logs::LogGroup')) {
      expect(Properties.KmsKeyId, id).toBeDefined();
      expect(Properties.RetentionInDays, id).toBe(environments[environment].functions.logDays);
    }
  });

  test('lets people in whom somebody invited, with a second factor', () => {
    const [pool] = resources(serving, 'AWS::Cognito::UserPool');
    expect(pool?.Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: deletable ? 'INACTIVE' : 'ACTIVE',
    });
    const [client] = resources(serving, 'AWS::Cognito::UserPoolClient');
    expect(client?.Properties).toMatchObject({
      GenerateSecret: false,
      AllowedOAuthFlows: ['code'],
      PreventUserExistenceErrors: 'ENABLED',
      // Nobody gives themselves territories.
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      WriteAttributes: ['locale'],
    });
    expect(JSON.stringify(client?.Properties.AllowedOAuthScopes)).not.toContain('aws.cognito.signin.user.admin');
    const groups = resources(serving, 'AWS::Cognito::UserPoolGroup').map(({ Properties }) => Properties.GroupName);
    expect(groups.toSorted()).toEqual(['admin', 'advisor', 'analyst', 'manager', 'operator']);
  });

  test('keeps files in buckets that only the distribution reads', () => {
    const buckets = resources(serving, 'AWS::S3::Bucket');
    expect(buckets).toHaveLength(2);
    for (const { id, Properties, DeletionPolicy } of buckets) {
      if (!deletable) expect(DeletionPolicy, id).toBe('Retain');
      expect(Properties.PublicAccessBlockConfiguration, id).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
    const policies = JSON.stringify(resources(serving, 'AWS::S3::BucketPolicy'));
    expect(policies).toContain('cloudfront.amazonaws.com');
    expect(policies).toContain('"aws:SecureTransport":"false"');
  });

  test('keeps files with a hash in their name for good, and asks for all others each time', () => {
    const copies = resources(serving, 'Custom::CDKBucketDeployment').map(({ Properties }) => [
      (Properties.SystemMetadata as { 'cache-control': string })['cache-control'],
      Properties.Exclude,
      Properties.Include,
      Properties.Prune,
    ]);
    expect(copies).toEqual([
      ['public, max-age=31536000, immutable', ['*'], ['assets/*'], false],
      ['no-cache', ['assets/*'], undefined, false],
    ]);
  });

  test('sends the security headers with every page', () => {
    const [policy] = resources(serving, 'AWS::CloudFront::ResponseHeadersPolicy');
    const text = JSON.stringify(policy?.Properties);
    for (const part of ["default-src 'none'", "frame-ancestors 'none'", "connect-src 'self'", "script-src 'self'"]) {
      expect(text).toContain(part);
    }
    expect(text).toContain('amazoncognito.com');
    expect(text).not.toMatch(/script-src[^;]*unsafe/);
    expect(text).toContain('"AccessControlMaxAgeSec":31536000');
    expect(text).toContain('permissions-policy');
  });

  test('gives the page at every address of one, with a dot in its id as well, and files at theirs', async () => {
    const [router] = resources(serving, 'AWS::CloudFront::Function');
    const route = new Function('event', `${router?.Properties.FunctionCode}; return handler(event);`) as (event: {
      request: { uri: string };
    }) => { uri: string };
    const uri = (address: string) => route({ request: { uri: address } }).uri;
    for (const page of ['/', '/customers', '/customers/001Hw', '/clients/ACME.EU', '/shoppers/1.5.js']) {
      expect(uri(page), page).toBe('/index.html');
    }
    const names = await readdir(new URL('../../dashboard/public', import.meta.url), { recursive: true });
    for (const file of ['index.html', 'assets/page-1a.js', 'assets/inter.woff2', 'robots.txt', ...names]) {
      expect(uri(`/${file}`), file).toBe(`/${file}`);
    }
  });

  test('comes over TLS, and is never kept where the API answers', () => {
    const [distribution] = resources(serving, 'AWS::CloudFront::Distribution');
    const config = distribution?.Properties.DistributionConfig as {
      DefaultCacheBehavior: { ViewerProtocolPolicy: string };
      CacheBehaviors: { PathPattern: string; ViewerProtocolPolicy: string; CachePolicyId: string }[];
    };
    expect(config.DefaultCacheBehavior.ViewerProtocolPolicy).toBe('redirect-to-https');
    expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/api/*', '/openapi.json']);
    // The managed policy CachingDisabled.
    const cachingDisabled = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
    for (const behaviour of config.CacheBehaviors) {
      expect(behaviour).toMatchObject({ ViewerProtocolPolicy: 'https-only', CachePolicyId: cachingDisabled });
    }
  });

  test('gives the API snapshots and records to read, the ledger, and nothing of the lake to write', () => {
    const policies = resources(serving, 'AWS::IAM::Policy').map(({ id, Properties }) => ({
      id,
      text: JSON.stringify(Properties.PolicyDocument),
    }));
    const api = policies.find(({ id }) => id.startsWith('apiRole'))?.text ?? '';
    expect(api).toContain('/serving/*');
    expect(api).toContain('/ops/*');
    // Lists of files come from the index, which has an ARN of its own.
    expect(api).toContain('/index/by_time');
    for (const layer of ['bronze', 'silver', 'gold', 'quarantine', 'catalog']) expect(api).not.toContain(`/${layer}/*`);
    // The copier of the pages writes to their bucket, and to no other.
    const [copier = { text: '' }] = policies.filter(({ text }) => /s3:(Put|Delete)Object/.test(text));
    expect(copier.text).toContain('"SiteFiles');
    expect(copier.text).not.toMatch(/-lake-|-raw-|dynamodb:|cloudfront:/);
    for (const { id, text } of policies)
      if (text !== copier.text) expect(text, id).not.toMatch(/s3:(Put|Delete)Object/);
    const readers = policies.filter(({ text }) => text.includes('secretsmanager:GetSecretValue')).map(({ id }) => id);
    expect(readers.map((id) => id.replace(/Role.*/, '')).toSorted()).toEqual(['api', 'retryactions']);
    const claims = policies.find(({ id }) => id.startsWith('tokenclaims'))?.text ?? '';
    expect(claims).not.toMatch(/s3:|dynamodb:|kms:/);
  });
});
