import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Looks a fragment up by name. */
export type FragmentLookup = (name: string) => FragmentDefinitionNode | null | undefined;

/** How many selections may still be looked at; below zero the walk has ended early. */
export interface Budget {
  left: number;
}

/**
 * Every field of a selection with those of the fragments it spreads; a fragment inside itself is not followed again.
 * Spreads count against the budget as fields do: fragments that double with each level may stand for no field at all.
 */
export function* fieldsOf(
  selections: SelectionSetNode,
  fragment: FragmentLookup,
  budget: Budget,
  open: ReadonlySet<string>,
): Generator<{ field: FieldNode; open: ReadonlySet<string> }> {
  for (const selection of selections.selections) {
    if (--budget.left < 0) return;
    if (selection.kind === Kind.FIELD) yield { field: selection, open };
    else if (selection.kind === Kind.INLINE_FRAGMENT)
      yield* fieldsOf(selection.selectionSet, fragment, budget, open);
    else if (!open.has(selection.name.value)) {
      const definition = fragment(selection.name.value);
      if (!definition) continue;
      yield* fieldsOf(definition.selectionSet, fragment, budget, new Set(open).add(selection.name.value));
    }
  }
}
