/** Machine code of WebAssembly, as nested lists so that pieces compose; flattened once, at the end. */
export type Code = number | readonly Code[];

/** Value types of WebAssembly. */
export const I32 = 0x7f;
export const I64 = 0x7e;

/** Instructions without operands, by their names in the specification. */
export const op = {
  i32: {
    add: 0x6a,
    sub: 0x6b,
    and: 0x71,
    or: 0x72,
    xor: 0x73,
    shrU: 0x76,
    rotl: 0x77,
    rotr: 0x78,
    ltU: 0x49,
  },
  i64: { and: 0x83, xor: 0x85, rotl: 0x89 },
} as const;

export const get = (local: number): Code => [0x20, local];
export const set = (local: number): Code => [0x21, local];
export const i32 = (value: number): Code => [0x41, signed(BigInt(value))];
export const i64 = (value: bigint): Code => [0x42, signed(value)];
export const load32 = (offset: number): Code => [0x28, 2, unsigned(offset)];
export const store32 = (offset: number): Code => [0x36, 2, unsigned(offset)];
export const load64 = (offset: number): Code => [0x29, 3, unsigned(offset)];
export const store64 = (offset: number): Code => [0x37, 3, unsigned(offset)];

/** Repeats `body` while `condition` leaves something other than 0; the body runs at least once. */
export const repeatWhile = (body: Code, condition: Code): Code => [
  0x03,
  0x40,
  body,
  condition,
  0x0d,
  0,
  0x0b,
];

/** A function without results: `parameters` are i32 and its first locals, `locals` follow them. */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** Pairs of how many and of which type. */
  readonly locals: readonly (readonly [count: number, type: number])[];
  readonly body: Code;
}

/**
 * A module of the functions, each exported by its name, and one memory of `pages` times 64 KiB, exported as `memory`
 * (WebAssembly core specification 1.0, section 5.5).
 */
export function assemble(functions: readonly WasmFunction[], pages: number): Uint8Array<ArrayBuffer> {
  const indices = functions.map((_, index) => index);
  const exported = functions.map(({ name }, index): Code => [text(name), 0, index]);
  return Uint8Array.from(
    flat([
      [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, vector(functions.map(({ parameters }) => [0x60, vector(Array(parameters).fill(I32)), 0]))),
      section(3, vector(indices)),
      section(5, vector([[0, unsigned(pages)]])),
      section(7, vector([[text('memory'), 2, 0], ...exported])),
      section(10, vector(functions.map(({ locals, body }) => sized([vector(locals), body, 0x0b])))),
    ]),
  );
}

function section(id: number, content: Code): Code {
  return [id, sized(content)];
}

function sized(content: Code): Code {
  const bytes = flat(content);
  return [unsigned(bytes.length), bytes];
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function text(name: string): Code {
  return vector([...new TextEncoder().encode(name)]);
}

/** LEB128. */
function unsigned(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...unsigned(value >>> 7)];
}

/** Signed LEB128. */
function signed(value: bigint): number[] {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const done = (rest === 0n && low < 0x40) || (rest === -1n && low >= 0x40);
  return done ? [low] : [low | 0x80, ...signed(rest)];
}

function flat(code: Code, bytes: number[] = []): number[] {
  if (typeof code === 'number') bytes.push(code);
  else for (const part of code) flat(part, bytes);
  return bytes;
}
