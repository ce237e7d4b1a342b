import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { publishedSchemas } from '../lambdas/domain/published-schemas.ts';

/** `npm run schemas`: writes the JSON Schemas that editors check configuration files against. */
const folder = fileURLToPath(new URL('../config/schema/', import.meta.url));
await mkdir(folder, { recursive: true });
for (const [name, schema] of Object.entries(publishedSchemas())) {
  await writeFile(`${folder}${name}`, `${JSON.stringify(schema, null, 2)}\n`);
}
