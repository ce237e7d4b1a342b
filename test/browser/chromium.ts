import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'];

/** Starts Chromium of this machine: HEADWATER_CHROMIUM, or the usual places. Throws, saying what to do, when there is none. */
export async function openChromium(): Promise<Browser> {
  const told = process.env.HEADWATER_CHROMIUM;
  const path = told ?? usualPlaces.find((place) => existsSync(place));
  if (path === undefined || !existsSync(path)) {
    throw new Error(
      `The browser tests need Chromium, and ${told ?? usualPlaces.join(', ')} is not there. Install it (Debian: apt-get install chromium), or set HEADWATER_CHROMIUM to its path.`,
    );
  }
  // Tests may run as root in a container, where Chromium's sandbox cannot start.
  return await chromium.launch({ executablePath: path, args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}
