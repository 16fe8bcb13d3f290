import { describe, expect, it } from '@jest/globals';
import { madeBundle, madeEventHash, type MadeBundle } from '../../test/bundle-kit.js';
import { isSameJson, mutate, seeded } from '../../test/mutate.js';
import type { JsonValue } from '../json.js';
import type { ProofBundle } from './bundle.js';
import { redactBundle } from './redact-bundle.js';
import { verifyBundle } from './verify-bundle.js';
import { STEP_NAMES, type VerificationResult } from './verification.js';

const made = madeBundle();
const { bundle } = made;
const redacted = redactBundle(bundle, ['bizStep', '/epcList/1', '/readPoint']);
const check = (given: unknown, { header, bundle: own }: MadeBundle = made): VerificationResult =>
  verifyBundle(given, {
    header,
    anchorContract: own.anchorContract,
    registry: own.rights?.registry,
    eventHash: madeEventHash,
  });
const asJson = (given: ProofBundle): JsonValue => JSON.parse(JSON.stringify(given)) as JsonValue;

describe('verifyBundle', () => {
  it('finds a whole bundle valid as of its block when header and contract are pinned', () => {
    const result = check(bundle);
    expect(result.says).toBe(`valid as of block 17 (${made.header}) of chain 31337`);
    expect(result.steps.map(({ name }) => name)).toEqual([...STEP_NAMES]);
    expect(result.steps.every(({ status }) => status === 'ok')).toBe(true);
    expect(result.facts?.hidden).toBe(0);
  });

  it('finds it only consistent when nobody pinned the header', () => {
    const result = verifyBundle(bundle);
    expect(result.verdict).toBe('consistent');
    expect(result.says).toContain('header not pinned');
    const open = result.steps.filter(({ status }) => status === 'open').map(({ name }) => name);
    expect(open).toEqual(['event hash id', 'header', 'contract', 'submitter']);
  });

  it('finds bundles of every batch and block size valid', () => {
    for (const count of [1, 2, 3, 8, 33]) {
      for (const others of [0, 1, 16, 130]) {
        const sized = madeBundle({ count, index: count - 1, others });
        expect(check(sized.bundle, sized).says).toContain('valid as of');
      }
    }
  });

  it('says what a redacted bundle shows, how much it hides and that the hidden part is bound', () => {
    const result = check(redacted);
    expect(result.verdict).toBe('valid');
    expect(result.facts?.shown).toEqual([
      { path: '/bizStep', value: 'shipping' },
      { path: '/epcList/1', value: 'https://id.gs1.org/01/09521141000012/21/maker-4-2' },
      { path: '/readPoint/id', value: 'https://id.gs1.org/414/9521141000005' },
    ]);
    expect(result.facts?.hidden).toBe(11);
    expect(result.steps.find(({ name }) => name === 'disclosure')?.says).toContain('none can be changed');
  });

  it('redacts a redacted bundle further, and tells who asks for a field that is hidden', () => {
    const less = redactBundle(redacted, ['/bizStep']);
    expect(check(less).facts).toMatchObject({ hidden: 13, shown: [{ path: '/bizStep' }] });
    const asked = verifyBundle(less, { disclose: ['/bizStep', '/epcList'] });
    expect(asked).toMatchObject({ verdict: 'invalid', failed: 'fields asked for' });
    expect(() => redactBundle(less, ['/epcList'])).toThrow('no field at /epcList');
  });

  const failing: [string, string, (given: ProofBundle) => void, string][] = [
    [
      'a changed event',
      'content',
      (b) => void (b.event.shown === 'all' && (b.event.body['bizStep'] = 'x')),
      'SHA-256',
    ],
    [
      'another salt',
      'disclosure',
      (b) => void (b.event.shown === 'all' && (b.event.secret = b.batch.root)),
      'root',
    ],
    ['another submitter', 'batch path', (b) => (b.leaf.submitter = b.batch.partner), 'does not lie under'],
    ['another predecessor', 'batch head', (b) => (b.batch.prevHead = b.batch.root), 'head'],
    ['another position', 'batch head', (b) => (b.batch.seq = '4'), 'head'],
    ['a node taken out', 'receipt', (b) => b.log.receiptProof.pop(), 'a node is missing'],
    ['another log', 'log', (b) => (b.log.position = 0), 'the log is of'],
    ['another transaction', 'receipt', (b) => (b.log.transactionIndex += 1), 'a node is not'],
    ['another chain', 'transaction', (b) => (b.chainId = 1), 'signed for chain 31337, not 1'],
    ['another time of the block', 'header', (b) => (b.header[11] = '0x01'), 'you gave'],
    ['another uri', 'log', (b) => (b.batch.uri = 'memory:other'), 'uri'],
    ['a member too many', 'format', (b) => Object.assign(b.leaf, { extra: 1 }), '/leaf/extra'],
  ];
  it.each(failing)('names the step at which %s fails: %s', (_, step, change, words) => {
    const changed = structuredClone(bundle);
    change(changed);
    const result = check(changed);
    expect(result).toMatchObject({ verdict: 'invalid', failed: step });
    expect(result.says).toContain(words);
    expect(result.steps.at(-1)?.status).toBe('failed');
  });

  it('refuses the path of another partner, of another leaf, and a bundle of another chain', () => {
    const other = madeBundle({ partner: 'carrier' });
    const neighbour = madeBundle({ index: 5 });
    const elsewhere = madeBundle({ chainId: 1 });
    expect(check({ ...bundle, batch: other.bundle.batch }).failed).toBe('batch path');
    expect(check({ ...bundle, batch: neighbour.bundle.batch }).failed).toBe('batch path');
    expect(check({ ...bundle, leaf: other.bundle.leaf }).failed).toBe('content');
    expect(check(elsewhere.bundle).failed).toBe('header');
    expect(check({ ...elsewhere.bundle, header: bundle.header }).failed).toBe('receipt');
  });

  it('refuses a batch head as a leaf of a smaller batch', () => {
    const shorter = { ...bundle.batch, count: 1, path: [] };
    expect(check({ ...bundle, batch: shorter }).failed).toBe('batch path');
    expect(check({ ...bundle, batch: { ...bundle.batch, count: 2 } }).failed).toBe('batch path');
  });

  it('leaves the event hash id open where its maker says that the namespaces are not known, and there only', () => {
    const withNamespaces = (namespaces: Record<string, string> | null) =>
      check({ ...bundle, event: { ...bundle.event, namespaces } });
    const open = withNamespaces(null).steps.find(({ status }) => status === 'open');
    expect(open).toMatchObject({ name: 'event hash id', says: expect.stringContaining('namespaces') });
    expect(withNamespaces({}).failed).toBe('event hash id');
    expect(withNamespaces({ example: 'https://other.example/' }).failed).toBe('event hash id');
    expect(withNamespaces({ example: 'https://example.org/', more: 'https://example.org/' }).says).toContain(
      'more',
    );
  });

  it('refuses the log of a contract that only looks alike, where the caller names the contract', () => {
    const result = verifyBundle(bundle, { header: made.header, anchorContract: bundle.batch.partner });
    expect(result.failed).toBe('contract');
  });

  it('accepts none of 400 random mutations', () => {
    const random = seeded(3);
    const donors = [
      madeBundle({ partner: 'carrier' }),
      madeBundle({ index: 5 }),
      madeBundle({ index: 6, chainId: 1 }),
    ];
    const accepted: string[] = [];
    for (let round = 0; round < 400; round++) {
      const whole = asJson(round % 2 === 0 ? bundle : redacted);
      const { stated, ...proved } = whole as { [key: string]: JsonValue };
      const { kind, pointer, value } = mutate(proved, asJson(donors[round % 3]!.bundle), random);
      if (isSameJson(value, proved)) continue;
      const result = check({ ...(value as object), stated });
      if (result.verdict !== 'invalid') accepted.push(`${kind} at ${pointer}`);
    }
    expect(accepted).toEqual([]);
  });

  it('answers hostile input without throwing', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level++) deep = [deep];
    const loop: { [key: string]: unknown } = { ...bundle };
    loop['event'] = { shown: 'all', body: loop, secret: bundle.batch.root };
    const hostile = [
      null,
      undefined,
      1,
      'x',
      [],
      {},
      deep,
      loop,
      { ...bundle, event: deep },
      { ...bundle, header: [] },
    ];
    const throwing = new Proxy(bundle, {
      get() {
        throw new TypeError('no');
      },
    });
    for (const given of [...hostile, throwing]) expect(verifyBundle(given).verdict).toBe('invalid');
    expect(verifyBundle({ ...bundle, header: Array(40).fill('0x') }).failed).toBe('format');
    expect(verifyBundle(bundle, { header: 'nonsense' }).failed).toBe('header');
  });
});
