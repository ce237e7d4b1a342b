import {
  CredentialsError,
  type PipelineError,
  QuotaExceededError,
  SourceError,
  SourceUnavailableError,
} from '../../domain/errors.ts';

/** A refused or failed request, whoever made it: jsforce or our own fetch. */
export class ApiFault extends Error {
  /** Salesforce's errorCode, `HTTP_503`, or the code of a network error. */
  readonly code: string;
  readonly kind: 'session' | 'quota' | 'passing' | 'final';
  readonly retryAfterSeconds: number | null;

  constructor(
    code: string,
    message: string,
    options: { status?: number | undefined; retryAfter?: string | null } = {},
  ) {
    super(message);
    this.name = 'ApiFault';
    this.code = code;
    this.kind = kindOf(code, message, options.status);
    const seconds = Number(options.retryAfter ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
  }
}

const passingStatuses = new Set([408, 420, 429, 500, 502, 503, 504]);
const passingCodes = new Set([
  'SERVER_UNAVAILABLE',
  'UNKNOWN_EXCEPTION',
  'UNABLE_TO_LOCK_ROW',
  'REQUEST_RUNNING_TOO_LONG',
  'PAGE_FAULT',
  // Of a login, RFC 6749 and Salesforce's own ("retry your request").
  'unknown_error',
  'server_error',
  'temporarily_unavailable',
  'rate_limit_exceeded',
  'LOGIN_RATE_EXCEEDED',
]);

function kindOf(code: string, message: string, status: number | undefined): ApiFault['kind'] {
  if (code === 'INVALID_SESSION_ID' || status === 401 || code === 'ERROR_HTTP_401') return 'session';
  // The same code says that the day's requests are used up, and that too many are under way at once: that one passes.
  if (code === 'REQUEST_LIMIT_EXCEEDED') return /concurrent|too many/i.test(message) ? 'passing' : 'quota';
  const known = status ?? Number(/^ERROR_HTTP_(\d+)$/.exec(code)?.[1] ?? 0);
  if (passingStatuses.has(known) || passingCodes.has(code) || networkCodes.test(code)) return 'passing';
  return 'final';
}

/** Codes of Node and undici for connections that broke or never came about. */
const networkCodes = /^(E[A-Z]{4,}|UND_ERR_[A-Z_]+|Z_[A-Z_]+|NETWORK|PAGE_FAULT)$/;

/** Whatever jsforce or fetch throws, as an ApiFault. */
export function toFault(error: unknown): ApiFault {
  if (error instanceof ApiFault) return error;
  const { errorCode, message, cause, code } = error as Error & { errorCode?: unknown; code?: unknown };
  if (typeof errorCode === 'string') return new ApiFault(errorCode, message);
  // fetch says no more than "fetch failed"; its cause knows why.
  if (cause instanceof Error && 'code' in cause)
    return new ApiFault(String(cause.code), `${message}: ${cause.message}`);
  if (typeof code === 'string') return new ApiFault(code, message);
  // fetch and undici throw a TypeError when a connection ends in the middle of an answer.
  if (error instanceof TypeError || message === 'terminated') return new ApiFault('NETWORK', message);
  return new ApiFault('UNKNOWN', message ?? String(error));
}

/**
 * What jsforce throws for a login that failed. A refusal has a code: the name of an OAuth error, the beginning of a SOAP fault. Any other
 * text (a proxy's page, say) is not passed on: it might show what was sent to it.
 */
export function loginFault(error: unknown): ApiFault {
  const fault = toFault(error);
  if (fault.code !== 'UNKNOWN') return fault;
  const { name, message } = error as { name?: unknown; message?: string };
  if (typeof name === 'string' && /^[a-z_]+$/.test(name)) return new ApiFault(name, message ?? '');
  const [, soapCode, reason = ''] = /^([A-Z_]+): (.*)/.exec(message ?? '') ?? [];
  if (soapCode !== undefined) return new ApiFault(soapCode, reason);
  const status = /^ERROR_HTTP_(\d+)$/.exec(String(name))?.[1];
  return new ApiFault(
    status === undefined ? 'SERVER_UNAVAILABLE' : `HTTP_${status}`,
    'the answer is neither a login nor a refusal',
    { status: Number(status ?? 503) },
  );
}

/** An answer that is not 2xx. Salesforce sends `[{errorCode, message}]`, a proxy anything. */
export async function faultOf(response: Response): Promise<ApiFault> {
  const text = await response.text().catch(() => '');
  const options = { status: response.status, retryAfter: response.headers.get('retry-after') };
  try {
    const body: unknown = JSON.parse(text);
    const first = (Array.isArray(body) ? body[0] : body) as { errorCode?: string; message?: string } | undefined;
    if (first?.errorCode !== undefined) return new ApiFault(first.errorCode, first.message ?? '', options);
  } catch {
    // Not JSON: the status says enough.
  }
  return new ApiFault(`HTTP_${response.status}`, text.slice(0, 200), options);
}

/** The pipeline's error for a fault that could not be mended by asking again. */
export function sourceError(fault: ApiFault, doing: string): PipelineError {
  const message = `Salesforce: ${doing} failed: ${fault.code}: ${fault.message}`;
  const options = { cause: fault };
  switch (fault.kind) {
    case 'session':
      return new CredentialsError(message, {
        ...options,
        advice: 'The session is refused again right after a new login: check the user and the connected app.',
      });
    case 'quota':
      return new QuotaExceededError(message, {
        ...options,
        advice: 'The org has no API requests left for now; the next run goes on where this one stopped.',
      });
    case 'passing':
      return new SourceUnavailableError(message, {
        ...options,
        advice: networkCodes.test(fault.code)
          ? 'Check the network, a proxy in between and the loginUrl in the secret, then run again; nothing that was read is lost.'
          : 'Run again later; nothing that was read is lost.',
      });
    case 'final':
      return new SourceError(message, options);
  }
}
