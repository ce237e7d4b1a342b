import { fileURLToPath } from 'node:url';

/** Environment of the processes that tests start by dozens: what the first one compiled, the others read. */
export const compileCache = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../node_modules/.cache/tests', import.meta.url)),
};
