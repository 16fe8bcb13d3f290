import {
  get,
  i32,
  I32,
  I64,
  i64,
  load64,
  op,
  repeatWhile,
  set,
  store64,
  type Code,
  type WasmFunction,
} from './assembler.js';

const ROUNDS = 24;
/** 64-bit words of a block of Keccak-256: rate 1088 bits. */
const RATE_LANES = 17;

const SOURCE = 0;
const TARGET = 1;
const A = 2;
const B = A + 25;
const C = B + 25;
const D = C + 5;
const ROUND = D + 5;

/**
 * `keccak256(source, target)`: Keccak-256 of one padded block of 136 bytes at `source`, its 32 bytes to `target`
 * (FIPS 202, section 3.2). `constants` is where {@link roundConstants} lie.
 */
export function keccakFunction(constants: number): WasmFunction {
  const lanes = Array.from({ length: 25 }, (_, lane) => lane);
  const absorbed = lanes.map((lane) => [
    lane < RATE_LANES ? [get(SOURCE), load64(8 * lane)] : i64(0n),
    set(A + lane),
  ]);
  const squeezed = lanes.slice(0, 4).map((lane) => [get(TARGET), get(A + lane), store64(8 * lane)]);
  const next = [get(ROUND), i32(8), op.i32.add, set(ROUND)];
  const more = [get(ROUND), i32(8 * ROUNDS), op.i32.ltU];
  const rounds = repeatWhile([theta(), rhoAndPi(), chi(), iota(constants), next], more);
  return {
    name: 'keccak256',
    parameters: 2,
    locals: [
      [ROUND - A, I64],
      [1, I32],
    ],
    body: [absorbed, rounds, squeezed],
  };
}

/** What iota adds in each round, from the linear feedback shift register of FIPS 202, section 3.2.5. */
export function roundConstants(): BigUint64Array {
  const constants = new BigUint64Array(ROUNDS);
  let register = 1;
  for (let round = 0; round < ROUNDS; round++) {
    for (let power = 0; power < 7; power++) {
      if (register & 1) constants[round]! ^= 1n << BigInt(2 ** power - 1);
      register = ((register << 1) ^ ((register >> 7) * 0x171)) & 0xff;
    }
  }
  return constants;
}

const five = [0, 1, 2, 3, 4] as const;

function theta(): Code {
  const columns = five.map((x) => [
    get(A + x),
    five.slice(1).map((y) => [get(A + x + 5 * y), op.i64.xor]),
    set(C + x),
  ]);
  const effects = five.map((x) => [
    get(C + ((x + 4) % 5)),
    [get(C + ((x + 1) % 5)), i64(1n), op.i64.rotl],
    op.i64.xor,
    set(D + x),
  ]);
  return [columns, effects];
}

function rhoAndPi(): Code {
  const moved: Code[] = [[get(A), get(D), op.i64.xor, set(B)]];
  let [x, y] = [1, 0];
  for (let step = 0; step < 24; step++) {
    const turned = BigInt((((step + 1) * (step + 2)) / 2) % 64);
    const [toX, toY] = [y, (2 * x + 3 * y) % 5];
    moved.push([
      get(A + x + 5 * y),
      get(D + x),
      op.i64.xor,
      i64(turned),
      op.i64.rotl,
      set(B + toX + 5 * toY),
    ]);
    [x, y] = [toX, toY];
  }
  return moved;
}

function chi(): Code {
  return five.flatMap((y) =>
    five.map((x) => {
      const [here, one, two] = [x, (x + 1) % 5, (x + 2) % 5].map((column) => B + column + 5 * y);
      return [
        [get(one!), i64(-1n), op.i64.xor, get(two!), op.i64.and],
        get(here!),
        op.i64.xor,
        set(A + x + 5 * y),
      ];
    }),
  );
}

function iota(constants: number): Code {
  return [get(A), get(ROUND), load64(constants), op.i64.xor, set(A)];
}
