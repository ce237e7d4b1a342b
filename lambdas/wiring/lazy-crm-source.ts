import type { CrmSource } from '../ports/crm-source.ts';

/** A CRM whose adapter is loaded when something is asked of it for the first time: most requests ask nothing, and starting is quick. */
export function lazyCrmSource(open: () => Promise<CrmSource>): CrmSource {
  let opening: Promise<CrmSource> | undefined;
  let opened: CrmSource | undefined;
  const source = async () => {
    opening ??= open();
    opened = await opening;
    return opened;
  };
  return {
    status: async (...parameters) => (await source()).status(...parameters),
    describe: async (...parameters) => (await source()).describe(...parameters),
    select: async (...parameters) => (await source()).select(...parameters),
    changes: async (...parameters) => (await source()).changes(...parameters),
    createTask: async (...parameters) => (await source()).createTask(...parameters),
    quota: () => opened?.quota() ?? { used: 0, limit: Number.MAX_SAFE_INTEGER },
  };
}
