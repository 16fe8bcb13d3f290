import { describe, expect, it } from '@jest/globals';
import { KEY_UNTIL } from '../../test/registry-kit.js';
import { madeBundle, madeEventHash, type MadeBundle } from '../../test/bundle-kit.js';
import { blindedLeaf, contentCommitment } from '../blinded-leaf.js';
import { fromHex } from '../hex.js';
import type { ProofBundle } from './bundle.js';
import { redactBundle } from './redact-bundle.js';
import { verifyBundle } from './verify-bundle.js';
import type { VerificationResult, VerifyOptions } from './verification.js';

const made = madeBundle();
const { bundle } = made;
const redacted = redactBundle(bundle, ['/epcList']);
const check = (
  given: unknown,
  { header, bundle: own }: MadeBundle = made,
  more: VerifyOptions = {},
): VerificationResult =>
  verifyBundle(given, {
    ...{ header, anchorContract: own.anchorContract, registry: own.rights?.registry },
    ...{ eventHash: madeEventHash, ...more },
  });
const said = (result: VerificationResult, name: string): string =>
  result.steps.find((step) => step.name === name)?.says ?? '';

describe('a bundle of the second form', () => {
  it('carries no hash of the whole event once it hides a field', () => {
    const text = JSON.stringify(redacted);
    if ('content' in bundle.leaf || bundle.event.shown !== 'all') throw new TypeError('it is whole');
    expect(text).not.toContain(bundle.leaf.jcsSha256.slice(2));
    expect(text).not.toContain(bundle.leaf.eventHashId.slice(2));
    expect(text).not.toContain(bundle.event.secret.slice(2));
    expect(check(redacted)).toMatchObject({ verdict: 'valid', facts: { hidden: 11 } });
    expect(check(redacted).facts?.eventHashId).toBeUndefined();
    expect(redactBundle(redacted, ['/epcList/0']).leaf).toEqual(redacted.leaf);
  });

  it('gives the same leaf whole and redacted', () => {
    if ('content' in bundle.leaf || bundle.event.shown !== 'all' || !('content' in redacted.leaf))
      throw new TypeError('one is whole, one is not');
    const content = contentCommitment(bundle.leaf, fromHex(bundle.event.secret, 32));
    expect(redacted.leaf.content).toBe(content);
    const recordTime = BigInt(bundle.leaf.recordTime);
    const leaf = blindedLeaf({ ...bundle.leaf, content, recordTime });
    expect(said(check(bundle), 'batch path')).toContain(leaf);
    expect(said(check(redacted), 'batch path')).toContain(leaf);
  });

  it('is refused when it hides fields and names a hash all the same', () => {
    expect(check({ ...redacted, leaf: bundle.leaf }).failed).toBe('format');
    expect(check({ ...bundle, leaf: redacted.leaf }).failed).toBe('format');
  });

  it('is not read as the first form, nor the first as the second', () => {
    const first = madeBundle({ form: 1 });
    expect(check(first.bundle, first).verdict).toBe('valid');
    const { predecessors: _, rights: __, stated, ...rest } = bundle;
    const { declarations: ___, ...older } = stated;
    expect(check({ ...rest, stated: older, format: first.bundle.format }).failed).toBe('batch path');
    const { predecessors, rights } = bundle;
    const newer = { ...first.bundle.stated, declarations: [] };
    const posed = { ...first.bundle, predecessors, rights, stated: newer, format: bundle.format };
    expect(check(posed, first).failed).toBe('batch path');
  });

  it('leads from the first batch of the partner to its own, and says from where', () => {
    expect(said(check(bundle), 'predecessors')).toContain(
      "2 batches before it, from the partner's first on, lead to it without a gap",
    );
    const [first, ...later] = bundle.predecessors!.links;
    expect(first).toBeDefined();
    const shortened = { ...bundle, predecessors: { ...bundle.predecessors!, links: later } };
    expect(check(shortened).failed).toBe('predecessors');
    const alone = madeBundle({ seq: 1 });
    expect(check(alone.bundle, alone).verdict).toBe('valid');
    const renumbered = { ...alone.bundle.predecessors!, seq: '1' };
    expect(check({ ...alone.bundle, predecessors: renumbered }, alone).failed).toBe('predecessors');
    const { prevHead } = bundle.batch;
    const none = { ...bundle, predecessors: { head: prevHead, seq: '2', links: [] } };
    expect(said(check(none), 'predecessors')).toContain('named as the first that is carried');
  });

  it('proves from the state of the block that the key spoke for the partner, and its GLN', () => {
    const result = check(bundle);
    expect(said(result, 'submitter')).toMatch(/GLN 4012345000009 .* valid from 1700000000 until 4000000000/);
    expect(result.facts?.gln).toBe('4012345000009');
  });

  const wrong: [string, (given: ProofBundle) => void, string][] = [
    ['another GLN', (b) => (b.rights!.gln = '4012345000016'), 'holds another GLN'],
    ['no proof of the key', (b) => (b.rights!.keyProof = null), 'no proof that'],
    ['the proof of another slot', (b) => (b.rights!.keyProof = b.rights!.glnProof), 'a node is not'],
    ['another account', (b) => (b.rights!.registry = b.batch.partner), 'a node is not'],
    ['a node too many', (b) => b.rights!.accountProof.push('0x80'), 'more than the way needs'],
  ];
  it.each(wrong)('fails at the submitter for %s', (_, change, words) => {
    const changed = structuredClone(bundle);
    change(changed);
    const result = check(changed);
    expect(result).toMatchObject({ verdict: 'invalid', failed: 'submitter' });
    expect(result.says).toContain(words);
  });

  it('leaves the submitter open without a state or without the registry from elsewhere, and says so', () => {
    const open = (given: unknown, more: VerifyOptions) => {
      const step = check(given, made, more).steps.at(-1);
      return [step?.name, step?.status];
    };
    expect(open({ ...bundle, rights: null }, {})).toEqual(['submitter', 'open']);
    expect(open(bundle, { registry: undefined })).toEqual(['submitter', 'open']);
    expect(check(bundle, made, { registry: bundle.batch.partner }).failed).toBe('submitter');
    expect(KEY_UNTIL).toBeGreaterThan(0x68000000n);
  });
});
