import {
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
  type GraphQLField,
  type GraphQLOutputType,
  type GraphQLSchema,
} from 'graphql';

const DEPTH = 4;
/** Lists and objects below others that queries of their own ask for; with them an operation would cost more than it may. */
const ASKED_ELSEWHERE = [
  'EpcisEvent.captureJob',
  'EpcisEvent.correctedBy',
  'EpcisEvent.corrections',
  'EpcisEvent.corrects',
  'CaptureJob.anchoring',
  'Finding.evidence',
  'Finding.history',
  'Item.contents',
  'Item.history',
];

/** A query that asks for everything of a field, as deep as the api's limits allow, so that no part of an answer goes unseen. */
export function wholeQuery(
  schema: GraphQLSchema,
  name: string,
  args: string,
  without: readonly string[] = [],
): string {
  const field = schema.getQueryType()?.getFields()[name];
  if (!field) throw new Error(`there is no query ${name}`);
  const call = args === '' ? name : `${name}(${args})`;
  return `{ ${call} ${selectionOf(field.type, DEPTH, [...ASKED_ELSEWHERE, ...without])} }`;
}

function selectionOf(type: GraphQLOutputType, depth: number, without: readonly string[]): string {
  const named = getNamedType(type);
  if (!isObjectType(named)) return '';
  const fields = Object.values(named.getFields())
    .filter((field) => !without.includes(`${named.name}.${field.name}`) && isAskable(field, depth))
    .map((field) => `${field.name} ${selectionOf(field.type, depth - 1, without)}`);
  return `{ __typename ${fields.join(' ')} }`;
}

function isAskable(field: GraphQLField<unknown, unknown>, depth: number): boolean {
  if (field.args.some(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined))
    return false;
  const named = getNamedType(field.type);
  return isScalarType(named) || isEnumType(named) || (depth > 0 && isObjectType(named));
}
