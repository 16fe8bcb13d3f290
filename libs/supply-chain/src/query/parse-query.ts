import type { Criterion, EventQuery } from './criterion.js';
import { FIXED_PARAMETERS } from './fixed-parameters.js';
import { extensionPath, keyStep } from './json-path.js';
import { nearestName } from './nearest-name.js';
import { FAMILY_SHAPES, readFamily } from './parameter-families.js';
import { queryPrefixes, type QueryPrefixes } from './qualified-name.js';
import { EventQueryError } from './query.errors.js';
import {
  countValue,
  invalid,
  parameterOf,
  QUERY_BOUNDS,
  single,
  wordValue,
  type Parameter,
} from './values.js';

const CONTROLS = ['orderBy', 'orderDirection', 'eventCountLimit', 'maxEventCount'] as const;
type Control = (typeof CONTROLS)[number];
const ORDER_COLUMN = { eventTime: 'event_time', recordTime: 'record_time' } as const;

/** Parameters by name: texts, numbers, booleans or lists of them. */
export type RawParameters = Readonly<Record<string, unknown>>;

/**
 * Reads the parameters of an EPCIS query; events must meet all of them. Prefixes that its `@context` declares stand for
 * their namespaces, whatever prefix an event was captured with.
 *
 * @param fixed - conditions that hold besides, such as those of a resource in the address
 * @throws EventQueryError QUERY_PARAMETER_INVALID for an unknown parameter or an impossible value
 * @example parseEventQuery({ EQ_bizStep: ['shipping'], orderBy: 'eventTime' }) // { criteria: [{ kind: 'column', … }], … }
 */
export function parseEventQuery(raw: RawParameters): EventQuery {
  const entries = Object.entries(raw).filter(([name]) => name !== '@context');
  if (entries.length > QUERY_BOUNDS.parameters) {
    const message = `a query has at most ${QUERY_BOUNDS.parameters} parameters`;
    throw new EventQueryError('QUERY_PARAMETER_INVALID', message);
  }
  const criteria: Criterion[] = [];
  const controls = new Map<Control, Parameter>();
  const prefixes = queryPrefixes(raw['@context']);
  for (const [name, value] of entries) {
    if (name.length > QUERY_BOUNDS.nameLength) throw invalid(name, 'is no parameter of EPCIS 2.0');
    const parameter = parameterOf(name, value);
    if (isControl(name)) controls.set(name, parameter);
    else criteria.push(...criterionOf(parameter, prefixes));
  }
  return { criteria, ...readControls(controls) };
}

function criterionOf(parameter: Parameter, prefixes: QueryPrefixes): Criterion[] {
  const read = Object.hasOwn(FIXED_PARAMETERS, parameter.name)
    ? FIXED_PARAMETERS[parameter.name]!
    : (other: Parameter) => readFamily(other, prefixes);
  const criterion = read(parameter);
  if (criterion === 'unknown') throw unknownParameter(parameter.name);
  return criterion ? [criterion] : [];
}

/** The refusal of a name, with the known one that looks most like it. */
function unknownParameter(name: string): EventQueryError {
  const known = [...Object.keys(FIXED_PARAMETERS), ...FAMILY_SHAPES, ...CONTROLS, 'perPage', 'nextPageToken'];
  const nearest = nearestName(name, known);
  return invalid(
    name,
    `is no parameter of EPCIS 2.0${nearest ? `; did you mean ${nearest}?` : '.'} Extension fields are named with their prefix, as in EQ_example:field`,
  );
}

function readControls(controls: ReadonlyMap<Control, Parameter>): Omit<EventQuery, 'criteria'> {
  const orderBy = controls.get('orderBy');
  const direction = controls.get('orderDirection');
  const limit = controls.get('eventCountLimit');
  const max = controls.get('maxEventCount');
  if (limit && max) throw invalid('eventCountLimit', 'excludes maxEventCount');
  if (limit && !orderBy) throw invalid('eventCountLimit', 'needs orderBy');
  return {
    orderBy: orderBy ? orderColumn(orderBy) : 'event_time',
    direction: direction ? wordValue(direction, ['ASC', 'DESC']) : 'DESC',
    eventCountLimit: limit && countValue(limit),
    maxEventCount: max && countValue(max),
  };
}

function orderColumn(parameter: Parameter): EventQuery['orderBy'] {
  const field = single(parameter);
  if (field === 'eventTime' || field === 'recordTime') return ORDER_COLUMN[field];
  if (/^[^_:][^:]*:.+$/.test(field)) return { path: extensionPath(keyStep(field), false) };
  throw invalid(
    'orderBy',
    'takes eventTime, recordTime or an extension field with its prefix, as in example:field',
  );
}

function isControl(name: string): name is Control {
  return (CONTROLS as readonly string[]).includes(name);
}
