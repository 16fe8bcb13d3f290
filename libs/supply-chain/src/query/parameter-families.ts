import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { Comparison, Criterion } from './criterion.js';
import {
  CONTAINER,
  extensionPath,
  fieldCriterion,
  fieldPath,
  keyStep,
  NAMED_STEP,
  reported,
} from './json-path.js';
import { attributeEquals, hasAttribute } from './master-data-fields.js';
import { qualifiedName, type QueryPrefixes } from './qualified-name.js';
import { localTerm } from './terms.js';
import { numberValues, type Parameter } from './values.js';

/** A criterion, `undefined` when the value restricts nothing, or `'unknown'` when no family has such a name. */
export type FamilyResult = Criterion | undefined | 'unknown';

interface Family {
  /** As it is written in documentation and suggestions. */
  readonly shape: string;
  readonly pattern: RegExp;
  readonly read: (
    parameter: Parameter,
    groups: Readonly<Record<string, string>>,
    prefixes: QueryPrefixes,
  ) => Criterion | undefined;
}

const OPERATION = '(?<operation>EQ|GT|GE|LT|LE|EXISTS)';
const COMPARISON = '(?<operation>EQ|GT|GE|LT|LE)';

/** Families whose names end in a type, a unit or a field (EPCIS 2.0 §8.2.7.1); the first that fits is taken. */
const FAMILIES: readonly Family[] = [
  {
    shape: 'EQ_bizTransaction_<type>',
    pattern: /^EQ_bizTransaction_(?<type>.+)$/,
    read: ({ values }, { type }) => ({ kind: 'transaction', type: localTerm(type!), uris: values }),
  },
  {
    shape: 'EQ_source_<type>',
    pattern: /^EQ_source_(?<type>.+)$/,
    read: ({ values }, { type }) => ({
      kind: 'place',
      role: 'SOURCE',
      type: localTerm(type!),
      uris: values.map(normalizeIdentifier),
    }),
  },
  {
    shape: 'EQ_destination_<type>',
    pattern: /^EQ_destination_(?<type>.+)$/,
    read: ({ values }, { type }) => ({
      kind: 'place',
      role: 'DESTINATION',
      type: localTerm(type!),
      uris: values.map(normalizeIdentifier),
    }),
  },
  {
    shape: 'GE_quantity_<uom>',
    pattern: new RegExp(`^${COMPARISON}_quantity_(?<uom>[A-Z0-9]{2,3})$`),
    read: (parameter, { operation, uom }) => ({
      kind: 'quantity',
      comparison: operation as Comparison,
      quantities: numberValues(parameter, operation as Comparison),
      uom,
    }),
  },
  {
    shape: 'GE_value_<uom>',
    pattern: new RegExp(
      `^${COMPARISON}_(?<attribute>value|minValue|maxValue|meanValue|sDev|percValue)_(?<uom>[A-Z0-9]{2,3})$`,
    ),
    read: (parameter, { operation, attribute, uom }) =>
      reported(attribute!, operation as Comparison, numberValues(parameter, operation as Comparison), uom),
  },
  {
    shape: 'EQ_ILMD_<field>',
    pattern: new RegExp(
      `^${OPERATION}_(?<inner>INNER_)?(?<container>${Object.keys(CONTAINER).join('|')})_(?<field>.+)$`,
    ),
    read: fieldOf,
  },
  {
    shape: 'HASATTR_<field>',
    pattern: /^HASATTR_(?<field>.+)$/,
    read: (parameter, { field }) => hasAttribute(parameter, field!),
  },
  {
    shape: 'EQATTR_<field>_<attribute>',
    pattern: /^EQATTR_(?<rest>.+)$/,
    read: (parameter, { rest }) => attributeEquals(parameter, rest!),
  },
  {
    // Only a qualified name can be told from a misspelt parameter.
    shape: 'EQ_<prefix:field>',
    pattern: new RegExp(`^${OPERATION}_(?<inner>INNER_)?(?<field>(?![A-Z]+_)[^_:][^:]*:.+)$`),
    read: fieldOf,
  },
];

/** The families, as they are named to who misspelt one. */
export const FAMILY_SHAPES: readonly string[] = FAMILIES.map((family) => family.shape);

/** Reads a parameter by the family that its name belongs to. */
export function readFamily(parameter: Parameter, prefixes: QueryPrefixes): FamilyResult {
  for (const family of FAMILIES) {
    const match = family.pattern.exec(parameter.name);
    if (match) return family.read(parameter, match.groups ?? {}, prefixes);
  }
  return 'unknown';
}

/** A field of the event or of one of its parts, by its key or by its namespace. */
function fieldOf(
  parameter: Parameter,
  { operation, inner, container, field }: Readonly<Record<string, string>>,
  prefixes: QueryPrefixes,
): Criterion | undefined {
  const name = qualifiedName(field!, prefixes);
  const step = name ? NAMED_STEP : keyStep(field!);
  const path =
    container === undefined
      ? extensionPath(step, inner !== undefined)
      : fieldPath(CONTAINER[container as keyof typeof CONTAINER], step, inner !== undefined);
  const criterion = fieldCriterion(path, operation as Comparison | 'EXISTS', parameter);
  return criterion && name ? { ...criterion, name } : criterion;
}
