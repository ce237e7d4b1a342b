/** A run id: UTC start to the millisecond and a few random digits, so that ids sort by start: `20250630T231500123Z-7f3a`. */
export function newRunId(now: Date, random: () => number): string {
  const stamp = now.toISOString().replaceAll(/[-:.]/g, '');
  const suffix = Math.floor(random() * 0x10000)
    .toString(16)
    .padStart(4, '0');
  return `${stamp}-${suffix}`;
}

export const runIdPattern = /^\d{8}T\d{9}Z-[0-9a-f]{4}$/;
