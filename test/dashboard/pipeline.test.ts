import { describe, expect, it } from 'vitest';
import { rawInWords, reasonInWords } from '../../dashboard/src/pages/pipeline/reasons.ts';
import { stagesOf, unfinishedStage } from '../../dashboard/src/pages/pipeline/stages.ts';

const run = (status: 'PUBLISHED' | 'HALTED' | 'RUNNING', ...names: readonly string[]) => ({
  status,
  stages: names.map((stage) => ({ stage, rows_in: 0, rows_out: 0, quarantined: 0, seconds: 1, bytes: 0 })),
});

describe('stages of runs', () => {
  const whole = run('PUBLISHED', 'plan', 'extract', 'build', 'check', 'publish');

  it('stand in the order of the run that came furthest, others after them', () => {
    const other = run('PUBLISHED', 'plan', 'archive');
    expect(stagesOf([other, whole])).toEqual(['plan', 'extract', 'build', 'check', 'publish', 'archive']);
    expect(stagesOf([])).toEqual([]);
  });

  it('name the one that a stopped run did not finish', () => {
    const stages = stagesOf([whole]);
    // A run without an org has no extract: its gap is not where it stopped.
    expect(unfinishedStage(run('HALTED', 'plan', 'build'), stages)).toBe('check');
    expect(unfinishedStage(run('HALTED'), stages)).toBe('plan');
    expect(unfinishedStage(run('RUNNING', 'plan'), stages)).toBeNull();
    expect(unfinishedStage(whole, stages)).toBeNull();
  });
});

describe('quarantined rows in words', () => {
  it.each([
    ['REQUIRED(client_id)', 'client_id is missing'],
    ['TYPE(price)', 'price cannot be read as its type'],
    ['RANGE(quantity)', 'quantity is outside its limits'],
    ['TOTAL_COST_MISMATCH', 'total cost mismatch'],
    ['OTHER(column)', 'other(column)'],
  ])('%s: %s', (reason, words) => {
    expect(reasonInWords(reason)).toBe(words);
  });

  it('lines stay as they came, rows lose what has no value', () => {
    expect(rawInWords('a,b,,c')).toBe('a,b,,c');
    expect(rawInWords('{"a":"1","b":null,"c":0}')).toBe('a: 1, c: 0');
    expect(rawInWords('{no json')).toBe('{no json');
  });
});
