import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCostLines } from '../../lambdas/domain/cost/run-cost.ts';
import type { StageEvent } from '../../lambdas/pipeline/follow-execution.ts';
import { defaultLastDay, generateDrops, generateLateMasterData } from '../../simulator/drops/generate.ts';
import type { DropTruth, PlantedKind } from '../../simulator/drops/truth.ts';
import { removeFolder, temporaryFolder, type TestPipeline, testPipeline } from '../support/temporary-home.ts';

/** One simulated year goes through the state machine; what comes out is compared with what the generator planted. */
describe('a simulated year of file drops', () => {
  const request = { seed: 7, scale: 0.01 };
  let home: string;
  let truth: DropTruth;
  let pipeline: TestPipeline;
  const events: StageEvent[] = [];

  beforeAll(async () => {
    home = await temporaryFolder();
    pipeline = await testPipeline(home);
    truth = await generateDrops({ folder: pipeline.rawFolder, ...request });
    await pipeline.run({ asOf: defaultLastDay }, (event) => events.push(event));
  });

  afterAll(async () => {
    await pipeline.close();
    await removeFolder(home);
  });

  const planted = (kind: PlantedKind) => truth.planted.find((one) => one.kind === kind)?.file ?? '';
  const status = async (key: string) => (await pipeline.ports.files.find({ text: key, limit: 1 }))[0];

  it('loads exactly the lines and the amount that the truth tells', async () => {
    const [sum] = await pipeline.rows('select count(*) as lines, sum(total_cost) as total from silver.sales_line');
    expect(sum).toEqual({ lines: String(truth.acceptedLines), total: truth.acceptedTotal });
  });

  it('tells each stage once, in order, to whoever watches', () => {
    const ended = events.filter((event) => event.kind === 'end').map((event) => event.stage);
    expect(ended).toEqual([
      'plan-run',
      'collect-files',
      'build-layer silver',
      'check-layer silver',
      'build-layer gold',
      'check-layer gold',
      'build-layer analytics',
      'publish-run',
      'archive-files',
      'serve-publication',
      'close-run',
    ]);
  });

  it.each<[PlantedKind, string, string]>([
    ['missing-column', 'REJECTED', 'MISSING_COLUMN'],
    ['wrong-name', 'REJECTED', 'WRONG_NAME'],
    ['empty-file', 'REJECTED', 'EMPTY_FILE'],
    ['broken-quote', 'REJECTED', 'BROKEN_QUOTING'],
    ['truncated-gzip', 'REJECTED', 'CORRUPT_GZIP'],
  ])('rejects the planted %s and says why beside the original', async (kind, expected, code) => {
    const file = await status(planted(kind));
    expect([file?.status, file?.reasons[0]?.code]).toEqual([expected, code]);
    const told = JSON.parse(await readFile(join(pipeline.rawFolder, `${file?.archivedTo}.reasons.json`), 'utf8'));
    expect(told.reasons[0].code).toBe(code);
  });

  it('records the file sent twice as a duplicate and loads it once', async () => {
    const file = await status(planted('resent-file'));
    expect(file?.status).toBe('DUPLICATE');
    expect(file?.archivedTo).toMatch(/^archive\//);
    expect(await pipeline.rows(`select 1 as one from bronze.sales_line where _source_file = '${file?.key}'`)).toEqual(
      [],
    );
  });

  it('keeps the column that the contract does not know', async () => {
    const rows = await pipeline.rows(
      `select count(*) as n, count(additional_columns) as kept, min(json_extract_string(additional_columns, '$.payment_mode')) as mode
       from bronze.sales_line where _source_file = '${planted('extra-column')}'`,
    );
    expect(rows[0]?.n).toBe(rows[0]?.kept);
    expect(rows[0]?.mode).toMatch(/\w/);
  });

  it('quarantines each bad row with its reason, line and text', async () => {
    const rows = await pipeline.rows('select _reasons, count(*) as n from quarantine.sales group by 1 order by 1');
    const counts: Record<string, number> = {};
    for (const row of rows) {
      const code = String(row._reasons).replace(/\(.*/, '');
      counts[code] = (counts[code] ?? 0) + Number(row.n);
    }
    expect(counts).toEqual(truth.quarantinedRows);
    const [bad] = await pipeline.rows(
      "select _source_line, _raw, _source_file from quarantine.sales where _reasons = 'TYPE(price)' limit 1",
    );
    const archived = await status(String(bad?._source_file));
    const lines = (await readFile(join(pipeline.rawFolder, archived?.archivedTo ?? ''), 'utf8')).split('\n');
    expect(lines[Number(bad?._source_line) - 1]).toBe(bad?._raw);
  });

  it('flags identical lines and keeps them', async () => {
    const [row] = await pipeline.rows("select count(*) as n from silver.sales_line where _flags = 'DUPLICATE_SUSPECT'");
    expect(row?.n).toBe(String(truth.duplicateLines));
  });

  it('sets lines of unknown customers aside in silver', async () => {
    const rows = await pipeline.rows('select _reasons, count(*) as n from quarantine.silver_sales_line group by 1');
    expect(rows).toEqual([{ _reasons: 'UNKNOWN_CUSTOMER', n: String(truth.unknownCustomerRows + truth.lateRows) }]);
  });

  it('accounts for every record of every file and for every original', async () => {
    const files = await pipeline.ports.files.withStatus(['PROCESSED', 'REJECTED', 'DUPLICATE']);
    expect(files.length).toBe(truth.files);
    for (const { key, counts, status: state } of files) {
      if (state !== 'PROCESSED' || counts === null) continue;
      expect(counts.read, key).toBe(counts.loaded + counts.quarantined + counts.dropped);
    }
    const names = await readdir(pipeline.rawFolder, { recursive: true, withFileTypes: true });
    const originals = names.filter(
      (entry) => entry.isFile() && !entry.name.endsWith('.reasons.json') && entry.name !== 'truth.json',
    );
    expect(originals.length).toBe(truth.files);
    expect(originals.filter((entry) => entry.parentPath.includes('landing'))).toEqual([]);
  });

  it('writes what happened to the ops tables', async () => {
    const [run] = await pipeline.rows(
      'select status, files, rows_read, rows_loaded, rows_quarantined, error_rate from ops.run',
    );
    expect(run?.status).toBe('PUBLISHED');
    expect(Number(run?.rows_read)).toBe(Number(run?.rows_loaded) + Number(run?.rows_quarantined));
    const [files] = await pipeline.rows('select count(*) as n from ops.file_status');
    expect(files?.n).toBe(String(truth.files));
    const stats = await pipeline.rows(
      "select rows, null_share from ops.table_stats where table_name = 'silver.sales_line' and column_name = 'transaction_id'",
    );
    expect(stats).toEqual([{ rows: String(truth.acceptedLines), null_share: '0.0000' }]);
    const failed = await pipeline.rows('select check_name from ops.quality_results where not passed');
    expect(failed).toEqual([{ check_name: 'quarantine' }]);
  });

  it('estimates what the run costs on AWS, from the work that it left', async () => {
    const [record] = await pipeline.ports.runs.list(1);
    const [run] = await pipeline.rows('select cost_usd from ops.run');
    expect(record?.costUsd).toBeGreaterThan(0);
    expect(Number(run?.cost_usd)).toBe(record?.costUsd);
    let objects = 0;
    for await (const _ of pipeline.ports.lake.list('')) objects += 1;
    const { models } = pipeline.ports.configuration;
    const dataFiles = (await pipeline.ports.catalog.load(record?.id ?? '')).tables
      .flatMap(({ slices }) => slices)
      .reduce((sum, { files }) => sum + files.length, 0);
    const work = { seconds: 0, objects: 0, files: truth.files, tables: models.length, dataFiles, bytesScanned: 0 };
    const puts = runCostLines(work).find(({ price }) => price === 'put')?.quantity ?? 0;
    // Besides the lake's objects every original is copied to the archive, and some leave a file of reasons.
    expect(puts / (objects + truth.files)).toBeGreaterThan(0.7);
    expect(puts / (objects + truth.files)).toBeLessThan(1.5);
  });

  it('changes nothing when it runs again with nothing new', async () => {
    const before = await pipeline.ports.catalog.pointer();
    await pipeline.run({ asOf: defaultLastDay });
    expect(await pipeline.ports.catalog.pointer()).toEqual(before);
    expect((await pipeline.ports.runs.list(1))[0]?.status).toBe('UNCHANGED');
  });

  it('releases waiting lines when their customers arrive, building only their months', async () => {
    await generateLateMasterData({ folder: pipeline.rawFolder, ...request });
    await pipeline.run({ asOf: defaultLastDay });
    const [sum] = await pipeline.rows('select count(*) as lines, sum(total_cost) as total from silver.sales_line');
    expect(sum).toEqual({
      lines: String(truth.acceptedLinesAfterLateMasterData),
      total: truth.acceptedTotalAfterLateMasterData,
    });
    const rows = await pipeline.rows('select count(*) as n from quarantine.silver_sales_line');
    expect(rows).toEqual([{ n: String(truth.unknownCustomerRows) }]);
    const months = await pipeline.rows('select count(distinct _run_id) as runs from silver.sales_line');
    expect(months).toEqual([{ runs: '2' }]);
  });

  it('goes back to the publication before, and forward again with the next run', async () => {
    const { rollback } = await import('../../lambdas/steps/rollback.ts');
    const newest = await pipeline.ports.catalog.pointer();
    await rollback(pipeline.ports, null);
    const [old] = await pipeline.rows('select sum(total_sales) as total from gold.customers_data_mart');
    expect(old?.total).toBe(truth.acceptedTotal);
    await pipeline.run({ asOf: defaultLastDay });
    const [again] = await pipeline.rows('select sum(total_sales) as total from gold.customers_data_mart');
    expect(again?.total).toBe(truth.acceptedTotalAfterLateMasterData);
    expect((await pipeline.ports.catalog.pointer()).generation).toBe(newest.generation + 2);
  });

  it('rebuilds the same content from bronze', async () => {
    const content = async () => {
      const tables = [
        'gold.customers_data_mart',
        'gold.customer_summary',
        'gold.sales_team_data_mart',
        'gold.sales_anomaly',
        'silver.sales_line',
      ];
      const hashes = tables.map(async (table) => {
        const rows = await pipeline.rows(`select * from ${table}`);
        return rows.map(({ _run_id, _as_of, ...row }) => JSON.stringify(row)).toSorted();
      });
      return await Promise.all(hashes);
    };
    const before = await content();
    await pipeline.run({ asOf: defaultLastDay, rebuild: true });
    expect(await content()).toEqual(before);
    const runs = await pipeline.rows('select distinct _run_id from gold.customers_data_mart');
    expect(runs).toEqual([{ _run_id: (await pipeline.ports.runs.list(1))[0]?.id }]);
  });

  it('collects garbage without touching what a kept publication names', async () => {
    const { collectGarbage } = await import('../../lambdas/steps/collect-garbage.ts');
    const dry = await collectGarbage(pipeline.ports, { publications: 1, days: 0 }, true);
    const removed = await collectGarbage(pipeline.ports, { publications: 1, days: 0 }, false);
    expect(removed).toEqual(dry);
    expect(removed.objects).toBeGreaterThan(0);
    const [sum] = await pipeline.rows('select sum(total_sales) as total from gold.customers_data_mart');
    expect(sum?.total).toBe(truth.acceptedTotalAfterLateMasterData);
    await pipeline.run({ asOf: defaultLastDay });
    expect((await pipeline.ports.runs.list(1))[0]?.status).toBe('UNCHANGED');
  });
});
