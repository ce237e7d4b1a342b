import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Duration, Stack, Validations } from 'aws-cdk-lib';
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  PriceClass,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import type { ILogGroup, LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { siteFileAddress } from '../../lambdas/api/page-address.ts';
import { pageHeaders, pagePolicy } from '../../lambdas/api/page-security.ts';
import { AccessLogBucket } from './access-log-bucket.ts';
import { dataRemovalPolicy } from './data-protection.ts';
import { explainWildcards } from './explained-wildcards.ts';

export interface DashboardSiteProps {
  readonly bucketName: string;
  /** Host of the API. */
  readonly apiHost: string;
  /** Where pages exchange their codes for tokens. */
  readonly loginOrigin: string;
  readonly dataDeletable: boolean;
  readonly accessLogDays: number;
}

const folder = (name: string) => fileURLToPath(new URL(`../../dashboard/${name}`, import.meta.url));

/** The dashboard's files in a private bucket, and the API, at one address; pages may load and call nothing else. */
export class DashboardSite extends Construct {
  readonly distribution: Distribution;
  readonly #files: Bucket;
  readonly #site: string;

  constructor(scope: Construct, id: string, props: DashboardSiteProps) {
    super(scope, id);
    const logs = new AccessLogBucket(this, 'AccessLogs', {
      dataDeletable: props.dataDeletable,
      days: props.accessLogDays,
      deliversByAcl: true,
    });
    const files = new Bucket(this, 'Files', {
      bucketName: props.bucketName,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      versioned: true,
      serverAccessLogsBucket: logs as IBucket,
      serverAccessLogsPrefix: 'files/',
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
      lifecycleRules: [
        { id: 'old-versions', noncurrentVersionExpiration: Duration.days(30), expiredObjectDeleteMarker: true },
        { id: 'broken-uploads', abortIncompleteMultipartUploadAfter: Duration.days(2) },
      ],
    });
    const site = siteFolder(this);
    const headers = securityHeaders(this, site, props.loginOrigin);
    const api = {
      origin: new HttpOrigin(props.apiHost),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    this.#files = files;
    this.#site = site;
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'Headwater: dashboard and API',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      priceClass: PriceClass.PRICE_CLASS_100,
      enableLogging: true,
      logBucket: logs as IBucket,
      logFilePrefix: 'distribution/',
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(files as IBucket),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        cachePolicy: CachePolicy.CACHING_OPTIMIZED,
        responseHeadersPolicy: headers,
        functionAssociations: [{ function: pageRouter(this), eventType: FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: { '/api/*': api, '/openapi.json': api },
    });
    Validations.of(this.distribution).acknowledge(
      {
        id: 'AwsSolutions-CFR1',
        reason: 'People who travel read it from anywhere; who may read is decided by the login.',
      },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Files are public code, and the API lets in verified tokens only, throttled; a firewall is a decision of the account.',
      },
      {
        id: 'AwsSolutions-CFR4',
        reason:
          "Without a domain of one's own the certificate is CloudFront's; with one, TLS 1.2 is set together with it.",
      },
    );
  }

  /**
   * Puts the built files into the bucket, and beside them what they are told at run time: `config.json`. Files under `assets/` carry a hash
   * of their content and stay, so that pages that are open find the parts they were built with; everything else is asked for each time.
   */
  deploy(configuration: object, logGroup: LogGroup): void {
    const common = { destinationBucket: this.#files as IBucket, prune: false, logGroup: logGroup as ILogGroup };
    const assets = new BucketDeployment(this, 'Assets', {
      ...common,
      sources: [Source.asset(this.#site)],
      exclude: ['*'],
      include: ['assets/*'],
      cacheControl: [CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    const pages = new BucketDeployment(this, 'Pages', {
      ...common,
      sources: [Source.asset(this.#site), Source.jsonData('config.json', configuration)],
      exclude: ['assets/*'],
      cacheControl: [CacheControl.noCache()],
    });
    pages.node.addDependency(assets);
    explainCopier(Stack.of(this), this.#files);
  }
}

function explainCopier(stack: Stack, files: Bucket): void {
  const { node } = stack;
  const copier = node.children.find(({ node: { id } }) => id.startsWith('Custom::CDKBucketDeployment'));
  if (copier === undefined) throw new Error('The copier of CDK has another name now.');
  const bucket = stack.getLogicalId(files.node.defaultChild as CfnBucket);
  const assets = `arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>`;
  Validations.of(copier).acknowledge(
    {
      id: 'AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
      reason: 'The function that copies files at deployments is made by CDK, and writes logs only.',
    },
    { id: 'AwsSolutions-L1', reason: 'The function that copies files at deployments is made by CDK.' },
  );
  explainWildcards(copier, {
    ...Object.fromEntries(
      ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'].map((action) => [
        `Action::${action}`,
        'CDK names the actions of copying a folder so; they hold for the bucket of pages and that of assets.',
      ]),
    ),
    [`Resource::<${bucket}.Arn>/*`]: 'All files of the pages are replaced by a deployment.',
    [`Resource::${assets}/*`]: 'CDK puts what it deploys into its own bucket.',
  });
}

/** Any address that is none of a file is a page of the dashboard. */
function pageRouter(scope: Construct): EdgeFunction {
  return new EdgeFunction(scope, 'PageRouter', {
    comment: 'Every page is index.html, which routes by the address',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(
      `function handler(event) { var request = event.request; if (!${siteFileAddress}.test(request.uri)) request.uri = '/index.html'; return request; }`,
    ),
  });
}

function securityHeaders(scope: Construct, site: string, loginOrigin: string): ResponseHeadersPolicy {
  const known = ['x-content-type-options', 'referrer-policy', 'x-frame-options', 'strict-transport-security'];
  return new ResponseHeadersPolicy(scope, 'Headers', {
    comment: 'Headwater: pages load and call only what is theirs',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: pagePolicy(inlineScripts(site), [loginOrigin]), override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: Object.entries(pageHeaders)
        .filter(([header]) => !known.includes(header))
        .map(([header, value]) => ({ header, value, override: true })),
    },
  });
}

/** The built dashboard; where nothing is bundled (templates in tests), the files that it has in any case. */
function siteFolder(scope: Construct): string {
  if (!Stack.of(scope).bundlingRequired) return folder('public');
  const built = folder('dist');
  if (!existsSync(join(built, 'index.html'))) {
    throw new Error('The dashboard has not been built: `npm run build:dashboard` does it.');
  }
  return built;
}

/** Hashes of the scripts that stand in the page, as the policy names them. */
function inlineScripts(site: string): string[] {
  const page = join(site, 'index.html');
  if (!existsSync(page)) return [];
  const scripts = readFileSync(page, 'utf8').matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...scripts].map(([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`);
}
