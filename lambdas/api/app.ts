import { type Context, Hono } from 'hono';
import { endpoints, type OperationId } from './contract.ts';
import { answerRequest, type Answering } from './answer-request.ts';
import { corsHeaders, preflightHeaders, requireHost, securityHeaders } from './http/access.ts';
import { ApiProblem, internalProblem, problemOf } from './http/problems.ts';
import { RateLimiter } from './http/rate-limit.ts';
import { RequestMeter } from './http/request-metrics.ts';
import { ResponseCache } from './http/response-cache.ts';
import { openApiDocument } from './openapi.ts';
import { RecentActions } from './recent-actions.ts';
import type { ApiPorts, ApiSettings } from './route.ts';
import { routes } from './routes.ts';

/** What the OpenAPI document says of itself. */
const documentVersion = '0.1.0';
const requestIdPattern = /^[\w.-]{8,64}$/;

/** The API as a Hono application: the same here and in the Lambda function. */
export function createApp(ports: ApiPorts, settings: ApiSettings): Hono {
  const app = new Hono();
  const answering: Answering = {
    ports,
    settings,
    meter: new RequestMeter(ports.now()),
    cache: new ResponseCache(),
    limiter: settings.rateLimit === null ? null : new RateLimiter(settings.rateLimit),
    recentActions: new RecentActions(ports.actions, settings.refreshMilliseconds, ports.now),
    looked: { atMilliseconds: Number.NEGATIVE_INFINITY, problem: null },
  };
  for (const [id, endpoint] of Object.entries(endpoints)) {
    const route = routes[id as OperationId];
    app.on(endpoint.method, endpoint.path, (context) =>
      observed(answering, id, context, (requestId) => answerRequest(answering, endpoint, route, context, requestId)),
    );
  }
  let document: string | undefined;
  app.get('/openapi.json', (context) =>
    observed(answering, 'openapi', context, async () => {
      requireHost(context.req.header('host'), settings);
      document ??= JSON.stringify(openApiDocument(documentVersion));
      return { response: context.body(document, 200, { 'content-type': 'application/json' }), isCacheHit: true };
    }),
  );
  app.options('/api/*', (context) => context.body(null, 204, preflightHeaders(context.req.header('origin'), settings)));
  app.all('/api/*', (context) => observed(answering, 'none', context, async () => refuse(context)));
  return app;
}

const paths = Object.values(endpoints).map(({ method, path }) => ({
  method,
  pattern: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`),
}));

function refuse({ req }: Context): never {
  const methods = paths.filter(({ pattern }) => pattern.test(req.path)).map(({ method }) => method);
  if (methods.length === 0)
    throw new ApiProblem('not-found', 'There is no such address; /openapi.json lists them all.');
  throw new ApiProblem('method-not-allowed', `Here you can ${methods.join(', ')}.`, {
    headers: { allow: methods.join(', ') },
  });
}

interface Observed {
  readonly response: Response;
  readonly isCacheHit: boolean;
}

/** Measures and logs a request, and turns what goes wrong into a problem document. */
async function observed(
  { ports, settings, meter }: Answering,
  operation: string,
  context: Context,
  work: (requestId: string) => Promise<Observed>,
): Promise<Response> {
  const asked = context.req.header('x-request-id');
  const requestId = asked !== undefined && requestIdPattern.test(asked) ? asked : ports.newId();
  const started = performance.now();
  meter.begin();
  let done: Observed;
  let fault: string | undefined;
  try {
    done = await work(requestId);
  } catch (error) {
    if (!(error instanceof ApiProblem)) fault = faultOf(error);
    const problem = error instanceof ApiProblem ? error : internalProblem();
    done = { response: problemResponse(problem, requestId), isCacheHit: false };
  }
  const { response, isCacheHit } = done;
  for (const [name, value] of Object.entries(securityHeaders)) response.headers.set(name, value);
  for (const [name, value] of Object.entries(corsHeaders(context.req.header('origin'), settings))) {
    response.headers.set(name, value);
  }
  response.headers.set('x-request-id', requestId);
  const milliseconds = performance.now() - started;
  const { status } = response;
  meter.end({ milliseconds, isError: status >= 500, isCacheHit });
  // Neither addresses nor parameters: they may name people.
  settings.log(
    JSON.stringify({
      at: ports.now().toISOString(),
      request_id: requestId,
      operation,
      method: context.req.method,
      status,
      ms: Math.round(milliseconds * 100) / 100,
      cached: isCacheHit,
      ...(fault === undefined ? {} : { fault }),
    }),
  );
  return response;
}

function problemResponse(problem: ApiProblem, requestId: string): Response {
  return new Response(JSON.stringify(problemOf(problem, requestId)), {
    status: problem.status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store', ...problem.headers },
  });
}

/** Where the program failed, without the message, which may quote data. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'not an error';
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 4).map((line) => line.trim())].join(' | ');
}
