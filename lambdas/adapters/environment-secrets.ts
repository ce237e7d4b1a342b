import { open } from 'node:fs/promises';
import { ConfigurationError } from '../domain/errors.ts';
import type { Secrets } from '../ports/secrets.ts';
import { errorCode, fileError } from './folder/file-errors.ts';

const validName = /^[A-Za-z0-9][A-Za-z0-9_/-]{0,200}$/;

/**
 * Secrets of a laptop: environment variables, then `<home>/secrets.json`, an object of name -> text. Both are read at every call, so that
 * a secret can be changed while a run is under way. No error, and no cause of one, has a value in it.
 */
export class EnvironmentSecrets implements Secrets {
  readonly #environment: Readonly<Record<string, string | undefined>>;
  readonly #file: string;

  constructor(environment: Readonly<Record<string, string | undefined>>, home: string) {
    this.#environment = environment;
    this.#file = `${home}/secrets.json`;
  }

  async get(name: string): Promise<string> {
    if (!validName.test(name)) {
      throw new ConfigurationError([
        `'${name}' is not a name of a secret: expected letters, digits, _, - and /, beginning with a letter or digit`,
      ]);
    }
    const variable = variableOf(name);
    const value = this.#environment[variable] || (await this.#fromFile(name));
    if (value === undefined || value === '') {
      throw new ConfigurationError([`the secret '${name}' is set neither in ${variable} nor in ${this.#file}`], {
        advice: `Set the environment variable ${variable}, or add "${name}" to ${this.#file} (and chmod 600 it).`,
      });
    }
    return value;
  }

  async #fromFile(name: string): Promise<string | undefined> {
    const text = await this.#readPrivately();
    if (text === null) return undefined;
    const content = this.#parse(text);
    if (!Object.hasOwn(content, name)) return undefined;
    const value: unknown = content[name];
    if (typeof value === 'string') return value;
    throw new ConfigurationError([`the secret '${name}' in ${this.#file} is not a text`], {
      advice: 'Write it in double quotes.',
    });
  }

  async #readPrivately(): Promise<string | null> {
    try {
      await using file = await open(this.#file, 'r');
      // Asked of the open file, so that it cannot be another one by the time it is read. Windows has no such bits.
      const { mode } = await file.stat();
      if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
        throw new ConfigurationError([`${this.#file} can be read by other users of this machine`], {
          advice: `Run: chmod 600 ${this.#file}`,
        });
      }
      return await file.readFile('utf8');
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return null;
      throw fileError(error, `reading ${this.#file}`);
    }
  }

  #parse(text: string): Record<string, unknown> {
    let content: unknown;
    try {
      content = JSON.parse(text);
    } catch {
      // The parser's message quotes the text, hence no cause.
    }
    if (typeof content === 'object' && content !== null && !Array.isArray(content)) return { ...content };
    throw new ConfigurationError([`${this.#file} is not a JSON object`], {
      advice: 'Expected { "<name>": "<value>", … }.',
    });
  }
}

function variableOf(name: string): string {
  return `HEADWATER_SECRET_${name.replaceAll(/[-/]/g, '_').toUpperCase()}`;
}
