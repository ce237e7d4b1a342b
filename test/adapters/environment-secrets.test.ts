import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EnvironmentSecrets } from '../../lambdas/adapters/environment-secrets.ts';
import { ConfigurationError, TerminalError } from '../../lambdas/domain/errors.ts';
import { describeSecretsContract, everythingIn } from '../ports/secrets.contract.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary-folder.ts';

describeSecretsContract('EnvironmentSecrets from variables', async () => {
  const environment: Record<string, string> = { PATH: '/bin' };
  return {
    secrets: new EnvironmentSecrets(environment, '/nonexistent'),
    put: async (name, value) => {
      environment[`HEADWATER_SECRET_${name.toUpperCase().replaceAll(/\W/g, '_')}`] = value;
    },
    dispose: async () => {},
  };
});

describeSecretsContract('EnvironmentSecrets from a file', async () => {
  const folder = await temporaryFolder();
  const path = join(folder.path, 'secrets.json');
  const values: Record<string, string> = {};
  return {
    secrets: new EnvironmentSecrets({}, folder.path),
    put: async (name, value) => {
      values[name] = value;
      await writeFile(path, JSON.stringify(values), { mode: 0o600 });
    },
    dispose: () => folder.remove(),
  };
});

describe('EnvironmentSecrets', () => {
  let folder: TemporaryFolder;
  let path: string;
  const canary = 'canary-7f3a-hunter2';
  const errorOf = (name: string, environment = {}) =>
    new EnvironmentSecrets(environment, folder.path).get(name).catch((error: unknown) => error);

  beforeEach(async () => {
    folder = await temporaryFolder();
    path = join(folder.path, 'secrets.json');
  });

  afterEach(() => folder.remove());

  it('prefers the variable to the file', async () => {
    await writeFile(path, '{"a-b/c": "from file"}', { mode: 0o600 });
    const secrets = new EnvironmentSecrets({ HEADWATER_SECRET_A_B_C: 'from variable' }, folder.path);
    expect(await secrets.get('a-b/c')).toBe('from variable');
    expect(await new EnvironmentSecrets({}, folder.path).get('a-b/c')).toBe('from file');
  });

  it('takes an empty value for none', async () => {
    await writeFile(path, '{"a": ""}', { mode: 0o600 });
    expect(await errorOf('a', { HEADWATER_SECRET_A: '' })).toBeInstanceOf(ConfigurationError);
  });

  it('says where a missing secret belongs', async () => {
    const error = await errorOf('salesforce/private-key');
    expect(error).toMatchObject({ advice: expect.stringContaining('HEADWATER_SECRET_SALESFORCE_PRIVATE_KEY') });
    expect(String(error)).toContain(path);
  });

  it.each([0o640, 0o604, 0o660, 0o644])('does not read a file with mode %o', async (mode) => {
    await writeFile(path, `{"a": "${canary}"}`);
    await chmod(path, mode);
    const error = await errorOf('a');
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(error).toMatchObject({ advice: `Run: chmod 600 ${path}` });
    await chmod(path, 0o600);
    expect(await new EnvironmentSecrets({}, folder.path).get('a')).toBe(canary);
  });

  it.each([
    ['broken', `{"a": "${canary}`],
    ['a list', `["${canary}"]`],
    ['a text', `"${canary}"`],
    ['null', 'null'],
    ['empty', ''],
    ['of nested values', `{"a": {"password": "${canary}"}}`],
    ['of numbers', '{"a": 4711}'],
  ])('shows nothing of a file that is %s', async (_, text) => {
    await writeFile(path, text, { mode: 0o600 });
    const error = await errorOf('a');
    expect(error).toBeInstanceOf(ConfigurationError);
    expect(everythingIn(error)).not.toMatch(/canary|4711/);
    expect(everythingIn(error)).toContain(path);
    expect(await readFile(path, 'utf8')).toBe(text);
  });

  it('fails on a folder in place of the file', async () => {
    await mkdir(path, { mode: 0o700 });
    expect(await errorOf('a')).toBeInstanceOf(TerminalError);
  });
});
