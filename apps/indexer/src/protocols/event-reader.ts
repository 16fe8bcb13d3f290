import type { AbiEvent, Hex } from 'viem';

/** Digits of a word of the ABI. */
const WORD = 64;
/** Widest whole number that is given as a number, as viem does; wider ones are bigints. */
const NUMBER_BITS = 48;

/** Where a value is read from: digits without `0x`, and where its own words begin. */
interface Source {
  readonly digits: string;
  readonly base: number;
}
type Read = (source: Source, at: number) => unknown;

/** Reads the arguments of one kind of event; texts as the bytes that they are. */
export type EventReader = (topics: readonly Hex[], data: Hex) => Record<string, unknown>;

/**
 * Makes the reader of an event from its interface, once, so that reading a log is slicing it (Solidity ABI
 * specification, "Strict Encoding"; events). Gives what viem's `decodeEventLog` gives, but addresses in lower case and
 * strings as bytes.
 *
 * @returns a reader that throws RangeError for a log that is not of this form
 * @throws TypeError for a type of argument that no event of ours has
 */
export function eventReader(event: AbiEvent): EventReader {
  const indexed = event.inputs.filter((input) => input.indexed);
  const plain = event.inputs.filter((input) => !input.indexed);
  const ofTopics = indexed.map(
    ({ name = '', type }) => [name, isDynamic(type) ? word : reader(type)] as const,
  );
  const ofData = plain.map(({ name = '', type }) => [name, reader(type)] as const);
  return (topics, data) => {
    if (topics.length !== ofTopics.length + 1) throw new RangeError(`${topics.length} topics`);
    const values: Record<string, unknown> = {};
    for (let index = 0; index < ofTopics.length; index++) {
      const [name, read] = ofTopics[index]!;
      values[name] = read({ digits: topics[index + 1]!.slice(2), base: 0 }, 0);
    }
    const source = { digits: data.slice(2), base: 0 };
    for (let index = 0; index < ofData.length; index++) {
      const [name, read] = ofData[index]!;
      values[name] = read(source, index * WORD);
    }
    return values;
  };
}

function isDynamic(type: string): boolean {
  return type === 'string' || type === 'bytes' || type.endsWith(']');
}

function reader(type: string): Read {
  if (type.endsWith('[]')) return listOf(reader(type.slice(0, -2)));
  if (type === 'string' || type === 'bytes') return bytes;
  if (type === 'address') return address;
  if (type === 'bool') return bool;
  const [, kind, size] = /^(u?int|bytes)(\d+)$/.exec(type) ?? [];
  if (kind === 'bytes') return fixedBytes(Number(size));
  if (kind === 'uint') return unsigned(Number(size));
  if (kind === 'int') return signed(Number(size));
  throw new TypeError(`arguments of type ${type} are not read here`);
}

function digitsAt({ digits, base }: Source, at: number): string {
  const start = base + at;
  const given = digits.slice(start, start + WORD);
  if (given.length !== WORD) throw new RangeError('the data ends in the middle');
  return given;
}

const word: Read = (source, at) => `0x${digitsAt(source, at)}`;

const address: Read = (source, at) => {
  const digits = digitsAt(source, at);
  if (!digits.startsWith('000000000000000000000000'))
    throw new RangeError('an address of more than 20 bytes');
  return `0x${digits.slice(24)}`;
};

const bool: Read = (source, at) => {
  const value = size(source, at);
  if (value > 1) throw new RangeError('a truth value that is neither 0 nor 1');
  return value === 1;
};

function fixedBytes(length: number): Read {
  return (source, at) => `0x${digitsAt(source, at).slice(0, 2 * length)}`;
}

function unsigned(bits: number): Read {
  return (source, at) => {
    const value = BigInt(`0x${digitsAt(source, at)}`);
    if (value >> BigInt(bits) !== 0n) throw new RangeError(`a number of more than ${bits} bits`);
    return bits <= NUMBER_BITS ? Number(value) : value;
  };
}

function signed(bits: number): Read {
  return (source, at) => {
    const value = BigInt.asIntN(256, BigInt(`0x${digitsAt(source, at)}`));
    if (BigInt.asIntN(bits, value) !== value) throw new RangeError(`a number of more than ${bits} bits`);
    return bits <= NUMBER_BITS ? Number(value) : value;
  };
}

/** A length or an offset: what does not fit into the data anyway is refused. */
function size(source: Source, at: number): number {
  const value = BigInt(`0x${digitsAt(source, at)}`);
  if (value > BigInt(source.digits.length)) throw new RangeError('a length beyond the data');
  return Number(value);
}

/** What stands at an offset, in words of its own. */
function pointed(source: Source, at: number): Source {
  return { digits: source.digits, base: source.base + 2 * size(source, at) };
}

const bytes: Read = (source, at) => {
  const content = pointed(source, at);
  const start = content.base + WORD;
  const end = start + 2 * size(content, 0);
  if (end > content.digits.length) throw new RangeError('the data ends in the middle');
  return `0x${content.digits.slice(start, end)}`;
};

function listOf(read: Read): Read {
  return (source, at) => {
    const content = pointed(source, at);
    const length = size(content, 0);
    const items = { digits: content.digits, base: content.base + WORD };
    return Array.from({ length }, (_, index) => read(items, index * WORD));
  };
}
