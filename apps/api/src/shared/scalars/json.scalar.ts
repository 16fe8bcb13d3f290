import { GraphQLError, GraphQLScalarType, Kind, valueFromASTUntyped } from 'graphql';

const MAX_DEPTH = 64;
const MAX_VALUES = 2_000_000;

/** Any JSON, bounded in depth and in number of values; a document comes in as a variable or as literal. */
export const JsonScalar = new GraphQLScalarType<unknown, unknown>({
  name: 'JSON',
  description: `Any JSON value, at most ${MAX_DEPTH} levels deep.`,
  specifiedByURL: 'https://www.rfc-editor.org/rfc/rfc8259',
  serialize: (value) => value,
  parseValue: bounded,
  parseLiteral: (node, variables) => {
    if (node.kind === Kind.ENUM) throw new GraphQLError('JSON: text needs quotes', { nodes: node });
    return bounded(valueFromASTUntyped(node, variables));
  },
});

/** Walks with a list of its own: a stranger's depth must not become the depth of our stack. */
function bounded(root: unknown): unknown {
  let level: unknown[] = [root];
  let values = 1;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new GraphQLError(`JSON: more than ${MAX_DEPTH} levels`);
    const next: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      for (const child of Object.values(value)) next.push(child);
    }
    values += next.length;
    if (values > MAX_VALUES) throw new GraphQLError(`JSON: more than ${MAX_VALUES} values`);
    level = next;
  }
  return root;
}
