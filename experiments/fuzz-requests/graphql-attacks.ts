import type { Random } from '@tallyhouse/compute';
import {
  isEnumType,
  isListType,
  isNonNullType,
  isInputObjectType,
  isObjectType,
  getNamedType,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';
import type { Attack } from './attack.js';
import { drawn, hostileText, hostileValue, mangled } from './hostile-values.js';

const NUMERIC = new Set(['Int', 'Float', 'BigInt']);
const DEPTH = 3;

/** Operations that the schema lets through mostly, with arguments that are mostly wrong. */
export function graphqlAttack(random: Random, schema: GraphQLSchema, apiKey: string): Attack {
  const isMutation = random.below(3) === 0;
  const root = (isMutation ? schema.getMutationType() : schema.getQueryType())!;
  const field = drawn(random, Object.values(root.getFields()));
  const declared = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${field.name}${passed === '' ? '' : `(${passed})`}${selection(random, field, DEPTH)}`;
  const query = `${isMutation ? 'mutation' : 'query'} F${declared === '' ? '' : `(${declared})`} { ${call} }`;
  const variables = Object.fromEntries(field.args.map(({ name, type }) => [name, argument(random, type)]));
  const kind = random.below(20);
  const body =
    kind === 0
      ? hostileText(random)
      : JSON.stringify(kind === 1 ? hostileValue(random) : { query: text(random, query), variables });
  return {
    method: 'POST',
    path: '/graphql',
    headers: { 'content-type': 'application/json', ...(random.below(4) > 0 ? { 'x-api-key': apiKey } : {}) },
    body,
  };
}

function text(random: Random, query: string): string {
  return random.below(10) === 0 ? mangled(random, query) : query;
}

/** Fields of what a field gives; those that need arguments of their own get them as literals when they are easy. */
function selection(random: Random, field: GraphQLField<unknown, unknown>, depth: number): string {
  const type = getNamedType(field.type);
  if (!isObjectType(type)) return '';
  const inner = Object.values(type.getFields())
    .filter(({ args }) => args.every((arg) => !isNonNullType(arg.type) || arg.defaultValue !== undefined))
    .filter((child) => depth > 0 || !isObjectType(getNamedType(child.type)))
    .filter(() => random.below(3) > 0)
    .map((child) => `${child.name}${selection(random, child, depth - 1)}`);
  return ` { __typename ${inner.join(' ')} }`;
}

function argument(random: Random, type: GraphQLInputType): unknown {
  if (random.below(12) === 0) return hostileValue(random);
  if (isNonNullType(type)) return argument(random, type.ofType as GraphQLInputType);
  if (random.below(8) === 0) return null;
  if (isListType(type)) {
    return Array.from({ length: random.below(4) }, () => argument(random, type.ofType as GraphQLInputType));
  }
  if (isEnumType(type)) return drawn(random, type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || random.below(2) === 0,
    );
    return Object.fromEntries(fields.map((field) => [field.name, argument(random, field.type)]));
  }
  return scalar(random, type.name);
}

function scalar(random: Random, name: string): unknown {
  if (NUMERIC.has(name)) return drawn(random, [0, 1, 7, 200, -1, 2 ** 31 - 1, '5', '9'.repeat(90)]);
  if (name === 'Boolean') return random.below(2) === 0;
  if (name === 'DateTime')
    return drawn(random, ['2026-01-05T00:00:00Z', '0001-01-01T00:00:00Z', hostileText(random)]);
  if (name === 'Hex')
    return drawn(random, ['0x', `0x${'a1'.repeat(20)}`, `0x${'01'.repeat(32)}`, hostileText(random)]);
  if (name === 'JSON') return hostileValue(random);
  return hostileText(random);
}
