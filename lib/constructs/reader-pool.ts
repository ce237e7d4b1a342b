import { Duration, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  type CfnUserPoolClient,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  type IUserPool,
  LambdaVersion,
  Mfa,
  OAuthScope,
  ResourceServerScope,
  StringAttribute,
  UserPool,
  type UserPoolClient,
  UserPoolOperation,
} from 'aws-cdk-lib/aws-cognito';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { roles, scopes } from '../../lambdas/api/contract/health.ts';
import { dataRemovalPolicy } from './data-protection.ts';

export interface ReaderPoolProps {
  readonly name: string;
  /** Beginning of the address where people log in; unique in the region. */
  readonly domainPrefix: string;
  readonly dataDeletable: boolean;
  /** Puts scopes and territories into access tokens. */
  readonly tokenClaims: IFunction;
}

/** Who may log in: people whom an administrator invites, with a second factor, in the group of their role. */
export class ReaderPool extends Construct {
  readonly pool: UserPool;

  constructor(scope: Construct, id: string, props: ReaderPoolProps) {
    super(scope, id);
    this.pool = new UserPool(this, 'Pool', {
      userPoolName: props.name,
      featurePlan: FeaturePlan.PLUS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      customAttributes: { territories: new StringAttribute({ mutable: true, maxLen: 2_048 }) },
      removalPolicy: dataRemovalPolicy(scope, props.dataDeletable),
      deletionProtection: !props.dataDeletable,
    });
    this.pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, props.tokenClaims, LambdaVersion.V2_0);
    this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: props.domainPrefix } });
    for (const groupName of roles) {
      new CfnUserPoolGroup(this, `Group-${groupName}`, { userPoolId: this.pool.userPoolId, groupName });
    }
    Validations.of(this.pool).acknowledge({
      id: 'AwsSolutions-COG3',
      reason:
        'The plan PLUS protects against stolen passwords; what it then does is set in the console for each environment.',
    });
  }

  /** The dashboard as a client: code flow with proof key, no secret, as a page cannot keep one. */
  addPage(url: string): UserPoolClient {
    const server = this.pool.addResourceServer('Api', {
      identifier: 'headwater',
      scopes: scopes.map((scopeName) => new ResourceServerScope({ scopeName, scopeDescription: scopeName })),
    });
    const client = (this.pool as IUserPool).addClient('Page', {
      generateSecret: false,
      preventUserExistenceErrors: true,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        callbackUrls: [`${url}/`],
        logoutUrls: [`${url}/`],
        scopes: [
          OAuthScope.OPENID,
          ...scopes.map((scope) => OAuthScope.custom(`${server.userPoolResourceServerId}/${scope}`)),
        ],
      },
      accessTokenValidity: Duration.minutes(60),
      idTokenValidity: Duration.minutes(60),
      refreshTokenValidity: Duration.days(1),
      enableTokenRevocation: true,
      // Territories decide what somebody sees: only an administrator writes them.
      writeAttributes: new ClientAttributes().withStandardAttributes({ locale: true }),
    });
    // Without this list Cognito would also let in by a password sent to its API, with a token that may change the reader's own account.
    (client.node.defaultChild as CfnUserPoolClient).explicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'];
    return client;
  }
}
