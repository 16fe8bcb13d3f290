import { AnomaliesError } from '../anomalies.errors.js';
import type { DetectorName } from '../contract/detector.js';
import { PARAMETER_FIELDS, valueAt, type ParameterField } from './parameter-fields.js';
import { AnomalyParameterSet, PARAMETERS_FORMAT } from './parameter-set.js';

const MOST_BYTES = 65_536;
const WAY_OUT = 'mend it, or write a file anew with ./tallyhouse anomaly parameters';

/**
 * Reads a parameter file as it is voted on: one set of parameters has one spelling and so one hash.
 *
 * @throws AnomaliesError PARAMETERS_MALFORMED naming the field, what was expected and what to do
 * @example readParameters(SHIPPED_PARAMETERS.toBytes()).series.capOrders // 30
 */
export function readParameters(bytes: Uint8Array): AnomalyParameterSet {
  const set = parseParameters(bytes);
  if (!Buffer.from(set.toBytes()).equals(bytes))
    throw malformed(
      'the bytes are not the canonical JSON of the parameters; ./tallyhouse anomaly evaluate keeps a file so',
    );
  return set;
}

/**
 * Reads a parameter file as somebody edited it, with any spaces and order.
 *
 * @throws AnomaliesError PARAMETERS_MALFORMED naming the field, what was expected and what to do
 */
export function parseParameters(bytes: Uint8Array): AnomalyParameterSet {
  const file = parseObject(bytes);
  if (file['format'] !== PARAMETERS_FORMAT)
    throw malformed(`format: expected ${PARAMETERS_FORMAT}, found ${shown(file['format'])}; ${WAY_OUT}`);
  refuseUnknown(file, '');
  const hasEvents = file['events'] !== undefined;
  const fields = PARAMETER_FIELDS.filter(({ name }) => hasEvents || !name.startsWith('events.'));
  const values = new Map(fields.map((field) => [field.name, numberOf(file, field)]));
  const of = (name: string): number => values.get(name)!;
  const weights = Object.fromEntries(
    fields
      .filter(({ name }) => name.startsWith('series.weights.'))
      .map(({ name }) => [name.slice('series.weights.'.length), of(name)]),
  ) as Record<DetectorName, number>;
  if (Object.values(weights).every((weight) => weight === 0))
    throw malformed(`series.weights: expected a share above 0 for some detector, found none; ${WAY_OUT}`);
  return new AnomalyParameterSet(
    {
      weights,
      capOrders: of('series.capOrders'),
      minimumHistory: of('series.minimumHistory'),
      candidatePValue: of('series.candidatePValue'),
    },
    {
      learningReadings: of('readings.learningReadings'),
      alarmNovelty: of('readings.alarmNovelty'),
      quietReadings: of('readings.quietReadings'),
    },
    hasEvents
      ? {
          learningEvents: of('events.learningEvents'),
          memory: of('events.memory'),
          window: of('events.window'),
          tailCaution: of('events.tailCaution'),
        }
      : undefined,
  );
}

function parseObject(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength > MOST_BYTES)
    throw malformed(`${bytes.byteLength} bytes; expected at most ${MOST_BYTES}`);
  try {
    const file: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (isObject(file)) return file;
  } catch {
    throw malformed(`not JSON in UTF-8; ${WAY_OUT}`);
  }
  throw malformed(`expected one JSON object; ${WAY_OUT}`);
}

function numberOf(file: Record<string, unknown>, field: ParameterField): number {
  const { name, least, most, isWhole } = field;
  const value = valueAt(file, name);
  const isNumber = typeof value === 'number' && value >= least && value <= most;
  if (isNumber && (!isWhole || Number.isInteger(value))) return value;
  const wanted = `a ${isWhole ? 'whole ' : ''}number of ${least} to ${most}`;
  throw malformed(`${name}: expected ${wanted}, found ${shown(value)}; ${WAY_OUT}`);
}

/** A misspelt name would otherwise be taken for a wish that is followed. */
function refuseUnknown(node: Record<string, unknown>, path: string): void {
  for (const [key, value] of Object.entries(node)) {
    const name = `${path}${key}`;
    if (name === 'format' || PARAMETER_FIELDS.some((field) => field.name === name)) continue;
    if (!PARAMETER_FIELDS.some((field) => field.name.startsWith(`${name}.`)))
      throw malformed(`${name}: there is no such field; take it out or mend its name`);
    if (isObject(value)) refuseUnknown(value, `${name}.`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value).slice(0, 80);
}

function malformed(reason: string): AnomaliesError {
  return new AnomaliesError('PARAMETERS_MALFORMED', `not a file of anomaly parameters: ${reason}`);
}
