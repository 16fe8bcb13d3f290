import { describe, expect, it } from '@jest/globals';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { encodeAbiParameters, keccak256 as viemKeccak, parseAbiParameters, toHex as viemHex } from 'viem';
import { keccak256, sha256Hex, type Hex } from './hex.js';
import { anchorHead, familyId, versionId } from './identity.js';
import { eventLeaf, forecastLeaf, toMicros, type EventLeafInput, type ForecastLeafInput } from './leaves.js';

const word = (seed: number): Hex => sha256Hex(new Uint8Array([seed]));
const event: EventLeafInput = {
  eventHashId: word(1),
  jcsSha256: word(2),
  disclosureRoot: word(3),
  submitter: '0x70997970C51812dc3A010C7d01b50e0d17dc79C8',
  recordTime: 1767225600n,
};
const forecast: ForecastLeafInput = {
  seriesId: word(4),
  targetStart: 1767225600n,
  targetEnd: 1769904000n,
  levels: [0.1, 0.5, 0.9],
  quantiles: [-1.5, 7, 123456.789012],
};

describe('leaves', () => {
  it('encode an event as abi.encode does and hash it twice', () => {
    const encoded = encodeAbiParameters(parseAbiParameters('bytes32, bytes32, bytes32, address, uint64'), [
      event.eventHashId,
      event.jcsSha256,
      event.disclosureRoot,
      event.submitter,
      event.recordTime,
    ]);
    expect(eventLeaf(event)).toBe(viemKeccak(viemKeccak(encoded)));
  });

  it('of an event equal those of OpenZeppelin StandardMerkleTree', () => {
    const row = [event.eventHashId, event.jcsSha256, event.disclosureRoot, event.submitter, event.recordTime];
    const tree = StandardMerkleTree.of([row], ['bytes32', 'bytes32', 'bytes32', 'address', 'uint64']);
    expect(eventLeaf(event)).toBe(tree.root);
  });

  it('change with every field of the event', () => {
    const changed = [
      eventLeaf({ ...event, eventHashId: word(9) }),
      eventLeaf({ ...event, jcsSha256: word(9) }),
      eventLeaf({ ...event, disclosureRoot: word(9) }),
      eventLeaf({ ...event, submitter: '0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC' }),
      eventLeaf({ ...event, recordTime: event.recordTime + 1n }),
    ];
    expect(new Set([...changed, eventLeaf(event)]).size).toBe(6);
  });

  it('refuse words of the wrong size and times outside uint64', () => {
    expect(() => eventLeaf({ ...event, submitter: word(1) })).toThrow('expected 20 bytes');
    expect(() => eventLeaf({ ...event, recordTime: -1n })).toThrow('does not fit uint64');
    expect(() => eventLeaf({ ...event, recordTime: 1n << 64n })).toThrow('does not fit uint64');
  });

  it('encode a forecast as abi.encode does', () => {
    const encoded = encodeAbiParameters(parseAbiParameters('bytes32, uint64, uint64, int256[], int256[]'), [
      forecast.seriesId,
      forecast.targetStart,
      forecast.targetEnd,
      [100000n, 500000n, 900000n],
      [-1500000n, 7000000n, 123456789012n],
    ]);
    expect(forecastLeaf(forecast)).toBe(viemKeccak(viemKeccak(encoded)));
  });

  it('refuse levels that do not ascend inside (0, 1) and lists of unequal length', () => {
    expect(() => forecastLeaf({ ...forecast, levels: [0.5, 0.1, 0.9] })).toThrow('ascend');
    expect(() => forecastLeaf({ ...forecast, levels: [0.1, 0.5, 1] })).toThrow('ascend');
    expect(() => forecastLeaf({ ...forecast, levels: [0.1, 0.5] })).toThrow('2 levels but 3 quantiles');
    expect(() => forecastLeaf({ ...forecast, quantiles: [1, Number.NaN, 2] })).toThrow('not a finite number');
  });

  it('count millionths rounded half away from zero and keep large whole parts exact', () => {
    expect(toMicros(0.0000005)).toBe(1n);
    expect(toMicros(-0.0000005)).toBe(-1n);
    expect(toMicros(-0)).toBe(0n);
    expect(toMicros(2 ** 60)).toBe((1n << 60n) * 1_000_000n);
    expect(toMicros(1e300)).toBe(BigInt(1e300) * 1_000_000n);
  });
});

describe('identities on chain', () => {
  it('hash a family name and a version as ModelRegistry does', () => {
    expect(familyId('demand')).toBe(viemKeccak(viemHex('demand')));
    const encoded = encodeAbiParameters(parseAbiParameters('bytes32, bytes32'), [
      familyId('demand'),
      word(5),
    ]);
    expect(versionId(familyId('demand'), word(5))).toBe(viemKeccak(encoded));
  });

  it('chain batches as TraceAnchor does', () => {
    const encoded = encodeAbiParameters(parseAbiParameters('bytes32, bytes32, uint32, bytes32, uint64'), [
      word(1),
      word(2),
      256,
      word(3),
      7n,
    ]);
    const link = { prevHead: word(1), root: word(2), count: 256, schemaId: word(3), seq: 7n };
    expect(anchorHead(link)).toBe(viemKeccak(encoded));
  });

  it('give the published hashes of nothing', () => {
    expect(keccak256(new Uint8Array())).toBe(
      '0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470',
    );
    expect(sha256Hex(new Uint8Array())).toBe(
      '0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
