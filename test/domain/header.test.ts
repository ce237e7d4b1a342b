import { describe, expect, it } from 'vitest';
import { matchHeader } from '../../lambdas/domain/header.ts';
import { contract } from '../support/contract.ts';

const column = (name: string, more: object = {}) => ({ name, type: 'varchar', description: name, ...more });

describe('matching a header with its contract', () => {
  it('finds columns in any order, whatever their case and outer spaces', () => {
    const { match, reasons } = matchHeader(contract(), [' AMOUNT ', 'Id']);
    expect(reasons).toEqual([]);
    expect(match.positions).toEqual({ amount: 0, id: 1 });
  });

  it('keeps columns that the contract does not know as extra', () => {
    expect(matchHeader(contract(), ['id', 'mode', 'amount']).match.extra).toEqual([1]);
  });

  it('rejects a header without a mandatory column and names both', () => {
    const { reasons } = matchHeader(contract(), ['amount', 'ident']);
    expect(reasons.map((reason) => reason.code)).toEqual(['MISSING_COLUMN']);
    expect(reasons[0]?.message).toContain("'id'");
    expect(reasons[0]?.message).toContain('amount, ident');
  });

  it('names all missing columns in one reason', () => {
    const two = contract({ columns: [column('id', { mandatory: true }), column('day', { mandatory: true })] });
    const { reasons } = matchHeader(two, ['amount']);
    expect(reasons.map(({ message }) => message)).toEqual([
      "The mandatory columns 'id', 'day' are missing; the file has: amount. Add the columns and drop the file again.",
    ]);
  });

  it.each([';', '\t', '|'])('says that a header in one piece seems to be delimited by %j', (delimiter) => {
    const { reasons } = matchHeader(contract(), [['id', 'amount'].join(delimiter)]);
    expect(reasons.map(({ code }) => code)).toEqual(['MISSING_COLUMN']);
    expect(reasons[0]?.message).toContain(`delimited by ${JSON.stringify(delimiter)}: export it with ","`);
  });

  it('lives without an optional column', () => {
    const { match, reasons } = matchHeader(contract(), ['id']);
    expect(reasons).toEqual([]);
    expect(match.positions).toEqual({ id: 0 });
  });

  it('rejects repeated and unnamed columns', () => {
    const codes = matchHeader(contract(), ['id', 'ID', '']).reasons.map((reason) => reason.code);
    expect(codes).toEqual(['DUPLICATE_COLUMN', 'UNNAMED_COLUMN']);
  });

  it('reads the first present of several source names', () => {
    const several = contract({ columns: [column('id', { from: ['CustomerID', 'customer'], mandatory: true })] });
    expect(matchHeader(several, ['customer']).match.positions).toEqual({ id: 0 });
    expect(matchHeader(several, ['customer', 'customerid']).match.positions).toEqual({ id: 1 });
  });

  it('needs the source columns of expressions, which then are not extra', () => {
    const computed = contract({ columns: [column('day', { expression: 'substr(source."InvoiceDate", 1, 10)' })] });
    expect(matchHeader(computed, ['InvoiceDate']).match.extra).toEqual([]);
    expect(matchHeader(computed, ['Date']).reasons.map((reason) => reason.code)).toEqual(['MISSING_COLUMN']);
  });
});
