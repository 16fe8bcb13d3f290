import { describe, expect, it } from '@jest/globals';
import {
  decodeEventLog,
  encodeAbiParameters,
  encodeEventTopics,
  parseAbi,
  type AbiEvent,
  type Hex,
} from 'viem';
import { eventReader } from './event-reader.js';
import { protocols } from './index.js';

const strings = ['', 'a', 'Hafen Köln 港 🚢', 'x'.repeat(100), '\0'];
const words = (seed: number): Hex =>
  `0x${BigInt.asUintN(256, BigInt(seed + 1) ** 97n)
    .toString(16)
    .padStart(64, '0')}`;

/** Some value of a type, another one for each seed. */
function valueOf(type: string, seed: number): unknown {
  if (type.endsWith('[]'))
    return Array.from({ length: seed % 4 }, (_, index) => valueOf(type.slice(0, -2), seed + index));
  if (type === 'string') return strings[seed % strings.length];
  if (type === 'bytes') return words(seed).slice(0, 2 + 2 * (seed % 33));
  if (type === 'address') return words(seed).slice(0, 42);
  if (type === 'bool') return seed % 2 === 1;
  const [, kind, size] = /^(u?int|bytes)(\d+)$/.exec(type) as unknown as [string, string, string];
  if (kind === 'bytes') return words(seed).slice(0, 2 + 2 * Number(size));
  const wide = BigInt(words(seed * 7));
  const value = kind === 'uint' ? BigInt.asUintN(Number(size), wide) : BigInt.asIntN(Number(size), wide);
  return Number(size) <= 48 ? Number(value) : value;
}

function encoded(event: AbiEvent, seed: number): { topics: Hex[]; data: Hex } {
  const args = Object.fromEntries(
    event.inputs.map(({ name = '', type }, index) => [name, valueOf(type, seed + index)]),
  );
  const plain = event.inputs.filter((input) => !input.indexed);
  const topics = encodeEventTopics({ abi: [event], eventName: event.name, args } as never);
  return {
    topics: topics as Hex[],
    data: encodeAbiParameters(
      plain,
      plain.map(({ name = '' }) => args[name]),
    ),
  };
}

/** Strings as bytes, which have the same encoding, and addresses in lower case. */
function expected(event: AbiEvent, topics: readonly Hex[], data: Hex): unknown {
  const inputs = event.inputs.map((input) => ({ ...input, type: input.type.replace(/^string/, 'bytes') }));
  const { args } = decodeEventLog({
    abi: [{ ...event, inputs }],
    topics: topics as never,
    data,
    strict: true,
  });
  const types = new Map(inputs.map(({ name, type }) => [name, type]));
  const lower = ([name, value]: [string, unknown]): [string, unknown] => {
    const isAddress = types.get(name)?.startsWith('address');
    return [name, isAddress ? (JSON.parse(JSON.stringify(value).toLowerCase()) as unknown) : value];
  };
  return Object.fromEntries(Object.entries(args as unknown as Record<string, unknown>).map(lower));
}

const own = protocols.flatMap(({ writers }) => writers.map(({ event }) => event));
const odd = parseAbi([
  'event Odd(int256 indexed a, bool b, bytes4 c, int8 d, bool[] e, uint48 f, int64 indexed g, bytes[] h)',
]);

describe('eventReader', () => {
  it.each([...own, ...odd].map((event) => [event.name, event] as const))(
    'reads %s as viem does',
    (_, event) => {
      const selectorIsOfStrings = event.inputs.some(({ type }) => type.startsWith('string'));
      const read = eventReader(event);
      for (let seed = 0; seed < 40; seed++) {
        const { topics, data } = encoded(event, seed);
        // The topic of the event with strings as bytes is another one; only viem looks at it.
        const bytesEvent = {
          ...event,
          inputs: event.inputs.map((input) => ({ ...input, type: input.type.replace(/^string/, 'bytes') })),
        };
        const [topic] = encodeEventTopics({ abi: [bytesEvent], eventName: event.name } as never) as [Hex];
        const given = selectorIsOfStrings ? [topic, ...topics.slice(1)] : topics;
        expect(read(topics, data)).toEqual(expected(event, given, data));
      }
    },
  );

  it('refuses a log that ends too early, has other topics, or points beyond itself', () => {
    for (const event of own.filter(({ inputs }) => inputs.some((input) => !input.indexed))) {
      const { topics, data } = encoded(event, 6);
      const read = eventReader(event);
      expect(() => read(topics, data.slice(0, -64) as Hex)).toThrow(RangeError);
      expect(() => read([...topics, topics[0] as Hex], data)).toThrow(RangeError);
      const narrow = event.inputs.some((input) => !input.indexed && !/^(u?int256|bytes32)$/.test(input.type));
      if (narrow) expect(() => read(topics, `0x${'f'.repeat(data.length - 2)}`)).toThrow(RangeError);
    }
  });

  it('refuses an event of a type that it cannot read', () => {
    const [event] = parseAbi(['event Nested((uint256 a, string b) pair)']);
    expect(() => eventReader(event)).toThrow('arguments of type tuple are not read here');
  });
});
