import { describe, expect, it } from 'vitest';
import { resumeCommand } from '../../bin/terminal/resume-command.ts';

describe('resumeCommand', () => {
  it('names only the run where nothing else was given', () => {
    expect(resumeCommand('r1', {})).toBe('headwater run --resume r1');
  });

  it('repeats what the run began with, quoted for a shell', () => {
    expect(resumeCommand('r1', { home: '.crm', config: "my shop's" }, 'my_org')).toBe(
      "headwater run --resume r1 --org my_org --home .crm --config 'my shop'\\''s'",
    );
  });
});
