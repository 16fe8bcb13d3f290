import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i;
const FAR_FUTURE = '9999-12-31T23:59:59.999Z';

/** A moment: RFC 3339 with an offset comes in, UTC with milliseconds goes out. */
export const DateTimeScalar = new GraphQLScalarType<Date, string>({
  name: 'DateTime',
  description:
    'A moment in time: RFC 3339, with an offset in arguments, in UTC with milliseconds in results.',
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc3339',
  serialize: toText,
  parseValue: toDate,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return toDate(node.value);
    throw new GraphQLError('DateTime: expected a string', { nodes: node });
  },
});

/** Postgres's `infinity`, a time that no contract can mean, is shown as the last moment that can be written. */
function toText(value: unknown): string {
  if (value === Infinity) return FAR_FUTURE;
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  throw new GraphQLError('DateTime: the stored value is not a time');
}

function toDate(value: unknown): Date {
  if (typeof value === 'string' && RFC_3339.test(value)) {
    const date = new Date(value);
    if (!Number.isNaN(date.getTime())) return date;
  }
  throw new GraphQLError('DateTime: expected a time such as 2026-01-31T12:00:00Z');
}
