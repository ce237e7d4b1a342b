import { z } from 'zod';
import { text } from './values.ts';

/** RFC 9457, media type application/problem+json. */
export const problemSchema = z
  .strictObject({
    type: text('about:blank, or urn:headwater:problem:<kind>'),
    title: text('what went wrong, the same for every occurrence'),
    status: z.int().describe('HTTP status'),
    detail: text('what went wrong here, and what to do'),
    request_id: text('name it when you ask for help; also in the header X-Request-Id'),
    errors: z
      .array(
        z.strictObject({
          parameter: text('name of the parameter or path in the body'),
          message: text('what was expected'),
        }),
      )
      .describe('each thing that is wrong with the request')
      .optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;
