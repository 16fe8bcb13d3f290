import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '../canonical-json.js';
import { disclosureLeaf, type DisclosureEntry } from '../disclosure.js';
import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { eventLeaf } from '../leaves.js';
import { merkleTree } from '../merkle.js';
import { encodeRlp } from '../rlp/rlp.js';
import type { ProofBundle } from './bundle.js';
import { redactBundle } from './redact-bundle.js';
import { verifyBundle } from './verify-bundle.js';

type Change = { base: 'whole' | 'redacted'; path: string; value: unknown; failed: string };
type Cases = {
  header: Hex;
  anchorContract: Hex;
  way: { canonicalEvent: string; fields: (DisclosureEntry & { leaf: Hex })[]; leaf: Hex; headerRlp: Hex };
  changes: Change[];
};

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(import.meta.dirname, `../../vectors/${name}.json`), 'utf8'));
const cases = read('cases') as Cases;
const bundles = { whole: read('whole') as ProofBundle, redacted: read('redacted') as ProofBundle };
const pinned = { header: cases.header, anchorContract: cases.anchorContract };

function changed({ base, path, value }: Change): unknown {
  const copy = structuredClone(bundles[base]);
  const keys = path.slice(1).split('/');
  let parent = copy as unknown as { [key: string]: unknown };
  for (const key of keys.slice(0, -1)) parent = parent[key] as { [key: string]: unknown };
  expect(Object.hasOwn(parent, keys.at(-1)!)).toBe(true);
  parent[keys.at(-1)!] = value;
  return copy;
}

describe('test vectors', () => {
  it('hold, whole and redacted, with header and contract pinned', () => {
    expect(verifyBundle(bundles.whole, pinned).verdict).toBe('valid');
    expect(verifyBundle(bundles.redacted, pinned).facts).toMatchObject({ hidden: 11 });
    expect(redactBundle(bundles.whole, ['/bizStep', '/quantityList', '/tally:remark'])).toEqual(
      bundles.redacted,
    );
  });

  it('list what a verifier finds on its way', () => {
    const { event, leaf, header } = bundles.whole;
    expect(event.shown === 'all' && canonicalJson(event.body)).toBe(cases.way.canonicalEvent);
    const leaves = cases.way.fields.map(disclosureLeaf);
    expect(leaves).toEqual(cases.way.fields.map((field) => field.leaf));
    expect(merkleTree(leaves).root).toBe(leaf.disclosureRoot);
    expect(eventLeaf({ ...leaf, recordTime: BigInt(leaf.recordTime) })).toBe(cases.way.leaf);
    expect(toHex(encodeRlp(header.map((field) => fromHex(field))))).toBe(cases.way.headerRlp);
    expect(keccak256(fromHex(cases.way.headerRlp))).toBe(cases.header);
  });

  it.each(cases.changes.filter(({ failed }) => failed !== 'event hash id'))(
    'fail after a change of $path in $base at the step $failed',
    (change) => {
      expect(verifyBundle(changed(change), pinned)).toMatchObject({
        verdict: 'invalid',
        failed: change.failed,
      });
    },
  );
});
