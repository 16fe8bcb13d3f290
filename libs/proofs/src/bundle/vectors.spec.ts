import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { contentCommitment, leafOfSchema } from '../blinded-leaf.js';
import { canonicalJson } from '../canonical-json.js';
import { disclosureLeaf, type DisclosureEntry } from '../disclosure.js';
import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { merkleTree } from '../merkle.js';
import { encodeRlp } from '../rlp/rlp.js';
import type { ProofBundle } from './bundle.js';
import { redactBundle } from './redact-bundle.js';
import type { VerifyOptions } from './verification.js';
import { verifyBundle } from './verify-bundle.js';

type Change = { base: 'whole' | 'redacted'; path: string; value: unknown; failed: string };
type Cases = {
  header: Hex;
  anchorContract: Hex;
  registry?: Hex;
  way: {
    canonicalEvent: string;
    content?: Hex;
    fields: (DisclosureEntry & { leaf: Hex })[];
    leaf: Hex;
    headerRlp: Hex;
  };
  changes: Change[];
};

type Vectors = { cases: Cases; whole: ProofBundle; redacted: ProofBundle };

function vectors(form: 1 | 2): Vectors & { pinned: VerifyOptions } {
  const read = (name: string): unknown =>
    JSON.parse(readFileSync(join(import.meta.dirname, `../../vectors/${form}/${name}.json`), 'utf8'));
  const cases = read('cases') as Cases;
  return {
    ...{ cases, whole: read('whole') as ProofBundle, redacted: read('redacted') as ProofBundle },
    pinned: { header: cases.header, anchorContract: cases.anchorContract, registry: cases.registry },
  };
}

function changed(bundles: Vectors, { base, path, value }: Change): unknown {
  const copy = structuredClone(bundles[base]);
  const keys = path.slice(1).split('/');
  let parent = copy as unknown as { [key: string]: unknown };
  for (const key of keys.slice(0, -1)) parent = parent[key] as { [key: string]: unknown };
  expect(Object.hasOwn(parent, keys.at(-1)!)).toBe(true);
  parent[keys.at(-1)!] = value;
  return copy;
}

describe.each([1, 2] as const)('test vectors of form %i', (form) => {
  const { cases, pinned, ...bundles } = vectors(form);
  it('hold, whole and redacted, with header and contract pinned', () => {
    expect(verifyBundle(bundles.whole, pinned).verdict).toBe('valid');
    expect(verifyBundle(bundles.redacted, pinned).facts).toMatchObject({ hidden: 11 });
    expect(redactBundle(bundles.whole, ['/bizStep', '/quantityList', '/tally:remark'])).toEqual(
      bundles.redacted,
    );
  });

  it('list what a verifier finds on its way', () => {
    const { event, leaf, header, batch } = bundles.whole;
    expect(event.shown === 'all' && canonicalJson(event.body)).toBe(cases.way.canonicalEvent);
    const leaves = cases.way.fields.map(disclosureLeaf);
    expect(leaves).toEqual(cases.way.fields.map((field) => field.leaf));
    expect(merkleTree(leaves).root).toBe(leaf.disclosureRoot);
    if ('content' in leaf || event.shown !== 'all') throw new TypeError('the vector names its hashes');
    const recordTime = BigInt(leaf.recordTime);
    const { secret } = event;
    expect(leafOfSchema(batch.schemaId, { ...leaf, recordTime, secret })).toBe(cases.way.leaf);
    if (form === 2) expect(contentCommitment(leaf, fromHex(secret))).toBe(cases.way.content);
    expect(toHex(encodeRlp(header.map((field) => fromHex(field))))).toBe(cases.way.headerRlp);
    expect(keccak256(fromHex(cases.way.headerRlp))).toBe(cases.header);
  });

  it.each(cases.changes.filter(({ failed }) => failed !== 'event hash id'))(
    'fail after a change of $path in $base at the step $failed',
    (change) => {
      expect(verifyBundle(changed({ cases, ...bundles }, change), pinned)).toMatchObject({
        verdict: 'invalid',
        failed: change.failed,
      });
    },
  );
});
