import { z } from 'zod';
import { type Endpoint, endpoints } from './contract.ts';
import { problemSchema } from './contract/problem.ts';
import { titles } from './http/problems.ts';

type Json = { [key: string]: unknown };

/** The OpenAPI 3.1 document, made from the schemas of the contract. */
export function openApiDocument(version: string): Json {
  const components: Json = {};
  const paths: Record<string, Json> = {};
  for (const [operationId, endpoint] of Object.entries(endpoints)) {
    const path = endpoint.path.replaceAll(/:(\w+)/g, '{$1}');
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(operationId, endpoint, components) };
  }
  // Named in every response; registered once.
  jsonSchema(problemSchema, 'output', components);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Headwater API',
      version,
      description:
        'Customers, revenue, territories, sales and the pipeline itself, from one publication at a time. Decimals are JSON numbers with every digit of the lake.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: {
      schemas: components,
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  };
}

function operation(operationId: string, endpoint: Endpoint, components: Json): Json {
  const { method, summary, scope, parameters, query, body, response, csv } = endpoint;
  const success = {
    description: 'As asked for',
    headers: successHeaders,
    content: contentOf(response, csv, components),
  };
  return {
    operationId,
    summary,
    tags: [endpoint.path.split('/')[2] ?? ''],
    'x-scope': scope,
    parameters: [
      ...parametersOf(parameters, 'path', components),
      ...parametersOf(query, 'query', components),
      ...(method === 'POST' ? [idempotencyKey] : []),
    ],
    ...(body === undefined ? {} : { requestBody: requestBody(body, components) }),
    responses: {
      200: success,
      ...(method === 'POST' ? { 201: success } : { 304: { description: 'Not modified: the ETag still holds' } }),
      ...Object.fromEntries(problemsOf(endpoint).map((kind) => [titles[kind][0], problemResponse(titles[kind][1])])),
    },
  };
}

const successHeaders = {
  'X-Request-Id': { schema: { type: 'string' } },
  ETag: { schema: { type: 'string' } },
};
const idempotencyKey = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description: 'Any text that the client made for this action; it is kept with the action',
  schema: { type: 'string', minLength: 1, maxLength: 200 },
};

function contentOf(response: z.ZodType, csv: boolean, components: Json): Json {
  return {
    'application/json': { schema: jsonSchema(response, 'output', components) },
    ...(csv ? { 'text/csv': { schema: { type: 'string' } } } : {}),
  };
}

function requestBody(body: z.ZodType, components: Json): Json {
  return { required: true, content: { 'application/json': { schema: jsonSchema(body, 'input', components) } } };
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query', components: Json): Json[] {
  const { properties = {}, required = [] } = jsonSchema(schema, 'input', components) as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

type Kind = keyof typeof titles;

function problemsOf({ method, scope, path, csv }: Endpoint): Kind[] {
  const kinds: Kind[] = [
    'invalid-request',
    'unauthenticated',
    'misdirected-request',
    'too-many-requests',
    'internal',
    'unavailable',
  ];
  if (scope !== null || method === 'POST') kinds.push('forbidden');
  if (path.includes(':')) kinds.push('not-found');
  if (csv) kinds.push('gone');
  if (method === 'POST') kinds.push('conflict', 'too-large', 'unsupported-media-type');
  return kinds;
}

function problemResponse(description: string): Json {
  return { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
}

/** The schema in place; what has an id becomes a component and is referred to. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output', components: Json): Json {
  const {
    $schema,
    $defs = {},
    ...own
  } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' }) as Json & { $defs?: Json };
  for (const [name, definition] of Object.entries($defs)) components[name] = referring(definition);
  const { id, ...inPlace } = referring(own) as Json;
  if (typeof id !== 'string') return inPlace;
  components[id] = inPlace;
  return { $ref: `#/components/schemas/${id}` };
}

function referring(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(referring);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) =>
      key === '$ref' && typeof each === 'string'
        ? [key, each.replace('#/$defs/', '#/components/schemas/')]
        : [key, referring(each)],
    ),
  );
}
