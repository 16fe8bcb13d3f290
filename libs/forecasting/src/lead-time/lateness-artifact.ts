import { canonicalJson, type Hex, type JsonObject, type JsonValue } from '@tallyhouse/proofs';
import { unreadable } from '../artifact/manifest.js';
import { ForecastingError } from '../forecasting.errors.js';
import { isRecord } from '../plain-json.js';
import { FEATURE_NAMES } from './as-of-features.js';
import { LATENESS_FIELDS, settingAt, type LatenessField } from './lateness-fields.js';
import type { LearnedLateness } from './lateness-model.js';
import type { LatenessSettings } from './lateness-settings.js';
import { readTrees, shown, treesJson } from './trees-json.js';

/** What voters read of such a version as the kind of model. */
export const LATENESS = 'lateness';
/** Its family in the ModelRegistry, which models of series may have too. */
export const LEAD_TIME_FAMILY = 'lead-time';
const FORMAT = 'tallyhouse.lateness/1';

/** A version of what tells lateness and arrival, as it is voted on. */
export interface LatenessVersion extends LearnedLateness {
  /** Root of what was anchored when it was learned. */
  readonly dataRoot: Hex;
  readonly dataBlock: number;
  /** SPDX id; absent where none is stated. */
  readonly licence?: string;
}

const MOST_BYTES = 8 * 1024 * 1024;
const DAY_MS = 86_400_000;
const KEYS = [
  ...['format', 'family', 'forecaster', 'licence', 'dataRoot', 'dataBlock'],
  ...['learnedBefore', 'features', 'settings', 'trees', 'heldTrees'],
];

/** Whether bytes claim to be such a version: canonical JSON begins as no ONNX file does. */
export const isLatenessArtifact = (bytes: Uint8Array): boolean => bytes[0] === '{'.charCodeAt(0);

/** The file of a version: canonical JSON (RFC 8785) in UTF-8. The same version always gives the same bytes. */
export function latenessArtifact(version: LatenessVersion): Uint8Array {
  const { settings, beforeDay, trees, heldTrees, dataRoot, dataBlock, licence } = version;
  const file: JsonObject = {
    ...{ format: FORMAT, family: LEAD_TIME_FAMILY, forecaster: LATENESS, dataRoot, dataBlock },
    ...(licence === undefined ? {} : { licence }),
    learnedBefore: dateOf(beforeDay),
    features: [...FEATURE_NAMES],
    settings: settings as unknown as JsonValue,
    ...{ trees: treesJson(trees), heldTrees: treesJson(heldTrees) },
  };
  return new TextEncoder().encode(canonicalJson(file));
}

/**
 * Reads a version from a source that need not be trusted: one version has one spelling and so one hash.
 *
 * @throws {ForecastingError} ARTIFACT_UNREADABLE or ARTIFACT_FORMAT_UNKNOWN, naming the field, what was expected and what was found
 */
export function readLateness(bytes: Uint8Array): LatenessVersion {
  const file = parsed(bytes);
  if (file['format'] !== FORMAT)
    throw new ForecastingError(
      'ARTIFACT_FORMAT_UNKNOWN',
      `format: expected ${FORMAT}, found ${shown(file['format'])}`,
    );
  const unknown = Object.keys(file).find((key) => !KEYS.includes(key));
  if (unknown !== undefined) throw unreadable(`${shown(unknown)}: there is no such field`);
  for (const [key, expected] of [
    ['family', LEAD_TIME_FAMILY],
    ['forecaster', LATENESS],
  ] as const)
    if (file[key] !== expected) throw unreadable(`${key}: expected ${expected}, found ${shown(file[key])}`);
  assertFeatures(file['features']);
  const version: LatenessVersion = {
    ...sourceOf(file),
    settings: settingsFrom(file['settings']),
    beforeDay: dayOf(file['learnedBefore']),
    trees: readTrees(file['trees'], 'trees', FEATURE_NAMES.length),
    heldTrees: readTrees(file['heldTrees'], 'heldTrees', FEATURE_NAMES.length),
  };
  if (!Buffer.from(latenessArtifact(version)).equals(bytes))
    throw unreadable('the bytes are not the canonical JSON of what they say');
  return version;
}

function parsed(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength > MOST_BYTES)
    throw unreadable(`${bytes.byteLength} bytes; expected at most ${MOST_BYTES}`);
  let found: unknown;
  try {
    found = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw unreadable('not JSON in UTF-8');
  }
  if (isRecord(found)) return found;
  throw unreadable('expected one JSON object');
}

/** Trees split by the place of a feature: with others at these places they would say something else. */
function assertFeatures(found: unknown): void {
  const list: unknown[] = Array.isArray(found) ? found : [];
  const at = FEATURE_NAMES.findIndex((name, place) => list[place] !== name);
  if (at >= 0) throw unreadable(`features[${at}]: expected ${FEATURE_NAMES[at]}, found ${shown(list[at])}`);
  if (list.length > FEATURE_NAMES.length)
    throw unreadable(`features: expected ${FEATURE_NAMES.length}, found ${list.length}`);
}

function sourceOf({
  dataRoot,
  dataBlock,
  licence,
}: Record<string, unknown>): Pick<LatenessVersion, 'dataRoot' | 'dataBlock' | 'licence'> {
  if (typeof dataRoot !== 'string' || !/^0x[0-9a-f]{64}$/.test(dataRoot))
    throw unreadable(`dataRoot: expected 32 bytes in hexadecimal, found ${shown(dataRoot)}`);
  if (typeof dataBlock !== 'number' || !Number.isSafeInteger(dataBlock) || dataBlock < 0)
    throw unreadable(`dataBlock: expected the number of a block, found ${shown(dataBlock)}`);
  if (licence === undefined) return { dataRoot: dataRoot as Hex, dataBlock };
  if (typeof licence !== 'string' || !/^[\w.+() -]{1,100}$/.test(licence))
    throw unreadable(`licence: expected an SPDX id of at most 100 characters, found ${shown(licence)}`);
  return { dataRoot: dataRoot as Hex, dataBlock, licence };
}

function settingsFrom(found: unknown): LatenessSettings {
  for (const field of LATENESS_FIELDS) assertSetting(field, settingAt(found, field.name));
  refuseOthers(found, '');
  return found as LatenessSettings;
}

function assertSetting({ name, least, most, isWhole }: LatenessField, value: unknown): void {
  if (typeof value === 'number' && value >= least && value <= most && (!isWhole || Number.isInteger(value)))
    return;
  const wanted = least === most ? String(least) : `a ${isWhole ? 'whole ' : ''}number of ${least} to ${most}`;
  throw unreadable(`settings.${name}: expected ${wanted}, found ${shown(value)}`);
}

function refuseOthers(node: unknown, path: string): void {
  for (const [key, value] of Object.entries(node as Record<string, unknown>)) {
    const name = `${path}${key}`;
    if (LATENESS_FIELDS.some((field) => field.name === name)) continue;
    if (!LATENESS_FIELDS.some((field) => field.name.startsWith(`${name}.`)))
      throw unreadable(`settings.${name.slice(0, 80)}: there is no such field`);
    refuseOthers(value, `${name}.`);
  }
}

const dateOf = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);

function dayOf(found: unknown): number {
  const ms =
    typeof found === 'string' && /^(19|20|21)\d{2}-\d{2}-\d{2}$/.test(found) ? Date.parse(found) : NaN;
  if (Number.isNaN(ms) || dateOf(ms / DAY_MS) !== found)
    throw unreadable(`learnedBefore: expected a day such as 2026-03-01, found ${shown(found)}`);
  return ms / DAY_MS;
}
