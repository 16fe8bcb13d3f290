import { describe, expect, it } from '@jest/globals';
import { readVector, VECTOR_FOLDERS, vectorCases, type Cases } from '../../test/vector-cases.js';
import { contentCommitment, leafOfSchema } from '../blinded-leaf.js';
import { canonicalJson } from '../canonical-json.js';
import { disclosureLeaf, type DisclosureEntry } from '../disclosure.js';
import { fromHex, keccak256, toHex, type Hex } from '../hex.js';
import { merkleTree } from '../merkle.js';
import { encodeRlp } from '../rlp/rlp.js';
import { textLeaf } from '../text-leaf.js';
import type { ProofBundle, TextBundle } from './bundle.js';
import { redactBundle } from './redact-bundle.js';
import { STEP_NAMES, TEXT_STEP_NAMES } from './verification.js';
import { verifyBundle } from './verify-bundle.js';

const casesOf = (folder: string): Cases => readVector(folder, 'cases') as Cases;
const headerRlp = ({ header }: ProofBundle | TextBundle): Hex =>
  toHex(encodeRlp(header.map((field) => fromHex(field))));

describe.each(VECTOR_FOLDERS)('test vectors in %s', (folder) => {
  // The Event Hash ID is computed by another library; its changes are tried with the command.
  const cases = vectorCases(folder).filter(({ failed }) => failed !== 'event hash id');

  it.each(cases)('$name: $failed', ({ bundle, given, failed }) => {
    const result = verifyBundle(bundle, given);
    expect(result.failed).toBe(failed);
    expect(result.verdict).toBe(failed === undefined ? 'valid' : 'invalid');
  });

  it('break every step that the form has', () => {
    const names = folder === 'text' ? TEXT_STEP_NAMES : STEP_NAMES;
    const absent = folder === '1' ? ['predecessors', 'submitter'] : [];
    const broken = new Set(casesOf(folder).changes.map(({ failed }) => failed));
    expect(names.filter((name) => !absent.includes(name) && !broken.has(name))).toEqual([]);
  });
});

describe.each([1, 2] as const)('test vectors of form %i', (form) => {
  const { way, header } = casesOf(String(form));
  const whole = readVector(String(form), 'whole') as ProofBundle;

  it('show the same event whole and redacted, and one that corrects another', () => {
    const redacted = readVector(String(form), 'redacted');
    expect(redactBundle(whole, ['/bizStep', '/quantityList', '/tally:remark'])).toEqual(redacted);
    expect(verifyBundle(redacted).facts).toMatchObject({ hidden: 11 });
    const { event } = readVector(String(form), 'correcting') as ProofBundle;
    expect(event).toMatchObject({ body: { errorDeclaration: { reason: 'did_not_occur' } } });
    expect(verifyBundle(readVector(String(form), 'corrected')).stated?.corrections).toHaveLength(1);
  });

  it('list what a verifier finds on its way', () => {
    const { event, leaf, batch } = whole;
    if ('content' in leaf || event.shown !== 'all') throw new TypeError('the vector names its hashes');
    expect(canonicalJson(event.body)).toBe(way['canonicalEvent']);
    const fields = way['fields'] as (DisclosureEntry & { leaf: Hex })[];
    const leaves = fields.map(disclosureLeaf);
    expect(leaves).toEqual(fields.map((field) => field.leaf));
    expect(merkleTree(leaves).root).toBe(leaf.disclosureRoot);
    const recordTime = BigInt(leaf.recordTime);
    const { secret } = event;
    expect(leafOfSchema(batch.schemaId, { ...leaf, recordTime, secret })).toBe(way['leaf']);
    expect(contentCommitment(leaf, fromHex(secret))).toBe(way['content']);
    expect(headerRlp(whole)).toBe(way['headerRlp']);
    expect(keccak256(fromHex(headerRlp(whole)))).toBe(header);
  });
});

describe('test vectors of a text', () => {
  const { way, header } = casesOf('text');
  const bundle = readVector('text', 'text') as TextBundle;

  it('list what a verifier finds on its way', () => {
    const { record, leaf } = bundle;
    expect(canonicalJson({ ...record, textSha256: leaf.textSha256 })).toBe(way['canonicalRecord']);
    expect(textLeaf({ ...leaf, recordTime: BigInt(leaf.recordTime) })).toBe(way['leaf']);
    expect(keccak256(fromHex(headerRlp(bundle)))).toBe(header);
  });

  it('show the words and the record, and refuse a word of which UTF-8 has no form', () => {
    const { facts } = verifyBundle(bundle, { disclose: ['/text', 'record'] });
    expect(facts).toMatchObject({ about: 'text', hidden: 0, shown: [{ path: '/text' }, {}, {}, {}, {}, {}] });
    const half = verifyBundle({ ...bundle, text: bundle.text.replace('🚚', '\ud83d') });
    expect(half.says).toContain('format: /text: expected text without half a surrogate pair');
    expect(() => redactBundle(bundle as never, ['/text'])).toThrow();
  });
});
