import { addressWord, bytes32Word, intWord, uintWord } from './abi.js';
import { doubleKeccak, type Hex } from './hex.js';
import { ProofInputError } from './proofs.errors.js';

/** What a captured event is anchored by. */
export type EventLeafInput = {
  /** CBV 2.0 Event Hash ID, 32 bytes. */
  eventHashId: Hex;
  /** SHA-256 over the RFC 8785 JSON of the event, 32 bytes. */
  jcsSha256: Hex;
  /** Root of the salted (path, value) tree, 32 bytes. */
  disclosureRoot: Hex;
  /** Address whose key submitted the event, 20 bytes. */
  submitter: Hex;
  /** When the event was captured, Unix seconds, uint64. */
  recordTime: bigint;
};

/**
 * Leaf of an anchored event: keccak(keccak(abi.encode(bytes32, bytes32, bytes32, address, uint64))), equal to
 * a leaf of `@openzeppelin/merkle-tree`'s StandardMerkleTree over the same five values.
 *
 * @throws ProofInputError if a word has the wrong size or recordTime does not fit uint64
 * @example eventLeaf({ eventHashId, jcsSha256, disclosureRoot, submitter, recordTime: 1767225600n })
 */
export function eventLeaf(input: EventLeafInput): Hex {
  return doubleKeccak(
    bytes32Word(input.eventHashId),
    bytes32Word(input.jcsSha256),
    bytes32Word(input.disclosureRoot),
    addressWord(input.submitter),
    uintWord(input.recordTime, 64),
  );
}

/** One forecast of one target: the value at each quantile level. */
export type ForecastLeafInput = {
  /** Id of the series, 32 bytes. */
  seriesId: Hex;
  /** Start of the target period, Unix seconds, inclusive. */
  targetStart: bigint;
  /** End of the target period, Unix seconds, exclusive. */
  targetEnd: bigint;
  /** Quantile levels in (0, 1), ascending. */
  levels: readonly number[];
  /** Forecast at each level, in the unit of the series. */
  quantiles: readonly number[];
};

/**
 * Leaf of a committed forecast:
 * keccak(keccak(abi.encode(bytes32 seriesId, uint64 targetStart, uint64 targetEnd, int256[] levels, int256[] quantiles))),
 * where every level and quantile is {@link toMicros | counted in millionths}.
 *
 * @throws ProofInputError `LEVELS` if levels are not ascending in (0, 1) or the two lists differ in length
 * @example forecastLeaf({ seriesId, targetStart: 1767225600n, targetEnd: 1769904000n, levels: [0.1, 0.5, 0.9], quantiles: [3, 7, 12.5] })
 */
export function forecastLeaf(input: ForecastLeafInput): Hex {
  checkLevels(input);
  if (input.targetEnd < input.targetStart)
    throw new ProofInputError('OUT_OF_RANGE', 'targetEnd lies before targetStart');
  const headBytes = 5 * 32;
  const levels = micros(input.levels);
  const quantiles = micros(input.quantiles);
  return doubleKeccak(
    bytes32Word(input.seriesId),
    uintWord(input.targetStart, 64),
    uintWord(input.targetEnd, 64),
    uintWord(BigInt(headBytes), 256),
    uintWord(BigInt(headBytes + 32 * levels.length), 256),
    ...levels,
    ...quantiles,
  );
}

/**
 * A number in millionths, rounded half away from zero. Beyond 2^53 millionths the whole and the fractional part are
 * scaled apart, so that no digit of the whole part is lost.
 *
 * @throws ProofInputError `OUT_OF_RANGE` for NaN and infinities
 * @example toMicros(-12.5) // -12500000n
 */
export function toMicros(value: number): bigint {
  if (!Number.isFinite(value)) throw new ProofInputError('OUT_OF_RANGE', `${value} is not a finite number`);
  const magnitude = Math.abs(value);
  const whole = Math.trunc(magnitude);
  const scaled = magnitude * 1e6;
  const counted = Number.isSafeInteger(Math.round(scaled))
    ? BigInt(Math.round(scaled))
    : BigInt(whole) * 1_000_000n + BigInt(Math.round((magnitude - whole) * 1e6));
  return value < 0 ? -counted : counted;
}

function micros(values: readonly number[]): Uint8Array[] {
  return [uintWord(BigInt(values.length), 256), ...values.map((value) => intWord(toMicros(value)))];
}

function checkLevels({ levels, quantiles }: ForecastLeafInput): void {
  if (levels.length !== quantiles.length || levels.length === 0) {
    throw new ProofInputError('LEVELS', `${levels.length} levels but ${quantiles.length} quantiles`);
  }
  let previous = 0;
  for (const level of levels) {
    if (!(level > previous && level < 1))
      throw new ProofInputError('LEVELS', 'levels must ascend inside (0, 1)');
    previous = level;
  }
}
