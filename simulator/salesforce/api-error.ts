/** An answer of the REST API that is not a success: `[{message, errorCode}]` with an HTTP status, as Salesforce sends it. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly errorCode: string;
  /** Fields that the error is about; left out of the answer when there are none. */
  readonly fields: readonly string[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    errorCode: string,
    message: string,
    more: { fields?: readonly string[]; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message);
    this.name = 'SalesforceError';
    this.status = status;
    this.errorCode = errorCode;
    this.fields = more.fields ?? [];
    this.headers = more.headers ?? {};
  }

  /** The body of the answer. */
  body(): readonly Readonly<Record<string, unknown>>[] {
    const error = { message: this.message, errorCode: this.errorCode };
    return [this.fields.length === 0 ? error : { ...error, fields: this.fields }];
  }
}

/** 401: the session is unknown, expired or revoked. */
export function invalidSession(): SalesforceError {
  return new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid', {
    headers: { 'WWW-Authenticate': 'Token' },
  });
}

/** 403: the day's API calls are used up. */
export function requestLimitExceeded(): SalesforceError {
  return new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
}

/** 400: the query is no SOQL. */
export function malformedQuery(message: string): SalesforceError {
  return new SalesforceError(400, 'MALFORMED_QUERY', message);
}

/** 400: a field is unknown or used in a way that its type forbids. */
export function invalidField(message: string): SalesforceError {
  return new SalesforceError(400, 'INVALID_FIELD', message);
}

/** 400: the object is unknown, or this user may not see it. */
export function invalidType(object: string): SalesforceError {
  return new SalesforceError(
    400,
    'INVALID_TYPE',
    `sObject type '${object}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name.`,
  );
}

/** 404: nothing is at this address. */
export function notFound(): SalesforceError {
  return new SalesforceError(404, 'NOT_FOUND', 'The requested resource does not exist');
}
