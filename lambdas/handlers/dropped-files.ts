import { z } from 'zod';

const queueSchema = z.object({ Records: z.array(z.object({ messageId: z.string(), body: z.string() })) });

/** What EventBridge tells of an S3 object; keys are as they are, not encoded. */
const eventSchema = z.object({ detail: z.object({ object: z.object({ key: z.string().min(1) }) }) });

export interface DroppedFiles {
  readonly keys: readonly string[];
  /** Ids of messages that are no file event: nothing can be done with them but to look. */
  readonly refused: readonly string[];
}

/** The keys of a batch of messages of the queue. Throws ZodError when it is no such batch. */
export function droppedFiles(event: unknown): DroppedFiles {
  const keys: string[] = [];
  const refused: string[] = [];
  for (const { messageId, body } of queueSchema.parse(event).Records) {
    const parsed = eventSchema.safeParse(asJson(body));
    if (parsed.success) keys.push(parsed.data.detail.object.key);
    else refused.push(messageId);
  }
  return { keys, refused };
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is no JSON is no event either: the schema refuses it.
    return null;
  }
}
