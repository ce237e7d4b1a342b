import type { z } from 'zod';
import type { Problem } from '../contract/problem.ts';
import { ApiProblem } from './problems.ts';

type Errors = NonNullable<Problem['errors']>;

/** The parameters of a query string, each once. Throws ApiProblem. */
export function queryValues(search: URLSearchParams): Record<string, string> {
  const values: Record<string, string> = Object.create(null);
  const repeated: Errors = [];
  for (const [name, value] of search) {
    if (Object.hasOwn(values, name)) repeated.push({ parameter: name, message: 'given more than once' });
    values[name] = value;
  }
  if (repeated.length > 0) throw invalid(repeated);
  return { ...values };
}

/** What the schema makes of the values. Throws ApiProblem with every thing that is wrong. */
export function parsed<Schema extends z.ZodType>(schema: Schema, values: unknown, where: string): z.infer<Schema> {
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw invalid(result.error.issues.flatMap((issue) => errorsOf(issue, where)));
}

function errorsOf(issue: z.core.$ZodIssue, where: string): Errors {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ parameter: key.slice(0, 100), message: `there is no such ${where}` }));
  }
  const path = issue.path.map(String).join('.');
  return [{ parameter: path === '' ? where : path, message: issue.message }];
}

function invalid(errors: Errors): ApiProblem {
  const names = [...new Set(errors.map(({ parameter }) => parameter))].join(', ');
  return new ApiProblem('invalid-request', `Not acceptable: ${names}. See errors, and /openapi.json for what is.`, {
    errors,
  });
}
