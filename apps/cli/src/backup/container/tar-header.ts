/** Headers and contents of a tar archive are padded to blocks of this size. */
export const TAR_BLOCK = 512;

const NAME = { at: 0, length: 100 };
const SIZE = { at: 124, length: 12 };
const CHECKSUM = { at: 148, length: 8 };
const MODE_AND_OWNER = ['0000600', '0000000', '0000000', ''].join('\0');
/** Largest size that eleven octal digits hold; beyond it the size is written as a binary number. */
const MAX_OCTAL = 8 ** 11 - 1;

/** Bytes that follow a content to the next block. */
export function paddingOf(size: number): number {
  return (TAR_BLOCK - (size % TAR_BLOCK)) % TAR_BLOCK;
}

/** The header of a regular file, mode 0600, as POSIX ustar has it, with GNU's form of sizes of 8 GiB and more. */
export function tarHeader(name: string, size: number, modifiedAtS: number): Buffer {
  if (Buffer.byteLength(name) > NAME.length) throw new RangeError(`${name}: a name has at most 100 bytes`);
  const header = Buffer.alloc(TAR_BLOCK);
  header.write(name, NAME.at, 'utf8');
  header.write(MODE_AND_OWNER, 100, 'latin1');
  if (size <= MAX_OCTAL) header.write(`${octal(size, 11)}\0`, SIZE.at, 'latin1');
  else {
    header[SIZE.at] = 0x80;
    header.writeBigUInt64BE(BigInt(size), SIZE.at + 4);
  }
  header.write(`${octal(modifiedAtS, 11)}\0`, 136, 'latin1');
  header.write('0', 156, 'latin1');
  header.write('ustar\u000000', 257, 'latin1');
  header.write(`${octal(checksum(header), 6)}\0 `, CHECKSUM.at, 'latin1');
  return header;
}

/** @returns null for what is no header, or one that was altered */
export function readTarHeader(header: Buffer): { name: string; size: number } | null {
  if (header.length !== TAR_BLOCK) return null;
  const noted = Number.parseInt(text(header, CHECKSUM), 8);
  if (noted !== checksum(header)) return null;
  const size =
    header[SIZE.at] === 0x80
      ? Number(header.readBigUInt64BE(SIZE.at + 4))
      : Number.parseInt(text(header, SIZE), 8);
  return Number.isSafeInteger(size) && size >= 0 ? { name: text(header, NAME), size } : null;
}

function octal(value: number, digits: number): string {
  return Math.trunc(value).toString(8).padStart(digits, '0');
}

function text(header: Buffer, { at, length }: { at: number; length: number }): string {
  const field = header.subarray(at, at + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end).trim();
}

/** Sum of the bytes, those of the checksum itself taken as spaces. */
function checksum(header: Buffer): number {
  let sum = CHECKSUM.length * 0x20;
  for (const [index, byte] of header.entries())
    if (index < CHECKSUM.at || index >= CHECKSUM.at + CHECKSUM.length) sum += byte;
  return sum;
}
