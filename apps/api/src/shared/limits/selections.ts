import { Kind, type FieldNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/** Looks a fragment up by name. */
export type FragmentLookup = (name: string) => FragmentDefinitionNode | null | undefined;

/** Every field of a selection with those of the fragments it spreads; a fragment inside itself is not followed again. */
export function* fieldsOf(
  selections: SelectionSetNode,
  fragment: FragmentLookup,
  open: ReadonlySet<string> = new Set(),
): Generator<{ field: FieldNode; open: ReadonlySet<string> }> {
  for (const selection of selections.selections) {
    if (selection.kind === Kind.FIELD) yield { field: selection, open };
    else if (selection.kind === Kind.INLINE_FRAGMENT) yield* fieldsOf(selection.selectionSet, fragment, open);
    else if (!open.has(selection.name.value)) {
      const definition = fragment(selection.name.value);
      if (definition)
        yield* fieldsOf(definition.selectionSet, fragment, new Set(open).add(selection.name.value));
    }
  }
}
