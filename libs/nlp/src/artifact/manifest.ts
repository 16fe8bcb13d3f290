import { NlpError } from '../nlp.errors.js';

/** The version of the description in a text model's file. */
export const TEXT_MODEL_FORMAT = 'tallyhouse-text-model/1';
/** Family of the models that label texts. */
export const INCIDENT_TEXT = 'incident-text';

/** What a text model's file says of itself, beside the weights in its graph. */
export interface TextModelManifest {
  readonly format: typeof TEXT_MODEL_FORMAT;
  readonly family: typeof INCIDENT_TEXT;
  readonly labels: readonly string[];
  readonly thresholds: readonly number[];
  readonly leastFamiliarity: number;
  readonly guide: {
    readonly name: string;
    readonly labels: Readonly<
      Record<string, { readonly meaning: string; readonly phrases: readonly string[] }>
    >;
  };
  readonly terms: readonly string[];
  readonly frequencies: readonly number[];
  readonly documents: number;
  /** Root of the training texts; null for a model that learned from none. */
  readonly dataRoot: string | null;
  readonly dataBlock: number | null;
}

const MOST = { labels: 200, terms: 25_000, phrases: 2_000, name: 200 } as const;

export const unreadable = (message: string): NlpError =>
  new NlpError('MODEL_UNREADABLE', `the file is no text model: ${message}`);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function texts(value: unknown, field: string, most: number): string[] {
  const fits = (item: unknown): item is string =>
    typeof item === 'string' && item.length > 0 && item.length <= MOST.name;
  if (!Array.isArray(value) || value.length > most || !value.every(fits))
    throw unreadable(`${field} must be at most ${most} texts of 1 to ${MOST.name} characters`);
  if (new Set(value).size !== value.length) throw unreadable(`${field} names one thing twice`);
  return value;
}

function numbers(value: unknown, field: string, count: number, low: number, high: number): number[] {
  const fits = (item: unknown): item is number => typeof item === 'number' && item >= low && item <= high;
  if (!Array.isArray(value) || value.length !== count || !value.every(fits))
    throw unreadable(`${field} must be ${count} numbers from ${low} to ${high}`);
  return value;
}

function guideOf(value: unknown): TextModelManifest['guide'] {
  if (!isRecord(value) || typeof value.name !== 'string' || !isRecord(value.labels))
    throw unreadable('guide must have a name and labels');
  const labels = Object.entries(value.labels).map(([label, described]) => {
    if (!isRecord(described) || typeof described.meaning !== 'string')
      throw unreadable(`guide, label ${JSON.stringify(label)}: meaning must be a text`);
    const phrases = texts(described.phrases, `guide, phrases of ${JSON.stringify(label)}`, MOST.phrases);
    return [label, { meaning: described.meaning, phrases }] as const;
  });
  return { name: value.name, labels: Object.fromEntries(labels) };
}

/**
 * Reads the description in a file that need not be trusted.
 *
 * @throws NlpError `MODEL_UNREADABLE`, naming the field
 */
export function parseTextManifest(found: unknown): TextModelManifest {
  if (!isRecord(found)) throw unreadable('its description is no JSON object');
  const { format, family, dataRoot, dataBlock, documents } = found;
  if (format !== TEXT_MODEL_FORMAT)
    throw unreadable(`it has format ${JSON.stringify(format)}, "${TEXT_MODEL_FORMAT}" was expected`);
  if (family !== INCIDENT_TEXT) throw unreadable(`it is of family ${JSON.stringify(family)}`);
  const whole = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
  if (!whole(documents)) throw unreadable('documents must be a whole number');
  if (dataRoot !== null && !(typeof dataRoot === 'string' && /^0x[0-9a-f]{64}$/.test(dataRoot)))
    throw unreadable('dataRoot must be null or a hash');
  if (dataBlock !== null && !whole(dataBlock)) throw unreadable('dataBlock must be null or a block number');
  const labels = texts(found.labels, 'labels', MOST.labels);
  const terms = texts(found.terms, 'terms', MOST.terms);
  return {
    format,
    family,
    labels,
    thresholds: numbers(found.thresholds, 'thresholds', labels.length, 0, 1),
    leastFamiliarity: numbers([found.leastFamiliarity], 'leastFamiliarity', 1, 0, 1)[0]!,
    guide: guideOf(found.guide),
    terms,
    frequencies: numbers(found.frequencies, 'frequencies', terms.length, 0, documents),
    documents,
    dataRoot,
    dataBlock,
  };
}
