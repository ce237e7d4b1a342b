import type { AnalystTables } from '../ports/analyst-tables.ts';

/** On a laptop every reader finds tables by the manifest of the publication itself: there is no second catalog to keep. */
export class ManifestTables implements AnalystTables {
  async addLines(): Promise<void> {}

  async addSlices(): Promise<void> {}

  async switchTo(): Promise<void> {}

  async slices(): Promise<string[]> {
    return [];
  }

  async keepSlices(): Promise<number> {
    return 0;
  }

  async renewViews(): Promise<number> {
    return 0;
  }
}
