import { unreachable } from './api-error.ts';

/** Whether the server of the pages answers at all. */
export async function siteAnswers(): Promise<boolean> {
  return await fetch('/index.html', { method: 'HEAD', cache: 'no-store' }).then(
    () => true,
    () => false,
  );
}

/**
 * The code of a page. After a new deployment its file is gone, and the router then loads the page anew; where nothing answers, that would
 * take away what is on the screen, so the error is another one.
 */
export async function pageCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (error) {
    throw (await siteAnswers()) ? error : unreachable();
  }
}
