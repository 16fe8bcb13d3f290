import type { ASTVisitor, SelectionSetNode, ValidationContext } from 'graphql';
import { LimitError } from '../errors/api.errors.js';
import { fieldsOf, type Budget, type FragmentLookup } from './selections.js';

export const MAX_DEPTH = 14;
/** The introspection query that tools send is 15 deep. */
const MAX_INTROSPECTION_DEPTH = 16;
/** Fragments may be spread so that a short text stands for very many fields; more are not looked at. */
const MAX_SELECTIONS = 5_000;

/** Refuses operations that nest deeper than any use needs. */
export function depthRule(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition: (operation) => {
      const budget = { left: MAX_SELECTIONS };
      const fragment: FragmentLookup = (name) => context.getFragment(name);
      const tooDeep = limitPassed(operation.selectionSet, { fragment, budget }, 1, MAX_DEPTH, new Set());
      if (tooDeep !== undefined) {
        context.reportError(
          new LimitError('QUERY_TOO_DEEP', `the operation is deeper than ${tooDeep} fields: split it`),
        );
      } else if (budget.left < 0) {
        const message = `the operation selects more than ${MAX_SELECTIONS} fields: split it`;
        context.reportError(new LimitError('QUERY_TOO_COSTLY', message));
      }
    },
  };
}

/** The limit that some field of the selection lies beyond. */
function limitPassed(
  selections: SelectionSetNode,
  walk: { readonly fragment: FragmentLookup; readonly budget: Budget },
  depth: number,
  limit: number,
  open: ReadonlySet<string>,
): number | undefined {
  for (const found of fieldsOf(selections, walk.fragment, walk.budget, open)) {
    const bound = found.field.name.value.startsWith('__') ? MAX_INTROSPECTION_DEPTH : limit;
    if (depth > bound) return bound;
    const inner = found.field.selectionSet;
    const passed = inner && limitPassed(inner, walk, depth + 1, bound, found.open);
    if (passed !== undefined) return passed;
  }
  return undefined;
}
