import type { CommandContext } from '../command-context.ts';
import { loginPath } from '../org-login.ts';
import { simulatedSecret, startSimulatedOrg } from '../simulated-org.ts';

/**
 * Serves the home's org until Ctrl-C. Commands with the same home find the login, made anew each time, by themselves; other clients are
 * told its file.
 */
export async function serveOrg({ pipeline, print, say, signal }: CommandContext, port: number): Promise<void> {
  const org = await startSimulatedOrg(pipeline.home, port);
  try {
    const file = loginPath(pipeline.home);
    print(`${org.url}\n`);
    say(
      `The simulated org answers there as Salesforce would. Commands with this home find it, as in\n  npm run -s headwater -- doctor --org simulated\nFor another home:\n  export ${simulatedSecret}="$(cat '${file}')"\nCtrl-C ends it.\n`,
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
