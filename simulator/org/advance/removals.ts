import { removeWithDetails } from './cascade.ts';
import type { OrgDay } from './org-day.ts';

/** Deletions, hard deletions, undeletions and merges; the first to choose, so that nobody writes to what disappears. */
export async function removeRecords(day: OrgDay): Promise<void> {
  const [winner, loser] = await day.pick('Account', 2, [], '"ParentId" is null');
  if (winner !== undefined && loser !== undefined) day.merge('Account', winner.Id ?? '', loser.Id ?? '');
  const [kept, twin] = await day.pick('Contact', 2);
  if (kept !== undefined && twin !== undefined) day.merge('Contact', kept.Id ?? '', twin.Id ?? '');

  const lonely = `"Id" not in (select "ParentId" from org."Account" where "ParentId" is not null)`;
  for (const { Id = '' } of await day.pick('Account', day.count(2), [], lonely)) {
    await removeWithDetails(day, 'delete', 'Account', Id);
  }
  for (const { Id = '' } of await day.pick('Opportunity', day.count(15))) {
    await removeWithDetails(day, 'delete', 'Opportunity', Id);
  }
  for (const { Id = '' } of await day.pick('Opportunity', day.count(4))) {
    await removeWithDetails(day, 'purge', 'Opportunity', Id);
  }
  for (const { Id = '' } of await day.pick('Task', day.count(20))) day.change('delete', 'Task', Id);
  for (const { Id = '' } of await day.pick('Task', day.count(20))) day.change('purge', 'Task', Id);
  for (const { Id = '' } of await day.pick('Task', day.count(10), [], '"IsDeleted"'))
    day.change('undelete', 'Task', Id);
}
