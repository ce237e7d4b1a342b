import { DatabaseSync } from 'node:sqlite';
import { readFileSync } from 'node:fs';
const ptr = JSON.parse(readFileSync(process.argv[2] + '/lake/serving/current.json', 'utf8'));
const db = new DatabaseSync(process.argv[2] + '/lake/' + ptr.key, { readOnly: true });
try {
  for (const r of db
    .prepare(
      'select name, sum(pgsize)/1e6 as mb, sum(payload)/1e6 as p, sum(ncell) as n from dbstat group by 1 order by 2 desc limit 20',
    )
    .all())
    console.log(r);
} catch (e) {
  console.log(String(e));
  for (const r of db.prepare("select name from sqlite_master where type='table' and name not like '%_word_%'").all()) {
    const n = r.name as string;
    try {
      const c = db.prepare(`select count(*) n, sum(length(body))/1e6 mb from "${n}"`).get();
      console.log(n, c);
    } catch {}
  }
}
