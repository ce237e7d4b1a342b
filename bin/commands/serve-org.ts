import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { startSimulatedOrg } from '../simulated-org.ts';

/**
 * Serves the home's org until Ctrl-C. The login, made anew each time, goes to a file that only this user can read, since a terminal is no
 * place for a key.
 */
export async function serveOrg({ pipeline, print, say, signal }: CommandContext, port: number): Promise<void> {
  const org = await startSimulatedOrg(pipeline.home, port);
  try {
    const [[variable = '', secret = ''] = []] = Object.entries(org.environment);
    const file = join(pipeline.home, 'org', 'login.json');
    await writeFile(file, secret, { mode: 0o600 });
    print(`${org.url}\n`);
    say(
      `The simulated org answers there as Salesforce would. To log in from another terminal:\n  export ${variable}="$(cat '${file}')"\n  npm run -s headwater -- doctor --org simulated\nCtrl-C ends it.\n`,
    );
    await new Promise<void>((resolve) => {
      // A promise alone keeps no process alive; the server does.
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });
  } finally {
    await org.close();
  }
}
