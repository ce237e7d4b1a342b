import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { headlineText } from '../../bin/terminal/headlines.ts';
import { removeFolder, temporaryFolder, testPipeline } from '../support/temporary-home.ts';

it('headline figures are those of the data that is there', async () => {
  const home = await temporaryFolder();
  const pipeline = await testPipeline(home);
  try {
    expect(await headlineText(pipeline)).toBe('');
    const landing = join(pipeline.rawFolder, 'landing', 'clients');
    await mkdir(landing, { recursive: true });
    const file = 'client_id,client_name,region,segment,parent_org,advisor_email\nA,Atlas,Northeast,Retail,,\n';
    await writeFile(join(landing, 'clients_full_2025-01-01.csv'), file);
    await pipeline.run();
    const text = await headlineText(pipeline);
    expect(text.split('\n').map((line) => line.trim().split(/ {2,}/)[0])).toEqual([
      'Headline figures:',
      'Territories',
      'Assignments',
      '',
    ]);
    expect(text).toContain('1 with 1 active clients; 1 clients without an advisor');
    expect(text).not.toContain('none');
  } finally {
    await pipeline.close();
    await removeFolder(home);
  }
});
