import { GraphQLError, GraphQLScalarType, Kind } from 'graphql';

const MAX_DIGITS = 131_072;
const HEX = /^0x([0-9a-fA-F]{2})*$/;

/** Bytes as `0x` and an even number of digits; lower case in results. Addresses and hashes are such bytes. */
export const HexScalar = new GraphQLScalarType<string, string>({
  name: 'Hex',
  description: 'Bytes: 0x and an even number of hexadecimal digits, lower case in results.',
  serialize: toHex,
  parseValue: toHex,
  parseLiteral: (node) => {
    if (node.kind === Kind.STRING) return toHex(node.value);
    throw new GraphQLError('Hex: expected a string', { nodes: node });
  },
});

function toHex(value: unknown): string {
  if (typeof value === 'string' && value.length <= MAX_DIGITS + 2 && HEX.test(value))
    return value.toLowerCase();
  throw new GraphQLError('Hex: expected 0x and an even number of hexadecimal digits');
}
