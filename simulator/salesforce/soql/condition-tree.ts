import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from '../api-error.ts';

export type ConditionTree =
  | { readonly kind: 'leaf'; readonly condition: Exclude<ConditionWithValueQuery, { field?: never; fn?: never }> }
  | { readonly kind: 'not'; readonly inner: ConditionTree }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly ConditionTree[] };

type Leaf = (ConditionTree & { kind: 'leaf' })['condition'];
type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | Leaf;

/**
 * The parser gives a WHERE clause as a linked list whose members count the parentheses around them; this is the tree it stands for.
 * AND and OR side by side need parentheses, as in Salesforce.
 * @throws SalesforceError MALFORMED_QUERY
 */
export function conditionTree(where: WhereClause): ConditionTree {
  const tokens = tokensOf(where);
  const tree = readExpression(tokens);
  if (tokens.length > 0) throw malformedQuery(`unexpected token: '${String(tokens[0])}'`);
  return tree;
}

function tokensOf(where: WhereClause): Token[] {
  const tokens: Token[] = [];
  let node: WhereClause | undefined = where;
  while (node !== undefined) {
    const { left } = node;
    if (left !== null) {
      tokens.push(...Array<Token>(left.openParen ?? 0).fill('('));
      if ('operator' in left) {
        tokens.push(left);
        tokens.push(...Array<Token>(left.closeParen ?? 0).fill(')'));
      }
    }
    if (!('operator' in node)) break;
    tokens.push(node.operator);
    node = node.right;
  }
  return tokens;
}

function readExpression(tokens: Token[]): ConditionTree {
  const parts = [readTerm(tokens)];
  let operator: 'AND' | 'OR' | undefined;
  while (tokens[0] === 'AND' || tokens[0] === 'OR') {
    const [next] = tokens;
    if (operator !== undefined && operator !== next) throw malformedQuery(`unexpected token: '${next}'`);
    operator = next;
    tokens.shift();
    parts.push(readTerm(tokens));
  }
  const [only] = parts;
  if (operator === undefined && only !== undefined) return only;
  return { kind: operator === 'OR' ? 'or' : 'and', parts };
}

function readTerm(tokens: Token[]): ConditionTree {
  const token = tokens.shift();
  if (token === 'NOT') return { kind: 'not', inner: readTerm(tokens) };
  if (token === '(') {
    const inner = readExpression(tokens);
    if (tokens.shift() !== ')') throw malformedQuery("expecting a right parentheses, found 'end of query'");
    return inner;
  }
  if (token === undefined || typeof token === 'string') {
    throw malformedQuery(`unexpected token: '${token ?? 'end of query'}'`);
  }
  return { kind: 'leaf', condition: token };
}
