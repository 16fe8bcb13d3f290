import { decodeModel, encodeModel, type Graph } from '@tallyhouse/compute';
import { canonicalJson, type JsonValue } from '@tallyhouse/proofs';
import type { LinearScore } from '../classifier/logistic.js';
import type { TextModel } from '../classifier/text-model.js';
import { featureSpace } from '../features/feature-space.js';
import { termSpace } from '../features/tf-idf.js';
import {
  INCIDENT_TEXT,
  parseTextManifest,
  TEXT_MODEL_FORMAT,
  unreadable,
  type TextModelManifest,
} from './manifest.js';
import { modelGraph } from './model-graph.js';

const METADATA_KEY = 'tallyhouse';

/** What a model was trained on. */
export interface TrainingEvidence {
  readonly dataRoot: string | null;
  readonly dataBlock: number | null;
}

/**
 * The file of a text model: an ONNX graph with the weights, and beside it labels, terms, thresholds, guide and data
 * root. The same model always gives the same bytes; their SHA-256 is its name on chain.
 */
export function textModelArtifact(model: TextModel, evidence: TrainingEvidence): Uint8Array {
  const { labels, thresholds, leastFamiliarity, guide, space, scores } = model;
  const { terms, frequencies, documents } = space.terms;
  const described = labels.flatMap((label) => {
    const found = guide.labels[label];
    return found ? [[label, { meaning: found.meaning, phrases: [...found.phrases] }] as const] : [];
  });
  const manifest: TextModelManifest = {
    format: TEXT_MODEL_FORMAT,
    family: INCIDENT_TEXT,
    labels,
    thresholds,
    leastFamiliarity,
    guide: { name: guide.name, labels: Object.fromEntries(described) },
    terms,
    frequencies,
    documents,
    ...evidence,
  };
  const checked = parseTextManifest(JSON.parse(JSON.stringify(manifest)));
  return encodeModel(modelGraph(scores, space.width), {
    [METADATA_KEY]: canonicalJson(checked as unknown as JsonValue),
  });
}

/** @throws NlpError `MODEL_UNREADABLE` */
function decoded(bytes: Uint8Array): { graph: Graph; manifest: TextModelManifest } {
  let found: ReturnType<typeof decodeModel>;
  try {
    found = decodeModel(bytes);
  } catch (error) {
    throw unreadable(error instanceof Error ? error.message : String(error));
  }
  const text = found.metadata[METADATA_KEY];
  if (text === undefined) throw unreadable(`it carries no metadata "${METADATA_KEY}"`);
  let described: unknown;
  try {
    described = JSON.parse(text);
  } catch {
    throw unreadable('its description is no JSON');
  }
  return { graph: found.graph, manifest: parseTextManifest(described) };
}

function floats(graph: Graph, name: string, count: number): Float32Array {
  const tensor = graph.initializers[name];
  if (tensor?.type !== 'float32' || tensor.data.length !== count)
    throw unreadable(`${name} must be ${count} floats`);
  if (!tensor.data.every(Number.isFinite)) throw unreadable(`${name} holds a value that is no number`);
  return tensor.data;
}

function scoresOf(graph: Graph, labels: number, width: number): LinearScore[] {
  const weights = floats(graph, 'weights', width * labels);
  const bias = floats(graph, 'bias', labels);
  return Array.from({ length: labels }, (_, label) => ({
    weights: Float64Array.from({ length: width }, (__, feature) => weights[feature * labels + label]!),
    bias: bias[label]!,
  }));
}

/** What the file of a text model says of itself, without running it. */
export const readTextManifest = (bytes: Uint8Array): TextModelManifest => decoded(bytes).manifest;

/**
 * The model that a file is. A file that runs something else than it describes, or that is not written in the one
 * canonical form, is refused.
 *
 * @throws NlpError `MODEL_UNREADABLE`
 */
export function textModelFrom(bytes: Uint8Array): TextModel {
  const { graph, manifest } = decoded(bytes);
  const { labels, thresholds, leastFamiliarity, guide, terms, frequencies, documents } = manifest;
  const space = featureSpace(termSpace(terms, frequencies, documents), labels, guide);
  const scores = scoresOf(graph, labels.length, space.width);
  const model = { labels, space, guide, scores, thresholds, leastFamiliarity };
  if (Buffer.compare(textModelArtifact(model, manifest), bytes) !== 0)
    throw unreadable('it is not in canonical form');
  return model;
}
