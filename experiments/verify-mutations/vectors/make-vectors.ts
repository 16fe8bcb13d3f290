import { mkdirSync, writeFileSync } from 'node:fs';
import {
  BUNDLE_FORMATS,
  canonicalJson,
  contentCommitment,
  disclosure,
  disclosureLeaf,
  encodeRlp,
  EVENT_LEAF_SCHEMAS,
  fromHex,
  leafOfSchema,
  redactBundle,
  TEXT_BUNDLE_FORMAT,
  TEXT_LEAF_SCHEMA_ID,
  textLeaf,
  toHex,
  verifyBundle,
  type Hex,
  type JsonObject,
  type JsonValue,
  type ProofBundle,
  type TextBundle,
} from '@tallyhouse/proofs';
import { VectorChain, type VectorBatch } from './vector-chain.js';
import { eventChanges, textChanges, type VectorChange } from './vector-changes.js';
import {
  CORRECTING_EVENT,
  eventLeafOf,
  eventLeaves,
  eventOf,
  NAMESPACES,
  secretOf,
  SHOWN_EVENT,
  textLeafOf,
  textLeaves,
  textOf,
} from './vector-events.js';

const FOLDER = 'libs/proofs/vectors';
const SHOWN = ['/bizStep', '/quantityList', '/tally:remark'];
const SHOWN_TEXT = 1;
const TEXTS = 3;

type Pins = { header: Hex; anchorContract: Hex; registry?: Hex };
type Bundles = Readonly<Record<string, ProofBundle | TextBundle>>;

/** Writes the test vectors of docs/verification.md: the same bytes each time. */
export async function makeVectors(): Promise<void> {
  await VectorChain.run(async (chain) => {
    await chain.anchor(eventLeaves(EVENT_LEAF_SCHEMAS[2], chain.submitter, 2), EVENT_LEAF_SCHEMAS[2]);
    for (const form of [1, 2] as const) {
      const batch = await chain.anchor(
        eventLeaves(EVENT_LEAF_SCHEMAS[form], chain.submitter),
        EVENT_LEAF_SCHEMAS[form],
      );
      const bundles = eventBundles(batch, chain, form);
      const { anchorContract } = bundles.whole;
      const pins = { header: batch.header, anchorContract, ...(form === 2 && { registry: chain.registry }) };
      write(String(form), bundles, pins, wayOf(bundles.whole), eventChanges(form));
    }
    const batch = await chain.anchor(textLeaves(chain.partner, chain.submitter, TEXTS), TEXT_LEAF_SCHEMA_ID);
    const text = textBundle(batch, chain);
    const pins = { header: batch.header, anchorContract: text.anchorContract, registry: chain.registry };
    write('text', { text }, pins, wayOfText(text), textChanges());
  });
}

function eventBundles(batch: VectorBatch, chain: VectorChain, form: 1 | 2) {
  const whole = eventBundle(batch, chain, form, SHOWN_EVENT);
  const correction = {
    ...{ block: whole.stated.asOfBlock - 1, transaction: whole.batch.root },
    ...{ reason: 'wrong lot', submitter: chain.submitter },
  };
  const declaration = {
    declaredAt: '2026-03-01T10:00:00.000Z',
    reason: 'did_not_occur',
    anchoredInBlock: null,
  };
  const corrected: ProofBundle = {
    ...whole,
    stated: {
      ...{ asOfBlock: whole.stated.asOfBlock, corrections: [correction] },
      ...(form === 2 && { declarations: [declaration] }),
    },
  };
  return {
    whole,
    redacted: redactBundle(whole, SHOWN),
    correcting: eventBundle(batch, chain, form, CORRECTING_EVENT),
    corrected,
  };
}

function eventBundle(batch: VectorBatch, chain: VectorChain, form: 1 | 2, index: number): ProofBundle {
  const { predecessors, rights, stated, ...proof } = batch.proofOf(index);
  return {
    format: BUNDLE_FORMATS[form],
    event: {
      shown: 'all',
      body: eventOf(index) as unknown as JsonObject,
      secret: secretOf(index),
      namespaces: NAMESPACES,
    },
    leaf: eventLeafOf(index, chain.submitter),
    ...proof,
    ...(form === 2 && { predecessors, rights }),
    stated: { ...stated, ...(form === 2 && { declarations: [] }) },
  };
}

function textBundle(batch: VectorBatch, chain: VectorChain): TextBundle {
  return {
    format: TEXT_BUNDLE_FORMAT,
    ...textOf(SHOWN_TEXT, chain.partner),
    leaf: textLeafOf(SHOWN_TEXT, chain.partner, chain.submitter),
    ...batch.proofOf(SHOWN_TEXT),
  };
}

function write(folder: string, bundles: Bundles, pins: Pins, way: JsonValue, changes: VectorChange[]): void {
  mkdirSync(`${FOLDER}/${folder}`, { recursive: true });
  const put = (name: string, value: unknown): void =>
    writeFileSync(`${FOLDER}/${folder}/${name}.json`, `${JSON.stringify(value, null, 2)}\n`);
  for (const [name, bundle] of Object.entries(bundles)) {
    const { verdict, says } = verifyBundle(bundle, pins);
    if (verdict !== 'valid') throw new Error(`${folder}/${name}: ${says}`);
    put(name, bundle);
  }
  put('cases', { ...pins, valid: Object.keys(bundles), way, changes });
}

/** What a second verifier should find on its way. */
function wayOf({ event, leaf, header, batch }: ProofBundle): JsonValue {
  if (event.shown !== 'all' || 'content' in leaf) throw new TypeError('the vector shows the whole event');
  const fields = disclosure(event.body, fromHex(event.secret)).entries;
  return {
    canonicalEvent: canonicalJson(event.body),
    fields: fields.map((field) => ({ ...field, leaf: disclosureLeaf(field) })),
    content: contentCommitment(leaf, fromHex(event.secret)),
    leaf: leafOfSchema(batch.schemaId, {
      ...{ ...leaf, recordTime: BigInt(leaf.recordTime), secret: event.secret },
    })!,
    headerRlp: headerRlp(header),
  };
}

function wayOfText({ record, leaf, header }: TextBundle): JsonValue {
  const { textSha256 } = leaf;
  return {
    canonicalRecord: canonicalJson({ ...record, textSha256 }),
    leaf: textLeaf({ ...leaf, recordTime: BigInt(leaf.recordTime) }),
    headerRlp: headerRlp(header),
  };
}

const headerRlp = (header: readonly Hex[]): Hex => toHex(encodeRlp(header.map((field) => fromHex(field))));
