import {
  get,
  i32,
  I32,
  load32,
  op,
  repeatWhile,
  set,
  store32,
  type Code,
  type WasmFunction,
} from './assembler.js';

const { add, and, or, rotl, rotr, shrU, sub, xor } = op.i32;

const SOURCE = 0;
const BLOCKS = 1;
const TARGET = 2;
/** The eight working variables a to h. */
const V = 3;
const T1 = V + 8;
const T2 = T1 + 1;
const I = T2 + 1;

/** Where SHA-256 keeps what it works with. */
export interface Sha256Layout {
  /** Eight words of state, read at the start and written at the end. */
  readonly state: number;
  /** The 64 words of {@link sha256Constants}. */
  readonly constants: number;
  /** 64 words of scratch space. */
  readonly schedule: number;
}

/**
 * `sha256(source, blocks, target)`: goes on from the state over whole padded blocks at `source` and writes the digest
 * as 32 bytes to `target` (FIPS 180-4, section 6.2).
 */
export function sha256Function(layout: Sha256Layout): WasmFunction {
  const words = Array.from({ length: 8 }, (_, index) => index);
  const begin = words.map((word) => [i32(0), load32(layout.state + 4 * word), set(V + word)]);
  const end = words.map((word) => [
    i32(0),
    [get(V + word), i32(0), load32(layout.state + 4 * word), add],
    store32(layout.state + 4 * word),
  ]);
  const digest = words.map((word) => [
    get(TARGET),
    swapped([i32(0), load32(layout.state + 4 * word)]),
    store32(4 * word),
  ]);
  const nextBlock = [get(SOURCE), i32(64), add, set(SOURCE), get(BLOCKS), i32(1), sub, set(BLOCKS)];
  const block = [expand(layout.schedule), begin, compress(layout), end, nextBlock];
  return {
    name: 'sha256',
    parameters: 3,
    locals: [[I + 1 - V, I32]],
    body: [repeatWhile(block, get(BLOCKS)), digest],
  };
}

/** First 32 bits of the fractional parts of the square roots of the first 8 primes. */
export function sha256Start(): Uint32Array {
  return Uint32Array.from(primes(8), (prime) => (Math.sqrt(prime) % 1) * 2 ** 32);
}

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
export function sha256Constants(): Uint32Array {
  return Uint32Array.from(primes(64), (prime) => (Math.cbrt(prime) % 1) * 2 ** 32);
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++) {
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  }
  return found;
}

/** Reads big-endian as WebAssembly, which is little-endian, reads it. */
function swapped(word: Code): Code {
  return [[word, i32(8), rotl, i32(0x00ff00ff), and], [word, i32(8), rotr, i32(0xff00ff00 | 0), and], or];
}

const turned = (word: Code, by: number): Code => [word, i32(by), rotr];

/** Exclusive or of two turned copies and a third, turned or shifted. */
function mixed(word: Code, first: number, second: number, third: Code): Code {
  return [turned(word, first), turned(word, second), xor, third, xor];
}

function expand(schedule: number): Code {
  const first = Array.from({ length: 16 }, (_, word) => [
    i32(0),
    swapped([get(SOURCE), load32(4 * word)]),
    store32(schedule + 4 * word),
  ]);
  const earlier = (words: number): Code => [get(I), load32(schedule - 4 * words)];
  const small = (word: Code, a: number, b: number, shift: number): Code =>
    mixed(word, a, b, [word, i32(shift), shrU]);
  const word = [
    [small(earlier(15), 7, 18, 3), small(earlier(2), 17, 19, 10), add],
    [earlier(16), earlier(7), add],
    add,
  ];
  const rest = [get(I), word, store32(schedule), get(I), i32(4), add, set(I)];
  return [first, i32(64), set(I), repeatWhile(rest, [get(I), i32(256), op.i32.ltU])];
}

type Seven = [a: Code, b: Code, c: Code, e: Code, f: Code, g: Code, h: Code];

function compress({ constants, schedule }: Sha256Layout): Code {
  const [a, b, c, e, f, g, h] = [0, 1, 2, 4, 5, 6, 7].map((word) => get(V + word)) as Seven;
  const big = (word: Code, x: number, y: number, z: number): Code => mixed(word, x, y, turned(word, z));
  const choice = [f, g, xor, e, and, g, xor];
  const majority = [[a, b, or, c, and], [a, b, and], or];
  const added = [get(I), load32(constants), get(I), load32(schedule), add];
  const shifted = [6, 5, 4, 3, 2, 1, 0].map((word) => [get(V + word), set(V + word + 1)]);
  const round = [
    [h, big(e, 6, 11, 25), add, choice, add, added, add, set(T1)],
    [big(a, 2, 13, 22), majority, add, set(T2)],
    shifted,
    [e, get(T1), add, set(V + 4)],
    [get(T1), get(T2), add, set(V)],
    [get(I), i32(4), add, set(I)],
  ];
  return [i32(0), set(I), repeatWhile(round, [get(I), i32(256), op.i32.ltU])];
}
