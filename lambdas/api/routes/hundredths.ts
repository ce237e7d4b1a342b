/** Snapshots keep amounts as whole hundredths, so that sums are exact. */
export function money(hundredths: bigint | null | undefined): number {
  return Number(hundredths ?? 0n) / 100;
}
