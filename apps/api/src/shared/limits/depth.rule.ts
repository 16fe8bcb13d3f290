import type { ASTVisitor, ValidationContext } from 'graphql';
import { LimitError } from '../errors/api.errors.js';
import { fieldsOf, type FragmentLookup } from './selections.js';
import type { SelectionSetNode } from 'graphql';

export const MAX_DEPTH = 14;
/** The introspection query that tools send is 14 deep. */
const MAX_INTROSPECTION_DEPTH = 16;
/** Fragments may be spread so that a short text stands for very many fields; more are not looked at. */
const MAX_VISITED_FIELDS = 5_000;

/** Refuses operations that nest deeper than any use needs. */
export function depthRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const budget = { left: MAX_VISITED_FIELDS };
      const lookup: FragmentLookup = (name) => context.getFragment(name);
      const error = exceeds(operation.selectionSet, lookup, 1, MAX_DEPTH, budget, new Set());
      if (error) context.reportError(error);
    },
  };
}

function exceeds(
  selections: SelectionSetNode,
  fragment: FragmentLookup,
  depth: number,
  limit: number,
  budget: { left: number },
  open: ReadonlySet<string>,
): LimitError | undefined {
  for (const found of fieldsOf(selections, fragment, open)) {
    const bound = found.field.name.value.startsWith('__') ? MAX_INTROSPECTION_DEPTH : limit;
    if (--budget.left < 0)
      return new LimitError(
        'QUERY_TOO_COSTLY',
        `the operation selects more than ${MAX_VISITED_FIELDS} fields`,
      );
    if (depth > bound)
      return new LimitError('QUERY_TOO_DEEP', `the operation is deeper than ${bound} fields: split it`);
    const inner = found.field.selectionSet;
    const error = inner && exceeds(inner, fragment, depth + 1, bound, budget, found.open);
    if (error) return error;
  }
  return undefined;
}
