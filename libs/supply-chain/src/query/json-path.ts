import type { Comparison, PathCriterion } from './criterion.js';
import { flagValue, invalid, isNumber, isTime, single, type Parameter } from './values.js';

const OPERATOR: Readonly<Record<Comparison, string>> = { EQ: '==', GT: '>', GE: '>=', LT: '<', LE: '<=' };
const REPORT = '$.sensorElementList[*].sensorReport[*]';
const METADATA = '$.sensorElementList[*].sensorMetadata';

/** Where in an event the fields of a family of parameters stand. */
export const CONTAINER = {
  ILMD: '$.ilmd',
  ERROR_DECLARATION: '$.errorDeclaration',
  SENSORELEMENT: '$.sensorElementList[*]',
  SENSORMETADATA: METADATA,
  SENSORREPORT: REPORT,
  readPoint: '$.readPoint',
  bizLocation: '$.bizLocation',
} as const;

/** Values of sensor metadata and of sensor reports alike. */
const EITHER =
  '$.sensorElementList[*].keyvalue() ? (@.key == "sensorMetadata" || @.key == "sensorReport").value[*]';
const OWN_FIELDS = '$.keyvalue() ? (@.key like_regex ":").value';

/** Path of an attribute of `sensorMetadata`, of `sensorReport`, or of either. */
export function sensorPath(place: 'metadata' | 'report' | 'either', attribute: string): string {
  return `${{ metadata: METADATA, report: REPORT, either: EITHER }[place]}.${key(attribute)}`;
}

/** Step to a field by its key; JSON's spelling of a text is the path language's. */
export function keyStep(field: string): string {
  return `.${key(field)}`;
}

/** Step to a field that has one of the variable `keys`. */
export const NAMED_STEP = ' ? (@.type() == "object").keyvalue() ? (@.key == $keys[*]).value';

/** Path of a field of a container; `inner` means any depth below the container's own fields. */
export function fieldPath(container: string, step: string, inner: boolean): string {
  return inner ? `${container}.*.**${step}` : `${container}${step}`;
}

/** Path of an extension field of the event, or of any field below the event's extensions. */
export function extensionPath(step: string, inner: boolean): string {
  return inner ? `${OWN_FIELDS}.**${step}` : `$${step}`;
}

function key(name: string): string {
  return JSON.stringify(name);
}

/** The value there equals one of the texts, or the number or boolean that a text spells. */
export function anyOf(path: string, texts: readonly string[]): PathCriterion {
  const values = texts.flatMap((text) => [text, ...(isNumber(text) ? [Number(text)] : [])]);
  return { kind: 'path', path: `${path} ? (@ == $values[*])`, variables: { values } };
}

/** The value there is exactly this one. */
export function equal(path: string, value: boolean): PathCriterion {
  return { kind: 'path', path: `${path} ? (@ == $value)`, variables: { value } };
}

/** The time there compares so. */
export function timeThere(path: string, comparison: Comparison, time: string): PathCriterion {
  return {
    kind: 'path',
    path: `${path} ? (@.datetime() ${OPERATOR[comparison]} $time.datetime())`,
    variables: { time: withSeconds(time) },
  };
}

/** The number there compares so. */
export function numberThere(path: string, comparison: Comparison, number: number): PathCriterion {
  return {
    kind: 'path',
    path: `${path} ? (@.double() ${OPERATOR[comparison]} $number)`,
    variables: { number },
  };
}

/** A sensor report has a number in the unit that compares so with any of some. */
export function reported(
  attribute: string,
  comparison: Comparison,
  numbers: readonly number[],
  uom: string | undefined,
): PathCriterion {
  const unit = uom === undefined ? '' : ' && @.uom == $uom';
  return {
    kind: 'path',
    path: `${REPORT} ? (@.${key(attribute)} ${OPERATOR[comparison]} $numbers[*]${unit})`,
    variables: { numbers, ...(uom === undefined ? {} : { uom }) },
  };
}

/** What a parameter of a family asks of the field at a path: its values, its existence, or its place in an order. */
export function fieldCriterion(
  path: string,
  operation: Comparison | 'EXISTS',
  parameter: Parameter,
): PathCriterion | undefined {
  if (operation === 'EXISTS') return flagValue(parameter) ? { kind: 'path', path, variables: {} } : undefined;
  if (operation === 'EQ') return anyOf(path, parameter.values);
  const text = single(parameter).replace(/ (?=\d\d:\d\d$)/, '+');
  if (isNumber(text)) return numberThere(path, operation, Number(text));
  if (isTime(text)) return timeThere(path, operation, text);
  throw invalid(parameter.name, 'takes a number or a time such as 2026-01-31T12:00:00Z');
}

/** The path language reads microseconds at most and wants capital letters. */
function withSeconds(time: string): string {
  return time.toUpperCase().replace(/(\.\d{6})\d+/, '$1');
}
