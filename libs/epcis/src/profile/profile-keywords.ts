/** How a keyword's value holds further schemas. */
type Holds = 'nothing' | 'schema' | 'schemas' | 'named' | 'schema or list';

/** Keywords of JSON Schema (draft-07 and 2020-12) that a profile may use; any other is a mistake that would do nothing. */
export const KEYWORDS: ReadonlyMap<string, Holds> = new Map<string, Holds>([
  ...keywords(
    'nothing',
    `$schema $id $comment $ref title description examples default deprecated readOnly writeOnly type enum const
    multipleOf maximum exclusiveMaximum minimum exclusiveMinimum maxLength minLength pattern maxItems minItems
    uniqueItems maxProperties minProperties required format minContains maxContains dependentRequired`,
  ),
  ...keywords('schema', 'not if then else additionalProperties propertyNames contains additionalItems'),
  ...keywords('schemas', 'allOf anyOf oneOf prefixItems'),
  ...keywords('named', '$defs definitions properties patternProperties dependentSchemas'),
  ...keywords('schema or list', 'items'),
]);

/** Keywords that say nothing about an event. */
export const ANNOTATIONS: ReadonlySet<string> = new Set(
  '$schema $id $comment title description examples default deprecated readOnly writeOnly'.split(' '),
);

/** Formats that are judged. */
export const PROFILE_FORMATS = ['uri', 'uri-reference', 'date-time', 'date', 'time', 'uuid'] as const;

function keywords(holds: Holds, names: string): [string, Holds][] {
  return names.split(/\s+/).map((name) => [name, holds]);
}
