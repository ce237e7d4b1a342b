import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { removeFolder, temporaryFolder } from '../support/temporary-home.ts';
import { headwater } from './cli-process.ts';

describe('the command line', () => {
  let home: string;
  const at = (...parameters: string[]) => headwater([...parameters, '--home', home]);

  beforeAll(async () => {
    home = await temporaryFolder();
    const started = await headwater(['--scale', '0.01', '--home', home], 'start.ts');
    expect(started.stderr).toContain('Planted faults, and what became of them');
    expect(started.code).toBe(0);
  });
  afterAll(() => removeFolder(home));

  it('prints progress on stderr and the report on stdout', async () => {
    const run = await at('run', '--as-of', '2025-06-30');
    expect(run.code).toBe(0);
    expect(run.stderr).toContain('publish-run');
    expect(run.stdout).toMatch(/UNCHANGED/);
    expect(run.stdout).not.toContain('✓');
    expect(run.stderr + run.stdout).not.toContain('\u001b');
  });

  it('prints the run record as JSON, the same that lies in runs/', async () => {
    const run = await at('run', '--as-of', '2025-06-30', '--json', '--quiet');
    expect(run.stderr).toBe('');
    const record = JSON.parse(run.stdout);
    expect(record.status).toBe('UNCHANGED');
    expect(JSON.parse(await readFile(join(home, 'runs', `${record.id}.json`), 'utf8'))).toEqual(record);
  });

  it('answers a query as table, JSON and CSV', async () => {
    const sql =
      'select store_id, sum(total_sales) as total from gold.sales_team_data_mart group by 1 order by 1 limit 2';
    const [table, json, csv] = await Promise.all([
      at('query', sql),
      at('query', sql, '--json'),
      at('query', sql, '--csv'),
    ]);
    const rows = JSON.parse(json.stdout) as { store_id: string; total: string }[];
    expect(rows).toHaveLength(2);
    expect(table.stdout.split('\n')[0]).toMatch(/^store_id +total$/);
    expect(csv.stdout).toBe(`store_id,total\r\n${rows.map((row) => `${row.store_id},${row.total}\r\n`).join('')}`);
  });

  it('refuses what is no query of its tables with exit code 2, and lists those that it has', async () => {
    const [changing, unknown] = await Promise.all([
      at('query', 'drop table gold.sales_team_data_mart'),
      at('query', 'select * from gold.nothing'),
    ]);
    for (const { code, stdout, stderr } of [changing, unknown]) {
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^headwater: /);
      expect(stderr).not.toContain('    at ');
    }
    expect(unknown.stderr).toMatch(/Tables of gold: .*customers_data_mart/);
  });

  it('exits 2 with help for wrong usage and 0 for --help', async () => {
    const [unknown, help] = await Promise.all([headwater(['frobnicate']), headwater(['--help'])]);
    expect(unknown.code).toBe(2);
    expect(help.code).toBe(0);
    expect(help.stdout).toContain('Examples:');
  });

  it('names every problem of a configuration at once and exits 2', async () => {
    const overlay = join(home, 'bad-config');
    await mkdir(join(overlay, 'sources'), { recursive: true });
    await writeFile(join(overlay, 'sources', 'sales.json'), '{"dataset": "sales", "kind": "evnt", "columns": []}');
    await writeFile(join(overlay, 'sources', 'broken.json'), '{');
    const result = await at('status', '--config', overlay);
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('broken.json: not readable as JSON');
    expect(result.stderr).toMatch(/sales\.json: kind: .*"event"/);
    expect(result.stderr).toContain('sales.json: table');
  });

  it('explains a rejected file and quarantined rows', async () => {
    const [files] = await Promise.all([at('files', '--json', '--limit', '1000')]);
    const known = JSON.parse(files.stdout) as { key: string; status: string; counts: { quarantined: number } | null }[];
    const rejected = known.find((file) => file.status === 'REJECTED');
    const partly = known.find((file) => (file.counts?.quarantined ?? 0) > 0);
    const [why, rows] = await Promise.all([
      at('explain', 'file', rejected?.key ?? ''),
      at('explain', 'file', partly?.key ?? ''),
    ]);
    expect(why.stdout).toMatch(/status {7}REJECTED[\s\S]*means: /);
    expect(rows.stdout).toMatch(/line \d+: [A-Z]+/);
    expect((await at('explain', 'file', 'no-such-file')).code).toBe(2);
  });

  it('prints status, runs, files, quality, lineage and compiled SQL', async () => {
    const results = await Promise.all([
      at('status'),
      at('runs'),
      at('files', 'sales_data'),
      at('quality', '--all'),
      at('lineage', 'gold.customers_data_mart'),
      at('compile', 'silver.sales_line'),
    ]);
    expect(results.map((result) => result.code)).toEqual([0, 0, 0, 0, 0, 0]);
    const [status, runs, files, quality, lineage, compiled] = results.map((result) => result.stdout);
    expect(status).toContain('gold.customers_data_mart');
    expect(runs).toContain('PUBLISHED');
    expect(files).toContain('landing/sales/');
    expect(quality).toMatch(/checks, \d+ passed/);
    expect(lineage).toContain('silver.customer');
    expect(compiled).toContain('UNKNOWN_CUSTOMER');
  });

  it('says where a list ends, and that there is no such run', async () => {
    const [files, all, quality] = await Promise.all([
      at('files', '--limit', '2'),
      at('files', 'truncated'),
      at('quality', '--run', 'nope'),
    ]);
    expect(files.stderr).toBe('The newest 2 files; --limit shows more.\n');
    expect(all.stderr).toBe('');
    expect(quality).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining("There is no run 'nope'.") });
  });

  it('drops a file where the next run finds it, and previews that run', async () => {
    const file = join(home, 'sales_data_2025-07-01.csv');
    await writeFile(file, 'customer_id,store_id\n1,101\n');
    expect((await at('drop', file)).stdout).toContain('landing/sales/sales_data_2025-07-01.csv');
    const preview = await at('run', '--dry-run');
    expect(preview.stdout).toMatch(/sales_data_2025-07-01\.csv +rejected.*MISSING_COLUMN/);
    expect(await readdir(join(home, 'raw', 'landing', 'sales'))).toEqual(['sales_data_2025-07-01.csv']);
    expect((await at('drop', join(home, 'missing.csv'))).code).toBe(2);
  });

  it('rolls back and says when there is nothing to go back to', async () => {
    const result = await at('rollback');
    expect(result.code).toBe(2);
    expect(result.stderr).toContain('no earlier publication');
    expect((await at('gc', '--dry-run')).stdout).toMatch(/^Would remove 0 publications/);
  });

  it('refuses dates, runs and options that cannot be', async () => {
    const results = await Promise.all([
      at('run', '--as-of', '2025-02-30'),
      at('run', '--resume', 'yesterday'),
      at('run', '--drop', '/nowhere'),
    ]);
    expect(results.map((result) => result.code)).toEqual([2, 2, 2]);
    expect(results[1]?.stderr).toContain('the last runs are');
  });
});
