import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Duration, Validations } from 'aws-cdk-lib';
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
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pageHeaders, pagePolicy } from '../../lambdas/api/page-security.ts';
import { AccessLogBucket } from './access-log-bucket.ts';
import { dataRemovalPolicy } from './data-protection.ts';

export interface DashboardSiteProps {
  readonly bucketName: string;
  /** Host of the API. */
  readonly apiHost: string;
  /** Where pages exchange their codes for tokens. */
  readonly loginOrigin: string;
  readonly dataDeletable: boolean;
  readonly accessLogDays: number;
}

const built = fileURLToPath(new URL('../../dashboard/dist/index.html', import.meta.url));

/** The dashboard's files in a private bucket, and the API, at one address; pages may load and call nothing else. */
export class DashboardSite extends Construct {
  readonly distribution: Distribution;

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
    const headers = securityHeaders(this, props.loginOrigin);
    const api = {
      origin: new HttpOrigin(props.apiHost),
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
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
      additionalBehaviors: { '/api/*': api },
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
}

/** Any address without a file ending is a page of the dashboard. */
function pageRouter(scope: Construct): EdgeFunction {
  return new EdgeFunction(scope, 'PageRouter', {
    comment: 'Every page is index.html, which routes by the address',
    runtime: FunctionRuntime.JS_2_0,
    code: FunctionCode.fromInline(
      "function handler(event) { var request = event.request; if (request.uri.lastIndexOf('.') <= request.uri.lastIndexOf('/')) request.uri = '/index.html'; return request; }",
    ),
  });
}

function securityHeaders(scope: Construct, loginOrigin: string): ResponseHeadersPolicy {
  const known = ['x-content-type-options', 'referrer-policy', 'x-frame-options', 'strict-transport-security'];
  return new ResponseHeadersPolicy(scope, 'Headers', {
    comment: 'Headwater: pages load and call only what is theirs',
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: pagePolicy(inlineScripts(), [loginOrigin]), override: true },
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

/** Hashes of the scripts in the built page; none while nothing is built. */
function inlineScripts(): string[] {
  if (!existsSync(built)) return [];
  const scripts = readFileSync(built, 'utf8').matchAll(/<script(?![^>]*\ssrc=)[^>]*>([\s\S]*?)<\/script>/g);
  return [...scripts].map(([, script = '']) => `sha256-${createHash('sha256').update(script).digest('base64')}`);
}
