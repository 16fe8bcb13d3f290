import { describe, expect, it } from '@jest/globals';
import { canonicalJson, ProofInputError } from '@tallyhouse/proofs';
import { decodeModel, encodeModel, seededRandom } from '@tallyhouse/compute';
import { createForecaster, LOCAL_METHODS } from '../methods/registry.js';
import { artifactOf, forecasterFromArtifact, readArtifact } from './artifact.js';
import type { ArtifactDescription } from './manifest.js';

const description: ArtifactDescription = {
  family: 'demand',
  forecaster: 'window-average',
  config: { window: 3, lowerBound: 0 },
  featureSpec: { measure: 'DEMAND', frequency: 'weekly' },
  dataRoot: null,
  dataBlock: null,
};

function withMetadata(change: (manifest: Record<string, unknown>) => unknown): Uint8Array {
  const { graph, metadata } = decodeModel(artifactOf(description));
  const manifest = JSON.parse(metadata.tallyhouse!) as Record<string, unknown>;
  return encodeModel(graph, { tallyhouse: JSON.stringify(change(manifest)) });
}

describe('artifact', () => {
  it('is the same bytes whatever the order of its settings', () => {
    const turned = { ...description, config: { lowerBound: 0, window: 3 } };
    expect(Buffer.compare(artifactOf(turned), artifactOf(description))).toBe(0);
    const other = { ...description, config: { window: 4, lowerBound: 0 } };
    expect(Buffer.compare(artifactOf(other), artifactOf(description))).not.toBe(0);
  });

  it.each(LOCAL_METHODS)('%s comes back from its bytes and forecasts the same', async (name) => {
    const bytes = artifactOf({ ...description, forecaster: name, config: {} });
    const values = Float64Array.from({ length: 30 }, (_, at) => 20 + (at % 5) + at);
    const panel = {
      frequency: 'weekly' as const,
      seasonLength: 1,
      series: [{ id: 'a', start: '2024-01-01', values }],
    };
    const context = { rng: seededRandom(1) };
    const restored = await (await forecasterFromArtifact(bytes)).fit(panel, context);
    const direct = await createForecaster(name).fit(panel, context);
    expect(await restored.predict(4, [0.1, 0.9])).toEqual(await direct.predict(4, [0.1, 0.9]));
  });

  it('says of itself what it was made from', () => {
    expect(readArtifact(artifactOf(description))).toEqual({ format: 'tallyhouse-model/1', ...description });
  });

  it.each([
    ['ARTIFACT_FORMAT_UNKNOWN', (found: object) => ({ ...found, format: 'tallyhouse-model/2' })],
    ['ARTIFACT_FAMILY_UNKNOWN', (found: object) => ({ ...found, family: 'weather' })],
    ['ARTIFACT_FORECASTER_UNKNOWN', (found: object) => ({ ...found, forecaster: 'oracle' })],
    ['ARTIFACT_UNREADABLE', (found: object) => ({ ...found, featureSpec: { measure: 'DEMAND' } })],
    ['ARTIFACT_UNREADABLE', (found: object) => ({ ...found, dataBlock: -1 })],
    ['ARTIFACT_UNREADABLE', () => []],
    ['INVALID_OPTIONS', (found: object) => ({ ...found, config: { window: -1 } })],
  ])('refuses with %s, case %#', async (code, change) => {
    await expect(forecasterFromArtifact(withMetadata(change))).rejects.toMatchObject({ code });
  });

  it('refuses bytes that are no model and a model without metadata', async () => {
    await expect(forecasterFromArtifact(new Uint8Array([1, 2, 3]))).rejects.toMatchObject({
      code: 'ARTIFACT_UNREADABLE',
    });
    const bare = encodeModel(decodeModel(artifactOf(description)).graph);
    await expect(forecasterFromArtifact(bare)).rejects.toThrow(/no metadata "tallyhouse"/);
  });

  it('refuses to write what it would not read', () => {
    expect(() => artifactOf({ ...description, forecaster: 'global-network' })).toThrow(/known are naive/);
    expect(() => artifactOf({ ...description, config: { window: 0 } })).toThrow(/window is 0/);
    expect(() => artifactOf({ ...description, dataBlock: 1.5 })).toThrow(/dataBlock/);
  });
});

describe('canonicalJson', () => {
  it('orders keys by code unit at every depth, without blanks', () => {
    expect(canonicalJson({ b: [1, { d: 1e21, c: 'é\n' }], a: null, B: true })).toBe(
      '{"B":true,"a":null,"b":[1,{"c":"é\\n","d":1e+21}]}',
    );
  });

  it('refuses numbers that JSON does not have', () => {
    expect(() => canonicalJson({ a: NaN })).toThrow(ProofInputError);
  });
});
