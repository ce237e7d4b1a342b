import { describe, expect, test } from 'vitest';
import { droppedFiles } from '../../lambdas/handlers/dropped-files.ts';

const message = (messageId: string, body: unknown) => ({ messageId, body: JSON.stringify(body) });
const created = (key: string) => ({
  'detail-type': 'Object Created',
  detail: { bucket: { name: 'raw' }, object: { key } },
});

describe('messages of dropped files', () => {
  test('give their keys as they are', () => {
    const keys = ['landing/sales/a b+c%20.csv', 'landing/sales/ä.csv'];
    const Records = keys.map((key, index) => message(`m${index}`, created(key)));
    expect(droppedFiles({ Records })).toEqual({ keys, refused: [] });
  });

  test('that are no file events are refused one by one', () => {
    const Records = [
      message('good', created('landing/sales/a.csv')),
      { messageId: 'text', body: 'hello' },
      message('null', null),
      message('other', { detail: { object: {} } }),
    ];
    expect(droppedFiles({ Records })).toEqual({ keys: ['landing/sales/a.csv'], refused: ['text', 'null', 'other'] });
  });

  test('come in a batch, or the caller is wrong', () => {
    expect(() => droppedFiles({})).toThrow(/Records/);
  });
});
