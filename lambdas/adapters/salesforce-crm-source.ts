import type { CrmField, CrmObject } from '../domain/crm-object.ts';
import { SourceError } from '../domain/errors.ts';
import type { ChangedIds, CrmRecord, CrmSource, CrmStatus, NewTask, Quota } from '../ports/crm-source.ts';
import { ApiFault, toFault } from './salesforce/api-fault.ts';
import { parseRestPage } from './salesforce/json-records.ts';
import type { SalesforceSession } from './salesforce/session.ts';

/** Describing tells so when the org has no such object, or this user no right to it. */
const absentCodes = new Set(['NOT_FOUND', 'INVALID_TYPE', 'INSUFFICIENT_ACCESS', 'HTTP_404', 'ERROR_HTTP_404']);

/** Salesforce over REST: login and description by jsforce, queries by our own reading, which keeps every digit. */
export class SalesforceCrmSource implements CrmSource {
  readonly #session: SalesforceSession;

  constructor(session: SalesforceSession) {
    this.#session = session;
  }

  quota(): Quota {
    return this.#session.quota;
  }

  async status(signal: AbortSignal): Promise<CrmStatus> {
    const session = this.#session;
    const serverTime = await session.call('reading the limits', signal, async (connection) => {
      const response = await session.fetch(connection, session.path('/limits'), { signal });
      await response.arrayBuffer();
      return new Date(response.headers.get('date') ?? Number.NaN);
    });
    if (Number.isNaN(serverTime.getTime())) {
      throw new SourceError('Salesforce answers without a Date header, by which windows are cut.', {
        advice: 'A proxy in between may remove it.',
      });
    }
    return { orgId: await session.orgId(signal), serverTime, quota: session.quota };
  }

  async describe(object: string, signal: AbortSignal): Promise<CrmObject | null> {
    return await this.#session.call(`describing ${object}`, signal, async (connection) => {
      try {
        const { name, fields } = await connection.describe(object);
        return {
          name,
          fields: fields.map((field) => ({ name: field.name, type: field.type, calculated: field.calculated })),
        };
      } catch (error) {
        if (absentCodes.has(toFault(error).code)) return null;
        throw error;
      }
    });
  }

  async select(
    soql: string,
    signal: AbortSignal,
    fields: readonly CrmField[] = [],
  ): Promise<{ total: number; records: CrmRecord[] }> {
    const session = this.#session;
    const records: CrmRecord[] = [];
    let total = 0;
    let next: string | null = `${session.path('/queryAll')}?q=${encodeURIComponent(soql)}`;
    while (next !== null) {
      const path: string = next;
      const page = await session.call(`querying (${soql.slice(0, 120)})`, signal, async (connection) => {
        const response = await session.fetch(connection, path, { signal });
        return parseRestPage(await response.text(), fields);
      });
      records.push(...page.records);
      total = page.total;
      next = page.next;
    }
    return { total, records };
  }

  async changes(
    kind: 'updated' | 'deleted',
    object: string,
    period: { from: string; to: string },
    signal: AbortSignal,
  ): Promise<ChangedIds> {
    const session = this.#session;
    const path = `${session.path(`/sobjects/${object}/${kind}/`)}?start=${encodeURIComponent(period.from)}&end=${encodeURIComponent(period.to)}`;
    return await session.call(`asking for ${kind} records of ${object}`, signal, async (connection) => {
      const response = await session.fetch(connection, path, { signal });
      return changedIds((await response.json()) as RawChanges);
    });
  }

  /** By our own request: jsforce knows no signal, and waits for ever for the rest of an answer that broke off. */
  async createTask(task: NewTask, signal: AbortSignal): Promise<string> {
    const session = this.#session;
    const record = {
      WhatId: task.whatId,
      Subject: task.subject,
      Description: task.description,
      ActivityDate: task.dueOn,
      Priority: task.priority,
      Status: 'Not Started',
    };
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(record),
      signal,
    };
    const create = async (connection: Parameters<typeof session.fetch>[0]) => {
      const response = await session.fetch(connection, session.path('/sobjects/Task'), request);
      return savedId(await response.text());
    };
    return await session.call('creating a task', signal, create, { once: true });
  }
}

function savedId(text: string): string {
  let saved: { id?: unknown; success?: unknown; errors?: { errorCode?: string; message?: string }[] };
  try {
    saved = JSON.parse(text);
  } catch {
    throw new ApiFault('PAGE_FAULT', 'the answer to a new task broke off');
  }
  if (saved.success === true && typeof saved.id === 'string') return saved.id;
  const [first] = saved.errors ?? [];
  throw new ApiFault(first?.errorCode ?? 'UNKNOWN', first?.message ?? 'the task was not saved');
}

interface RawChanges {
  readonly ids?: readonly string[];
  readonly deletedRecords?: readonly { id: string; deletedDate: string }[];
  readonly latestDateCovered: string;
  readonly earliestDateAvailable?: string;
}

function changedIds(raw: RawChanges): ChangedIds {
  const changes =
    raw.deletedRecords?.map(({ id, deletedDate }) => ({ id, at: utc(deletedDate) })) ??
    (raw.ids ?? []).map((id) => ({ id, at: '' }));
  return {
    changes,
    coveredUntil: utc(raw.latestDateCovered),
    knownSince: raw.earliestDateAvailable === undefined ? null : utc(raw.earliestDateAvailable),
  };
}

function utc(text: string): string {
  return text.replace(/\+0000$/, 'Z');
}
